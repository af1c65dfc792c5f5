"""The names of what was counted: rungs, criteria, faults and drills. Four queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from curriculum.models import Criterion, Drill, Fault, Rung


@dataclass(frozen=True)
class Names:
    """Names by slugs, as the newest edition that has them writes them.

    ``rungs``: from the lowest up; ``criteria``: by the slugs of rung and criterion
    """

    rungs: Mapping[str, str]
    criteria: Mapping[tuple[str, str], str]
    faults: Mapping[str, str]
    drills: Mapping[str, str]

    def position(self, rung: str) -> str:
        """The number of a rung, by its slug."""
        return self.rungs.get(rung, "").partition(" ")[0]

    def criterion(self, rung: str, slug: str) -> str:
        """With the position of its rung in front."""
        return f"{self.position(rung)} {self.criteria.get((rung, slug), slug)}"


def names_of(ladder: str, numbers: Mapping[str, Any]) -> Names:
    published = {"ladder__slug": ladder, "ladder__published_at__isnull": False}
    rungs = Rung.objects.filter(**published).order_by("-ladder__edition", "position")
    criteria = Criterion.objects.filter(
        rung__ladder__slug=ladder, rung__ladder__published_at__isnull=False
    ).order_by("-rung__ladder__edition")
    faults = numbers["faults"]
    drills = {drill for _fault, _seen, _gone, by in faults for drill, _n, _of in by}
    named = rungs.values_list("slug", "position", "name")
    return Names(
        _first((slug, f"{position} {name}") for slug, position, name in named),
        _first(
            ((rung, slug), text)
            for rung, slug, text in criteria.values_list("rung__slug", "slug", "text")
        ),
        dict(Fault.objects.filter(slug__in=[row[0] for row in faults]).values_list("slug", "name")),
        dict(Drill.objects.filter(slug__in=drills).values_list("slug", "name")),
    )


def _first(rows: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for key, name in rows:
        found.setdefault(key, name)
    return found
