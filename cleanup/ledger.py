"""The account of what was changed in a text, in a file beside it: enough to undo it.

One JSON object a line. A record starts with a line that names the text and its state before
and after; every change follows on a line of its own, its offsets in code points of the text
before. A text that is changed again gets another record below the first.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleanup import files
from cleanup.files import OutputError
from cleanup.report import Report
from cleanup.version import VERSION

SUFFIX = ".cleanup.jsonl"
_OURS = b'{"mt-cleanup"'


def beside(path: Path) -> Path:
    """Where the ledger of the text at ``path`` stands."""
    return path.with_name(path.name + SUFFIX)


def append(path: Path, report: Report, before: bytes, after: bytes) -> bytes | None:
    """Add a record to the ledger of the text at ``path``.

    Returns:
        What the ledger held until now, for :func:`restore`; ``None`` if there was none.

    Raises:
        OutputError: it cannot be written, or a file of that name is no ledger.
    """
    ledger = beside(path)
    old = _read(ledger)
    if old and not old.startswith(_OURS):
        raise OutputError(ledger, "is no ledger of ours; move it away, or use --no-ledger")
    lines = "".join(json.dumps(line) + "\n" for line in _record(path.name, report, before, after))
    files.write(ledger, (old or b"") + lines.encode("ascii"))
    return old


def restore(path: Path, old: bytes | None) -> None:
    """Take back what :func:`append` did, because the text could not be written."""
    ledger = beside(path)
    try:
        if old is None:
            os.unlink(ledger)
        else:
            files.write(ledger, old)
    except OSError as error:
        problem = f"tells of a change that was not made, and cannot be removed: {files.reason(error)}"
        raise OutputError(ledger, problem) from None


def _read(ledger: Path) -> bytes | None:
    try:
        return ledger.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(ledger, f"the ledger cannot be read: {files.reason(error)}") from None


def _record(name: str, report: Report, before: bytes, after: bytes) -> Iterator[dict[str, Any]]:
    yield {
        "mt-cleanup": VERSION,
        "signature": report.signature,
        "path": name,
        "sha256_before": hashlib.sha256(before).hexdigest(),
        "sha256_after": hashlib.sha256(after).hexdigest(),
    }
    for change in report.changes:
        yield {
            "field": change.field,
            "start": change.start,
            "end": change.end,
            "before": change.before,
            "after": change.after,
            "rules": change.rules,
            "group": change.group,
        }
