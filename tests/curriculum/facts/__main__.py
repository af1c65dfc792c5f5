"""Counts the facts and the places that say them: ``python -m tests.curriculum.facts``."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import django

from tests.curriculum.facts import read_facts


def counted() -> Iterator[str]:
    """The counts, line by line."""
    from tests.curriculum.facts.places import item_of, items

    facts = read_facts()
    said = [fact for fact in facts if fact.at]
    addresses = {address for fact in said for address in fact.at}
    named = set().union(*map(item_of, addresses))
    yield f"facts: {len(facts)}"
    yield from _each(fact.file for fact in facts)
    yield f"said: {len(said)}, with {sum(len(fact.words) for fact in said)} words or numbers held"
    yield f"left out: {len(facts) - len(said)}"
    yield from _each(fact.why_left for fact in facts if fact.left)
    yield f"places that say something: {len(items())}, of which a fact names {len(named)}"
    yield from _each(item.partition("/")[0] for item in items())
    yield from _ascribed()


def _ascribed() -> Iterator[str]:
    from tests.curriculum.facts.cited import attributions, claimed, held, sourced_sentences

    ascribed = list(attributions())
    made = sum(claimed(*one) for one in ascribed)
    yield f"attributions: {len(ascribed)}, of which a fact makes {made}"
    sentences = list(sourced_sentences())
    kept = sum(held(*one) for one in sentences)
    yield f"sentences that name a source: {len(sentences)}, of which a fact holds {kept}"


def _each(kinds: Iterable[str]) -> Iterator[str]:
    return (f"  {kind}: {count}" for kind, count in Counter(kinds).most_common())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    sys.stdout.write("\n".join([*counted(), ""]))
