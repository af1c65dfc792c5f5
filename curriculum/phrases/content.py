"""Reads the phrases of each language from TOML, and checks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.kinds import Key, Kind, list_of, one_of
from curriculum.loader.reading import read
from curriculum.loader.shape import shaped
from curriculum.loader.tables import ContentTable
from curriculum.phrases.matching import Phrase, alternatives_in, words_of

#: One TOML file for each language.
FOLDER = Path(__file__).parent
KINDS = ("saddle", "bladder", "bowel", "legs", "other", "self_harm")


def _is_alternative(value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= 60
        and bool(words_of(value))
        and "-" not in value[:-1]
    )


ALTERNATIVE = Kind('words, at most 60 characters, such as "my foot" or "numb-"', _is_alternative)
TABLES = {
    "phrase": ContentTable(
        {"kind": Key(one_of(KINDS)), "words": Key(list_of(list_of(ALTERNATIVE, least=1), least=1))},
        name="",
    )
}


def read_folder(folder: Path) -> list[Phrase]:
    """Read every file of a folder. Raises ContentError with every mistake, by file, place and
    key."""
    phrases: list[Phrase] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            phrases += _read_language(path)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return phrases


def _read_language(path: Path) -> list[Phrase]:
    entries = shaped(read(path), TABLES)["phrase"]
    if not entries:
        raise ContentError([Problem(path.name, "", "", "expected at least one [[phrase]]")])
    return [
        Phrase(entry.item["kind"], tuple(map(alternatives_in, entry.item["words"])))
        for entry in entries
    ]
