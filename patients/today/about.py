"""The page about the ladder: its parts with the numbers of the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from curriculum.about import Section, sections
from curriculum.evidence import works
from curriculum.ladder_words import PLAIN
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


def parts(
    physio: str,
    limits: AnyLimits,
    sources: Mapping[str, str] | None = None,
    ladder: Ladder | None = None,
    guide: bool = True,
) -> list[Part]:
    """Every section of the page: those of all ladders, and those of one.

    ``physio``: who looks after the reader; ``limits``: the pain limits that hold for the reader
    ``sources``: the names of sources, by slug and key; None = they are not shown
    ``ladder``: whose sections stand among them; None = nobody knows which one
    ``guide``: whether its guide stands there too, after the first of them
    """
    names = {
        "physio": physio,
        "fine_to": limits.fine_to,
        "high": limits.high,
        "lighter_after": LIGHTER_AFTER_DAYS,
        "sore": (PLAIN if ladder is None else ladder.said).sore,
    }
    own = isinstance(limits, OwnLimits)
    known = sources or {}
    shown = sections("" if ladder is None else ladder.slug)
    found = [Part(one, one.said(names, own=own), _cited(one, known)) for one in shown]
    if ladder is not None and guide:
        first = next((nth for nth, one in enumerate(shown, 1) if one.ladder), 0)
        told = [Part(one, [*one.text], _cited(one, known)) for one in guide_of(ladder)]
        found[first:first] = told
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


def may_follow(now: Today) -> bool:
    """Whether the reader can follow the ladder's guide: not while no drill may be done."""
    if now.finished is not None and now.finished.drill is not None:
        return True
    return now.plan is not None and not now.no_drill
