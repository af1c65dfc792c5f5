"""Phrases that a person reads first when a patient writes them, such as "cannot pee".

A phrase says what somebody wrote, never what they have: whoever finds one shows where to get help
and lets the clinic read the words sooner. One TOML file for each language stands beside this file;
every text is looked through in all of them. Knows no patient.
"""

from __future__ import annotations

from functools import cache

from curriculum.phrases.content import FOLDER, read_folder
from curriculum.phrases.matching import Phrase, sentences

#: The kind of phrase that says that somebody may do harm to themselves.
SELF_HARM = "self_harm"
#: How many characters of a text are looked through. No field takes more.
LONGEST = 20_000


@cache
def every_phrase() -> tuple[Phrase, ...]:
    """The phrases of every language. Raises ContentError with every mistake in the files."""
    return tuple(read_folder(FOLDER))


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of the phrases that a person's words hold, in any language. Empty = none."""
    return frozenset(kind for part in _parts(text) for kind in part[1])


def telling_parts(text: str) -> list[str]:
    """The sentences of a text that hold a phrase, as they were written."""
    return [written for written, kinds in _parts(text) if kinds]


def _parts(text: str) -> list[tuple[str, set[str]]]:
    return [
        (sentence.written, {phrase.kind for phrase in every_phrase() if phrase.stands_in(sentence)})
        for sentence in sentences(text[:LONGEST])
    ]


__all__ = ["SELF_HARM", "every_phrase", "kinds_in", "telling_parts"]
