"""What the command says: results on standard output, everything else on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cleanup.files import OutputError, reason
from cleanup.formats.escape import visible


class StandardOutputError(OutputError):
    """Standard output is full or closed: there is no use in going on."""

    def __init__(self, problem: str) -> None:
        super().__init__("standard output", problem)


def emit(result: str | bytes) -> None:
    """Write to standard output: a text as UTF-8, bytes as they are; never a line end translated.

    Raises:
        StandardOutputError: it is full or closed.
        BrokenPipeError: nobody reads any more.
    """
    data = result.encode("utf-8", "backslashreplace") if isinstance(result, str) else result
    if sys.stdout is None:
        raise StandardOutputError("is closed")
    rest = memoryview(data)
    with _explained():
        while rest:  # with PYTHONUNBUFFERED a write may take a part only
            rest = rest[sys.stdout.buffer.write(rest) :]


def finish() -> None:
    """Send what is buffered; raises as :func:`emit` does."""
    if sys.stdout is not None:
        with _explained():
            sys.stdout.flush()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StandardOutputError(f"cannot be written: {reason(error)}") from None


def abandon() -> None:
    """Give up standard output, so that the interpreter does not complain of it once more."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """A line or several on standard error, with nothing in it that could trick a terminal."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(visible(message, keep="\n"), file=sys.stderr)


def complain(message: object) -> None:
    """Say what is wrong, each line marked as the command's own."""
    for line in str(message).split("\n"):
        say(f"cleanup: {line}")


def is_terminal(stream: object) -> bool:
    """Whether ``stream``, standard output or error, is read by a person."""
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def wants_colour(choice: str) -> bool:
    """What ``--color`` asks for; ``auto`` is left to termcolor, the environment and the terminal."""
    if choice != "auto":
        return choice == "always"
    if not is_terminal(sys.stdout) and not os.environ.get("FORCE_COLOR"):
        return False  # termcolor would say the same, three milliseconds later
    from termcolor import colored

    return colored("", "red") != ""
