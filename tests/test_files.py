"""Reading and writing: byte for byte, whole or not at all, and clear about what is wrong."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanup import files
from cleanup.files import InputError, OutputError, Source

LIMIT = 1000


def read(path: Path, limit: int = LIMIT) -> str:
    source = Source(path, Path(path.name))
    return files.decode(files.read(source, limit), source.name)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    "text",
    ["\ufeffa\n", "a\r\nb\r\n", "a\rb", "a\u2028b\u0085c\n", "é\x1b[0m\n", "no end", " ", "\ufeff"],
)
def test_text_comes_in_and_goes_out_byte_for_byte(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    assert read(path) == text
    files.write(path, read(path).encode())
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"one\ntwo \xe9t\xe9", ["not UTF-8", "0xe9", "byte offset 8", "line 2", "iconv"]),
        (b"cut \xe2\x82", ["not UTF-8", "0xe2", "byte offset 4", "line 1"]),
        (b"a surrogate \xed\xa0\x80", ["not UTF-8", "byte offset 12"]),
        (b"GIF\n\0\1", ["binary", "byte offset 4", "line 2"]),
        ("wide".encode("utf-16"), ["UTF-16", "iconv"]),
        (b"", ["empty"]),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(tmp_path: Path, data: bytes, said: list[str]) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path)
    for words in [str(path), *said]:
        assert words in str(caught.value)


def test_a_text_above_the_limit_is_refused_with_the_limit_and_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * LIMIT)
    assert len(read(path)) == LIMIT
    path.write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises(InputError, match=r"1,001 bytes.*limit of 1,000 bytes.*`max-bytes`"):
        read(path)


def test_a_pipe_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"x" * (LIMIT + 500))
    os.close(writing)
    with pytest.raises(InputError, match="too long, above the limit"):
        read(Path(f"/dev/fd/{reading}"))
    os.close(reading)


def test_a_missing_path_a_loop_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    for path, said in ((tmp_path / "none.txt", "no such file"), (tmp_path / "loop.txt", "cannot be read")):
        with pytest.raises(InputError, match=said):
            read(path)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path)


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr(Path, "open", denied)  # root, who runs many a CI, may read everything
    with pytest.raises(InputError, match="permission denied"):
        read(tmp_path / "a.txt")


def test_names_cannot_trick_a_terminal() -> None:
    assert str(InputError("a\x1b[2J\nb.txt", "gone")) == r"a\x1b[2J\nb.txt: gone"


def test_a_folder_is_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/deep/c.txt", ".hidden.txt", ".git/x.txt", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    gathered = files.gather([str(tmp_path)])
    assert [s.relative.as_posix() for s in gathered.sources] == ["a.md", "b.txt", "sub/deep/c.txt"]
    assert sorted(p.name for p in gathered.skipped) == ["dangling.txt", "picture.png", "pipe.txt"]
    assert gathered.faults == []


def test_each_text_is_read_once_and_a_folder_of_results_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name in ("a.txt", "out/a.txt"):
        (tmp_path / name).write_text("x")
    names = [str(tmp_path / "a.txt"), str(tmp_path), "-", "-"]
    gathered = files.gather(names, leave_out=tmp_path / "out")
    assert [source.name for source in gathered.sources] == [str(tmp_path / "a.txt"), "-"]


def test_a_folder_without_texts_or_beyond_reading_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.csv").write_text("x")
    [fault] = files.gather([str(tmp_path)]).faults
    assert "no text in this folder" in str(fault)

    def denied(path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", denied)
    [fault] = files.gather([str(tmp_path)]).faults
    assert "cannot be read: Permission denied" in str(fault)


def test_permissions_are_kept_and_new_files_get_the_usual_ones(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_text("old")
    old.chmod(0o640)
    files.write(old, b"new")
    assert (old.read_bytes(), stat.S_IMODE(old.stat().st_mode)) == (b"new", 0o640)
    usual = tmp_path / "usual.txt"
    usual.write_text("")
    files.write(tmp_path / "new.txt", b"new")
    assert (tmp_path / "new.txt").stat().st_mode == usual.stat().st_mode
    assert leftovers(tmp_path) == []


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.txt"
    target.write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    files.write(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".txt")
    files.write(path, b"text")
    assert path.read_bytes() == b"text"


def broken(error: OSError | BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "chmod"])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with monkeypatch.context() as patched:
        patched.setattr(os, step, broken(OSError(errno.ENOSPC, "No space left on device")))
        with pytest.raises(OutputError, match=r"a\.txt: cannot be written: No space left on device"):
            files.write(path, b"new")
    assert path.read_text() == "old"
    assert leftovers(tmp_path) == []


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            files.write(tmp_path / "a.txt", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_short_write_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, bytes(data)[:3]))
    files.write(tmp_path / "a.txt", b"longer than three")
    assert (tmp_path / "a.txt").read_bytes() == b"longer than three"


def test_a_full_device_is_written_directly_and_says_so() -> None:
    with pytest.raises(OutputError, match="/dev/full: cannot be written: No space left"):
        files.write(Path("/dev/full"), b"text")
    files.write(Path("/dev/null"), b"text")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_read_only_places_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda *_: False)
        with pytest.raises(OutputError, match="read-only"):
            files.write(path, b"new")
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", broken(PermissionError(errno.EACCES, "Permission denied")))
        with pytest.raises(OutputError, match=r"permission denied.*-o"):
            files.write(path, b"new")
    with pytest.raises(OutputError, match="folder does not exist"):
        files.write(tmp_path / "none" / "a.txt", b"new")
    assert path.read_text() == "old"
