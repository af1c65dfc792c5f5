"""Files of the installation that only its owner may read, whatever the folder around them allows.

The settings read this module, so it needs none of them.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

#: What nobody but the owner may do: no rights for the group and for others.
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def be_private() -> None:
    """Let every file and folder that this process makes from now on be its owner's alone."""
    os.umask(OTHERS)


def kept(path: Path, make: Callable[[], str]) -> str:
    """Return the text of a private file; make it when there is none.

    Processes that start at the same time get the same text.
    """
    if not path.exists():
        _write(path, make())
    return path.read_text().strip()


def _write(path: Path, text: str) -> None:
    # The text is written to another file first and then linked into place. So nobody reads half of
    # it, and a second process keeps the text of the first.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)


def open_to_others(folder: Path, public: str) -> list[Path]:
    """Files in a folder that other users of the machine can read; ``public``: a folder in it that
    holds nothing private."""
    if not _allows(folder):
        return []
    return [path for path in _inside(folder, public) if path.is_file() and _allows(path)]


def close(folder: Path, public: str) -> None:
    """Take from others the rights to what lies in a folder, except what is ``public``.

    A file that belongs to somebody else stays as it is; ``open_to_others`` names it.
    """
    for path in _inside(folder, public):
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)


def _inside(folder: Path, public: str) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name == public or path.is_symlink():
            continue
        yield path
        # A folder that is closed closes what it holds.
        if path.is_dir() and _allows(path):
            yield from _inside(path, public)


def _allows(path: Path) -> bool:
    return bool(path.stat().st_mode & OTHERS)
