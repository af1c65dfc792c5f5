"""How much of what was prescribed was done on a day: a session that counts towards a gate is whole,
with the weight, and on the hardest level prescribed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, F, OuterRef, Subquery
from django.db.models.functions import JSONArray

from patients.models import Prescription
from patients.standing.enough import is_enough

#: What ``with_prescribed`` adds to a query of entries, in the order of the fields of ``Done``.
DONE_COLUMNS = ("sets", "dose_then", "usual_dose", "level__position", "hardest")


def with_prescribed() -> dict[str, Expression | Subquery | F]:
    """The columns of ``DONE_COLUMNS`` that a query of entries lacks."""
    of_plan = Prescription.objects.filter(plan=OuterRef("plan"))
    then = of_plan.filter(level=OuterRef("level"), at__lte=OuterRef("at")).order_by("-pk")
    dose = JSONArray("sets", "reps", "per_side", "load")
    of_rung = of_plan.filter(level__rung=OuterRef("level__rung"), level__helper=False)
    hardest = of_rung.order_by("-level__position").values("level__position")[:1]
    usual = JSONArray("level__sets", "level__reps", "level__drill__one_sided")
    return {
        "dose_then": Subquery(then.values(row=dose)[:1]),
        "usual_dose": usual,
        "hardest": Subquery(hardest),
    }


@dataclass(frozen=True)
class Done:
    """What was done of what was prescribed.

    ``sets``: as in ``Practice``
    ``dose``: [sets, repetitions, each side, kilograms] as prescribed then; None = nothing was
    ``usual``: [sets, repetitions, each side] of the level itself
    ``position``: of the level on its rung; ``hardest``: of the hardest one prescribed there
    """

    sets: Sequence[dict[str, Any]] = ()
    dose: Sequence[Any] | None = None
    usual: Sequence[Any] | None = None
    position: int = 0
    hardest: int | None = None

    @property
    def asked(self) -> int:
        """How many repetitions were prescribed in all, both sides counted."""
        sets, reps, per_side = (self.dose or self.usual or (0, 0, False))[:3]
        return int(sets) * int(reps) * (2 if per_side else 1)

    @property
    def kilograms(self) -> float | None:
        """The weight that was prescribed; None = none."""
        load = self.dose[3] if self.dose is not None else None
        return float(load) if load is not None else None

    @property
    def heaviest(self) -> float | None:
        """The heaviest weight that was lifted; None = none was told."""
        lifted = [float(row["load"]) for row in self.sets if row.get("load") is not None]
        return max(lifted, default=None)

    @property
    def reps(self) -> int:
        """How many repetitions were done, whatever was lifted."""
        return sum(int(row.get("reps") or 0) for row in self.sets)

    @property
    def with_the_weight(self) -> int:
        """How many repetitions were done with the weight prescribed, or more."""
        weight = self.kilograms
        if weight is None:
            return self.reps
        heavy = [row for row in self.sets if float(row.get("load") or 0) >= weight]
        return sum(int(row.get("reps") or 0) for row in heavy)

    @property
    def is_whole(self) -> bool:
        """Whether enough was done, with the weight prescribed."""
        return is_enough(self.with_the_weight, self.asked)

    @property
    def is_too_light(self) -> bool:
        """Whether enough was done, but not with the weight prescribed."""
        return not self.is_whole and is_enough(self.reps, self.asked)

    @property
    def is_hardest(self) -> bool:
        """Whether nothing harder is prescribed on the rung."""
        return self.hardest is None or self.position >= self.hardest


NOTHING_KNOWN = Done()
