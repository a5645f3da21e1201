"""Make what could trick a terminal visible.

A text may carry escape sequences that move the cursor or rename the window, and marks that
reverse the reading order, so that a reader sees another text than the one that is there.
"""

from __future__ import annotations

import re

# C0 and C1 controls, separators that break a line, bidirectional overrides and isolates,
# the byte-order mark, and lone surrogates, which no terminal can be sent.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str, keep: str = "") -> str:
    r"""``text`` with every character that could trick a terminal as a ``\x1b`` style escape.

    Args:
        text: anything that came from a file or its name.
        keep: characters to let through, such as the line ends of a patch.

    >>> print(visible("a\x1b[2Jb"))
    a\x1b[2Jb
    """
    return _UNSAFE.sub(lambda match: match[0] if match[0] in keep else _escape(match[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
