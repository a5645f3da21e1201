"""Read texts and write them, byte for byte, and say plainly what is wrong where that fails.

Nothing is normalised on the way: byte-order marks and line ends come in and go out as they
are. A file is written whole or not at all.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cleanup.formats.escape import visible

TEXT_SUFFIXES = (".txt", ".md")
STANDARD_INPUT = "-"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class FileError(Exception):
    """Something is wrong with one file.

    Attributes:
        path: the file, as it was named.
        problem: what happened, where, and what to do about it.
    """

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(f"{visible(str(path))}: {problem}")
        self.path, self.problem = str(path), problem


class InputError(FileError):
    """A text cannot be read."""


class OutputError(FileError):
    """A text cannot be written; what stood there before still does."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be read.

    Attributes:
        path: where it stands; ``None`` is standard input.
        relative: its path below the folder that was named, to mirror the tree.
    """

    path: Path | None
    relative: Path

    @property
    def name(self) -> str:
        """How messages call it."""
        return STANDARD_INPUT if self.path is None else str(self.path)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the paths of a command line stand for.

    Attributes:
        sources: the texts, each once: in order of the paths, folders in order of name.
        skipped: files in folders that are no texts.
        faults: folders that hold no text or cannot be read.
    """

    sources: list[Source] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    faults: list[InputError] = field(default_factory=list)


def gather(names: Iterable[str], leave_out: Path | None = None) -> Gathered:
    """The texts that ``names`` stand for: files, folders of them, ``-``.

    Folders are searched for ``*.txt`` and ``*.md`` to the bottom. Hidden files and folders
    are passed over, and links to folders are not followed, so that no loop traps us.
    ``leave_out`` is a folder of results, which must not become input the next time.
    """
    gathered = Gathered()
    for name in names:
        if name == STANDARD_INPUT:
            gathered.sources.append(Source(None, Path("stdin.txt")))
        elif os.path.isdir(name):
            _search(Path(name), gathered, leave_out)
        else:
            gathered.sources.append(Source(Path(name), Path(Path(name).name)))
    once = {source.path: source for source in reversed(gathered.sources)}
    gathered.sources[:] = reversed(once.values())
    return gathered


def _search(folder: Path, gathered: Gathered, leave_out: Path | None) -> None:
    def refuse(error: OSError) -> None:
        gathered.faults.append(InputError(error.filename, f"the folder cannot be read: {reason(error)}"))

    excluded = leave_out.resolve() if leave_out else None
    known_faults = len(gathered.faults)
    texts: list[Path] = []
    others: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=refuse):
        at = Path(parent)
        folders[:] = [f for f in folders if f[0] != "." and (excluded is None or (at / f).resolve() != excluded)]
        for name in names:
            if name[0] != ".":
                # isfile: a pipe that is called x.txt would make us wait for ever.
                is_text = name.endswith(TEXT_SUFFIXES) and os.path.isfile(at / name)
                (texts if is_text else others).append(at / name)
    gathered.sources.extend(Source(path, path.relative_to(folder)) for path in sorted(texts))
    gathered.skipped.extend(sorted(others))
    if not texts and len(gathered.faults) == known_faults:
        gathered.faults.append(InputError(folder, f"no text in this folder: no {' or '.join(TEXT_SUFFIXES)} file"))


def read(source: Source, max_bytes: int) -> bytes:
    """The bytes of a text.

    Raises:
        InputError: it is missing, cannot be read, or is longer than ``max_bytes``.
    """
    if source.path is None:
        if sys.stdin is None:
            raise InputError(source.name, "standard input is closed")
        # One byte more than allowed tells too long from just long enough.
        data = sys.stdin.buffer.read(max_bytes + 1)
        size = len(data)
    else:
        try:
            with source.path.open("rb") as handle:
                size = os.fstat(handle.fileno()).st_size
                data = b"" if size > max_bytes else handle.read(max_bytes + 1)
        except OSError as error:
            raise InputError(source.name, _cannot_read(error)) from None
    if max(size, len(data)) > max_bytes:
        length = f"{size:,} bytes long" if size > max_bytes and source.path else "too long"
        raise InputError(
            source.name,
            f"{length}, above the limit of {max_bytes:,} bytes; split it, or raise `max-bytes` in the configuration",
        )
    return data


def _cannot_read(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied; check who may read it"
    return f"cannot be read: {reason(error)}"


def decode(data: bytes, name: str) -> str:
    """The text in ``data``, its byte-order mark and line ends as they are.

    Raises:
        InputError: it is empty, binary, or not UTF-8.
    """
    if not data:
        raise InputError(name, "the file is empty; there is no text to work on")
    if data.startswith(_UTF16_MARKS):
        raise InputError(name, "not UTF-8 but UTF-16; convert it first: iconv -f UTF-16 -t UTF-8")
    if (nul := data.find(b"\0")) >= 0:
        raise InputError(name, f"a binary file, not a text: NUL byte at byte offset {nul}{_line(data, nul)}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        raise InputError(
            name,
            f"not UTF-8: invalid byte 0x{data[at]:02x} at byte offset {at}{_line(data, at)}; "
            "convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8",
        ) from None


def _line(data: bytes, offset: int) -> str:
    count = data.count(b"\n", 0, offset) + 1
    return f" (line {count})"


def write(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, whole or not at all.

    A link is written through; permissions and, where allowed, the owner are kept.

    Raises:
        OutputError: that failed; whatever stood there still does.
    """
    try:
        old = _status(path)
        if old is None or stat.S_ISREG(old.st_mode):
            if old is not None and not os.access(path, os.W_OK):
                raise OutputError(path, "the file is read-only; make it writable or name another with -o")
            _replace(Path(os.path.realpath(path)), data, old)
        else:
            # A device or a pipe has no old content to lose, and must not be replaced by a file.
            with path.open("wb", buffering=0) as handle:
                _write_all(handle.fileno(), data)
    except OSError as error:
        raise OutputError(path, cannot_write(error)) from None


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _replace(target: Path, data: bytes, old: os.stat_result | None) -> None:
    # A name of our own: a long file name with something added would be too long.
    temporary = target.parent / f".cleanup-{os.urandom(8).hex()}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if old is not None:
            _take_over(temporary, old)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _take_over(temporary: Path, old: os.stat_result) -> None:
    """Give the new file the owner and the permissions of the old one."""
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root may give files away; the text matters more
            os.chown(temporary, old.st_uid, old.st_gid)
    os.chmod(temporary, stat.S_IMODE(old.st_mode))


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def cannot_write(error: OSError) -> str:
    """What a failed write means, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "cannot be written: its folder does not exist; create it first"
    if isinstance(error, PermissionError):
        return "cannot be written: permission denied; check who may write there, or name another place with -o"
    return f"cannot be written: {reason(error)}"


def reason(error: OSError) -> str:
    """The system's own words, without the number and the path."""
    return error.strerror or str(error)
