"""The page about the ladder: its parts with the numbers of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from curriculum.about import Section, sections
from curriculum.evidence import works
from curriculum.models import Rung, Source
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


def parts(physio: str, limits: AnyLimits, sources: Mapping[str, str] | None = None) -> list[Part]:
    """Every section of the page.

    ``physio``: who looks after the reader; ``limits``: the pain limits that hold for the reader
    ``sources``: the names of sources, by slug and key; None = they are not shown
    """
    names = {
        "physio": physio,
        "fine_to": limits.fine_to,
        "high": limits.high,
        "lighter_after": LIGHTER_AFTER_DAYS,
    }
    own = isinstance(limits, OwnLimits)
    known = sources or {}
    return [
        Part(
            section,
            section.said(names, own=own),
            [known[source] for source in section.sources if source in known],
        )
        for section in sections()
    ]


def names_of_sources() -> dict[str, str]:
    """The name of every source and work, by slug and key. One query."""
    names = dict(Source.objects.values_list("slug", "name"))
    return names | {key: work.name for key, work in works().items()}


def rung_to_read(now: Today) -> Rung | None:
    """The open rung, whose list of what to see is on the ladder. None while no drill may be
    done, or nothing is open."""
    return None if now.plan is None or now.no_drill else now.plan.open_rung
