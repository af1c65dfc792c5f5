"""Every passage of the shipped curriculum that a patient reads, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from curriculum.about import Section
from curriculum.about import read as read_about
from curriculum.cautions import lines
from curriculum.loader import CONTENT
from curriculum.loader.editions import read_edition
from curriculum.loader.reading import Document, Item
from curriculum.loader.shape import shaped


@dataclass(frozen=True)
class Passage:
    """Sentences that stand together on a page, and where they come from."""

    place: str
    text: str


@cache
def shipped() -> list[Document]:
    return [
        shaped(read_edition(path))
        for path in sorted(CONTENT.iterdir())
        if path.is_dir() or path.suffix == ".toml"
    ]


@cache
def passages() -> list[Passage]:
    """Running text, long enough to be measured."""
    said = [Passage(f"line {line.key}", line.patient) for line in lines().values()]
    said += [
        Passage(f"about {part.key}", _about(part, own))
        for part in _parts()
        for own in (False, True)
    ]
    return said + [
        Passage(place, text) for document in shipped() for place, text in _running(document) if text
    ]


@cache
def names() -> list[Passage]:
    """Names and settings: too short to be measured, but words that a patient reads all the same."""
    titles = [Passage(f"about {part.key}", part.title) for part in _parts()]
    return titles + [
        Passage(place, text) for document in shipped() for place, text in _names(document) if text
    ]


#: What stands in the sentences of the page about the ladder.
FILLED = {"physio": "Elin", "fine_to": 3, "high": 8, "lighter_after": 10, "sore": "buttocks"}


def _parts() -> tuple[Section, ...]:
    return read_about("en")


def _about(part: Section, own: bool) -> str:
    return " ".join(part.said(FILLED, own=own))


Line = tuple[str, str]


def _running(document: Document) -> Iterator[Line]:
    for entry in document["drill"]:
        yield from _drill(entry.item)
    for entry in document["fault"]:
        yield f"fault {entry.item['slug']}", entry.item["patient_words"]
        for remedy in entry.item["remedy"]:
            yield f"fault {entry.item['slug']}, remedy {remedy['drill']}", remedy["reason"]
    for entry in document["ladder"]:
        yield "ladder", entry.item["summary"]
        for part in entry.item["guide"]:
            if not part["for_clinicians"]:
                yield f"guide {part['slug']}", " ".join([part["title"] + ".", *part["text"]])
    for entry in document["rung"]:
        yield from _rung(entry.item)
    for entry in document["variant"]:
        place = f"variant {entry.item['key']} of {entry.item['drills'][0]}"
        yield place, " ".join([*entry.item["set_up"], entry.item["cue"]])


def _drill(item: Item) -> Iterator[Line]:
    place = f"drill {item['slug']}"
    for key in ("needs", "set_up", "movement", "cues"):
        yield f"{place}, {key}", " ".join(item[key])
    for part in item["watch_for"]:
        yield f"{place}, watch_for", f"{part['sign']} {part['do']}"
    yield f"{place}, feel", item["feel"]
    yield f"{place}, in_your_day", item["in_your_day"]


def _rung(item: Item) -> Iterator[Line]:
    place = f"rung {item['slug']}"
    yield place, item["purpose"]
    for level in item["level"]:
        yield f"{place}, level {level['slug']}", level["move_on"]
    for criterion in item["criterion"]:
        yield f"{place}, criterion {criterion['slug']}", criterion["plain_text"]


def _names(document: Document) -> Iterator[Line]:
    for entry in document["variant"]:
        yield f"variant {entry.item['key']}", entry.item["name"]
    for table in ("drill", "fault", "equipment", "rung"):
        for entry in document[table]:
            yield f"{table} {entry.item['slug']}", entry.item["plain_name"]
            for level in entry.item.get("level", []):
                yield f"rung {entry.item['slug']}, level {level['slug']}", level["setting"]
                yield f"rung {entry.item['slug']}, level {level['slug']}", level["dose_note"]
