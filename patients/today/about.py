"""The page about the ladder: its parts with the numbers of the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from curriculum.about import Section, sections
from curriculum.evidence import works
from curriculum.models import Ladder, Rung, Source
from patients.rules.periods import LIGHTER_AFTER_DAYS
from patients.standing.pain import AnyLimits, OwnLimits
from patients.today.day import Today


class Part(NamedTuple):
    """A section of the page for one reader.

    ``lines``: its sentences; ``cited``: the names of its sources, for staff alone
    """

    section: Section
    lines: list[str]
    cited: list[str]


#: The part after which the ladder's guide stands.
BEFORE_THE_GUIDE = "why"


def parts(
    physio: str,
    limits: AnyLimits,
    sources: Mapping[str, str] | None = None,
    ladder: Ladder | None = None,
) -> list[Part]:
    """Every section of the page.

    ``physio``: who looks after the reader; ``limits``: the pain limits that hold for the reader
    ``sources``: the names of sources, by slug and key; None = they are not shown
    ``ladder``: whose guide stands among them; None = no guide
    """
    names = {
        "physio": physio,
        "fine_to": limits.fine_to,
        "high": limits.high,
        "lighter_after": LIGHTER_AFTER_DAYS,
    }
    own = isinstance(limits, OwnLimits)
    known = sources or {}
    found: list[Part] = []
    for section in sections():
        found.append(Part(section, section.said(names, own=own), _cited(section, known)))
        if section.key == BEFORE_THE_GUIDE and ladder is not None:
            found += [Part(one, [*one.text], _cited(one, known)) for one in guide_of(ladder)]
    return found


def guide_of(ladder: Ladder) -> Iterator[Section]:
    """What a ladder's guide tells patients: how the movement goes, and where it is used."""
    for part in ladder.guide:
        if not part["for_clinicians"]:
            text = tuple(part["text"])
            yield Section(part["slug"], part["title"], text, sources=tuple(part["sources"]))


def _cited(section: Section, known: Mapping[str, str]) -> list[str]:
    return [known[source] for source in section.sources if source in known]


def names_of_sources() -> dict[str, str]:
    """The name of every source and work, by slug and key. One query."""
    names = dict(Source.objects.values_list("slug", "name"))
    return names | {key: work.name for key, work in works().items()}


def rung_to_read(now: Today) -> Rung | None:
    """The open rung, whose list of what to see is on the ladder. None while no drill may be
    done, or nothing is open."""
    return None if now.plan is None or now.no_drill else now.plan.open_rung


def ladder_to_read(now: Today) -> Ladder | None:
    """The ladder whose guide the reader can follow. None while no drill may be done."""
    if now.finished is not None and now.finished.drill is not None:
        return now.finished.drill.level.rung.ladder
    return None if now.plan is None or now.no_drill else now.plan.ladder
