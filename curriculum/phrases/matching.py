"""Finds phrases in a text: words in order, in one sentence, with few words between them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

#: How many words may stand between two parts of a phrase.
BETWEEN = 4
#: Letters that are not made of a letter and an accent.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae"})
_APOSTROPHES = re.compile("['’`´]")
_SENTENCE_ENDS = re.compile(r"[.!?;\n]+")
_WORD = re.compile("[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without accents and apostrophes: "can't" is "cant"."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _WORD.findall(_APOSTROPHES.sub("", plain))


@dataclass(frozen=True)
class Sentence:
    """A sentence as it was written, and its words."""

    written: str
    words: tuple[str, ...]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            places[word].append(place)
        return places


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text. A phrase never reaches over the end of one."""
    # An ellipsis ends a sentence as its three points do.
    for written in _SENTENCE_ENDS.split(unicodedata.normalize("NFKC", text)):
        words = words_of(written)
        if words:
            yield Sentence(written.strip(), tuple(words))


@dataclass(frozen=True)
class Alternative:
    """One way to say a part of a phrase. ``stem``: the last word may go on with other letters."""

    words: tuple[str, ...]
    stem: bool

    def spans(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Where it begins and where it ends: the place after its last word."""
        size = len(self.words)
        for start in self._starts(sentence):
            if self._fits(sentence.words[start : start + size]):
                yield start, start + size

    def _starts(self, sentence: Sentence) -> Iterator[int]:
        first = self.words[0]
        if not (self.stem and len(self.words) == 1):
            yield from sentence.places.get(first, ())
            return
        for word, places in sentence.places.items():
            if word.startswith(first):
                yield from places

    def _fits(self, words: tuple[str, ...]) -> bool:
        if len(words) < len(self.words) or words[:-1] != self.words[:-1]:
            return False
        return words[-1].startswith(self.words[-1]) if self.stem else words == self.words


def alternatives_in(texts: list[str]) -> tuple[Alternative, ...]:
    """The alternatives of a part as a file writes them; "numb-" is a stem."""
    return tuple(Alternative(tuple(words_of(text)), text.endswith("-")) for text in texts)


@dataclass(frozen=True)
class Phrase:
    """``parts``: what follows each other in a sentence, each with its alternatives."""

    kind: str
    parts: tuple[tuple[Alternative, ...], ...]

    def stands_in(self, sentence: Sentence) -> bool:
        first, *others = self.parts
        ends = {end for _, end in _spans(first, sentence)}
        for part in others:
            ends = {
                end
                for start, end in (_spans(part, sentence) if ends else ())
                if any(start - BETWEEN <= before <= start for before in ends)
            }
        return bool(ends)


def _spans(part: tuple[Alternative, ...], sentence: Sentence) -> Iterator[tuple[int, int]]:
    return (span for alternative in part for span in alternative.spans(sentence))
