"""Count evidence in the user's own corpus: what ``cleanup learn`` does.

A corpus is read once and counted in shares, one a process, whose counts are added up. What
is kept depends on the texts alone, not on their order, their shares, or who counted first,
and its size is bounded: where a corpus is larger, hashes choose what is looked at.
"""
