"""What the content ascribes to somebody: item by item, and sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tests.curriculum.facts import CLINIC, Fact, read_facts
from tests.curriculum.facts.places import item_of, items, named_in, places

#: What is a source itself, and cites none.
SOURCES = ("source/", "work/")
#: Where a sentence ends, but not in the name of an author.
END = re.compile(r"(?<!\bSt)[.;](?=\s|$)")


def attributions() -> Iterator[tuple[str, str]]:
    """Each item with each slug of a source, key of a work or ``CLINIC`` that it claims."""
    for address in _citing():
        place = places()[address]
        yield from ((address, by) for by in sorted(place.given.union(*map(named_in, place.prose))))
        if place.default and place.prose:
            yield address, CLINIC


def sourced_sentences() -> Iterator[tuple[str, str, str]]:
    """Each sentence that names a source or work: the item, who is named, the sentence."""
    for address in _citing():
        for text in places()[address].prose:
            for sentence in END.split(text):
                yield from ((address, by, sentence.strip()) for by in sorted(named_in(sentence)))


def _citing() -> list[str]:
    return [address for address in items() if not address.startswith(SOURCES)]


@cache
def facts_of() -> dict[str, list[Fact]]:
    """The facts that name an item, by its address."""
    found: dict[str, list[Fact]] = {}
    for fact in read_facts():
        for item in {item for address in fact.at for item in item_of(address)}:
            found.setdefault(item, []).append(fact)
    return found


def claimed(address: str, by: str) -> bool:
    """Whether a fact of this source names the item."""
    return any(by in fact.by for fact in facts_of().get(address, ()))


def held(address: str, by: str, sentence: str) -> bool:
    """Whether a fact of this source, which names the item, holds a word of the sentence."""
    lowered = sentence.lower()
    return any(
        word.rpartition("|")[2].lower() in lowered
        for fact in facts_of().get(address, ())
        if by in fact.by
        for word in fact.words
    )
