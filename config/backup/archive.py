"""Packs files into one .tar.gz, the manifest first, and takes them out again."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError

from config.backup import lock, manifest
from config.backup.manifest import Manifest

#: What a member may be called: it stays in the folder into which it is taken out.
NAME = re.compile(r"(?!.*(^|/)\.\.?(/|$))[^/\\\0][^\\\0]*")
LARGEST_MANIFEST = 4 * 1024**2
PIECE = 1024**2


def pack(file: Path, about: Manifest, members: Mapping[str, Path]) -> Manifest:
    """Write the members into a new file, with a manifest that knows the digest of each."""
    whole = replace(about, members={name: lock.digest(path) for name, path in members.items()})
    text = whole.text().encode()
    with tarfile.open(file, "x:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as tar:
        entry = tarfile.TarInfo(manifest.MEMBER)
        entry.size = len(text)
        entry.mode = 0o600
        tar.addfile(entry, io.BytesIO(text))
        for name, path in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = path.stat().st_size
            entry.mode = 0o600
            with path.open("rb") as content:
                tar.addfile(entry, content)
    return whole


def unpack(file: Path, folder: Path) -> Manifest:
    """Take the members out into a folder. Raises CommandError unless all are there and right."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            about = _manifest(tar)
            seen = {}
            while (entry := tar.next()) is not None:
                seen[entry.name] = _take(tar, entry, folder)
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CommandError(
            f"The backup is damaged or not whole ({error}). Take another one."
        ) from error
    wrong = sorted(set(seen.items()) ^ set(about.members.items()))
    if wrong:
        raise CommandError(
            f"The backup is damaged: {wrong[0][0]} is not as its manifest says. Take another one."
        )
    return about


def _manifest(tar: tarfile.TarFile) -> Manifest:
    entry = tar.next()
    if entry is None or entry.name != manifest.MEMBER or entry.size > LARGEST_MANIFEST:
        raise CommandError("This is no backup of Hinge Ladder.")
    return manifest.read(_content(tar, entry).read())


def _take(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> str:
    """Write one member; its digest."""
    if not NAME.fullmatch(entry.name):
        raise CommandError("The backup is damaged: a name in it leads out of it.")
    target = folder / entry.name
    target.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    content = _content(tar, entry)
    with target.open("xb") as writer:
        while piece := content.read(PIECE):
            sha256.update(piece)
            writer.write(piece)
    return sha256.hexdigest()


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(entry) if entry.isfile() else None
    if content is None:
        raise CommandError("The backup is damaged: it holds something that is no file.")
    return content
