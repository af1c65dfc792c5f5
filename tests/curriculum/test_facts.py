"""Every fact points to where the product says it, and everything that the product says points to a
fact. Needs no database: `make check` runs it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.curriculum.facts import CLINIC, Fact, read_facts
from tests.curriculum.facts.cited import attributions, claimed, facts_of, held, sourced_sentences
from tests.curriculum.facts.places import Place, found_at, item_of, items, names, places

FACTS = read_facts()
SAID = [fact for fact in FACTS if fact.at]

PRECAUTIONS = {
    "su": "surgery",
    "ss": "spine_surgery",
    "op": "osteoporosis",
    "sf": "spine_fracture",
    "ca": "cancer",
    "in": "inflammatory",
    "pr": "pregnancy",
    "bp": "blood_pressure",
    "he": "heart",
    "kn": "knees",
    "sh": "shoulder",
    "fa": "falls",
    "hy": "hypermobility",
    "pf": "hernia_pelvic_floor",
    "ns": "nerve_signs",
}
KINDS = {"A": "avoid", "L": "limit", "W": "watch"}


def _of(fact: Fact) -> list[Place]:
    return [place for address in fact.at for place in found_at(address).values()]


def test_every_fact_is_written_once_and_is_said_or_left_out_with_a_reason() -> None:
    assert [key for key, times in Counter(fact.key for fact in FACTS).items() if times > 1] == []
    assert [fact.key for fact in FACTS if not fact.says] == []
    assert [fact.key for fact in FACTS if bool(fact.at) == bool(fact.left)] == []
    assert [fact.key for fact in FACTS if fact.left and ": " not in fact.left] == []


def test_the_place_of_every_fact_exists() -> None:
    lost = [(fact.key, address) for fact in SAID for address in fact.at if not found_at(address)]
    assert lost == []


def test_the_words_and_numbers_of_every_fact_stand_where_it_is_said() -> None:
    assert [(fact.key, word) for fact in SAID for word in _missing(fact)] == []


def _missing(fact: Fact) -> Iterator[str]:
    for written in fact.words:
        part, _bar, word = written.rpartition("|")
        addresses = [f"{address}/{part}" if part else address for address in fact.at]
        places = [place for address in addresses for place in found_at(address).values()]
        found = [word.lower() in " ".join(place.text.split()).lower() for place in places]
        if not (found and all(found) if fact.each else any(found)):
            yield written


def test_a_place_that_is_to_say_nothing_does_so() -> None:
    assert [fact.key for fact in SAID if fact.empty and any(one.text for one in _of(fact))] == []


def test_every_source_of_a_fact_is_named_where_it_is_said() -> None:
    """A clinic default is marked there as one."""
    known = names().keys() | {CLINIC}
    assert [(fact.key, by) for fact in FACTS for by in fact.by if by not in known] == []
    assert [(fact.key, by) for fact in SAID for by in fact.by if not _names(fact, by)] == []


def _names(fact: Fact, by: str) -> bool:
    return any(place.default if by == CLINIC else by in place.cites for place in _of(fact))


@pytest.mark.parametrize("fact", [fact for fact in SAID if fact.cells], ids=lambda one: one.key)
def test_a_drill_has_exactly_the_precautions_of_its_row(fact: Fact) -> None:
    cells = [cell.split() for cell in fact.cells.split(", ")]
    expected = {PRECAUTIONS[key]: (KINDS[kind], line) for key, kind, line in cells}
    (place,) = _of(fact)
    assert place.rules == expected


def test_everything_that_the_product_says_points_to_a_fact() -> None:
    """Drills, faults and remedies, cautions and their lines, variants, criteria and doses, guide
    and checklist, screening, signs, phrases, the page about the ladder, works, periods and
    limits, reasons of proposals."""
    named = {item for fact in SAID for address in fact.at for item in item_of(address)}
    assert [item for item in items() if item not in named] == []


def test_nothing_is_ascribed_to_a_source_that_no_fact_ascribes_to_it() -> None:
    """Neither to a work, nor to the clinic: item by item."""
    assert [one for one in attributions() if not claimed(*one)] == []


def test_every_sentence_that_names_a_source_holds_the_words_of_a_fact_of_that_source() -> None:
    assert [one for one in sourced_sentences() if not held(*one)] == []


def test_no_fault_has_a_cause_that_no_source_gives() -> None:
    """A cause is held by a fact of a source of the fault; each remedy says whose it is."""
    causes = [address for address in places() if re.fullmatch(r"fault/[^/]+/why", address)]
    made_up = [address for address in causes if places()[address].text and not _caused(address)]
    assert made_up == []
    remedies = [place for address, place in places().items() if address.startswith("remedy/")]
    assert [place for place in remedies if bool(place.given) == place.default] == []


def _caused(address: str) -> bool:
    facts = facts_of()[address.removesuffix("/why")]
    return any(
        word.startswith("why|") and set(fact.by) - {CLINIC} for fact in facts for word in fact.words
    )


def test_a_dose_is_ascribed_to_no_drill_for_which_its_source_gives_none() -> None:
    """St. George gives 15 for bridge, kneeling, band, wall touch, dowel hinge and lat alone."""
    his = {
        name
        for name, place in found_at("level/*/*/source_dose").items()
        if "St. George" in place.text
    }
    helpers = ("wall-touch", "plain-hinge", "double-leg-bridge", "tall-kneel-raise")
    own = {*helpers, "lat-engagement", "tall-kneel-band", "standing-band"}
    assert {name.split("/")[2] for name in his} == own
