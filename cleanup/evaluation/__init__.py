"""How often each rule is right: one file a way of measuring it.

``clean`` counts changes in human text, ``mt`` judges changes against references, ``gold``
compares with hand-made corrections, ``inject`` puts faults into clean text and sees whether
they come out. What they find is summed up for each rule in :class:`~cleanup.evaluation.result.Figures`.
"""
