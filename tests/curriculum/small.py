"""The small ladder as a file on disk, changed line by line."""

from __future__ import annotations

from pathlib import Path

from curriculum.loader import ContentError, load
from curriculum.models import Ladder

SMALL = Path(__file__).with_name("small.toml").read_text()

#: What stands in the file, and what a test puts in its place.
Change = tuple[str, str]


def small(folder: Path, *changes: Change) -> Path:
    """The small ladder with each change made once; a change that finds nothing is a mistake of the
    test."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = folder / "small.toml"
    file.write_text(text)
    return file


def refusal(folder: Path, *changes: Change) -> str:
    """The words with which the loader refuses the changed file; empty when it took it."""
    try:
        load(small(folder, *changes))
    except ContentError as error:
        return str(error)
    return ""


def steps(edition: int = 1) -> Ladder:
    return Ladder.objects.get(slug="steps", edition=edition)
