"""The words of the ladder that a patient is on, or was on last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from curriculum.ladder_words import PLAIN, LadderWords, read_words
from curriculum.models import Ladder
from patients.models import Patient, Plan


def ladder_of(patient: Patient) -> Ladder | None:
    """The ladder of the newest plan; None = there was no plan. One query."""
    plans = Plan.objects.filter(patient=patient).select_related("ladder").order_by("-pk")
    plan = plans.first()
    return None if plan is None else plan.ladder


def words_columns(patient: OuterRef) -> dict[str, Any]:
    """The words of the newest plan's ladder, as columns that ``words_in`` reads."""
    plans = Plan.objects.filter(patient=patient).order_by("-pk")
    return {"climbed": Exists(plans), "said_last": Subquery(plans.values("ladder__words")[:1])}


def words_in(row: Mapping[str, Any]) -> LadderWords:
    """``row``: with the columns of ``words_columns``."""
    return read_words(row["said_last"]) if row["climbed"] else PLAIN


def words_for(patient: Patient) -> LadderWords:
    """The words of the newest plan's ladder; of no ladder while there was no plan. One query."""
    columns = Plan.objects.filter(patient=patient).order_by("-pk").values_list("ladder__words")
    row = columns.first()
    return PLAIN if row is None else read_words(row[0])
