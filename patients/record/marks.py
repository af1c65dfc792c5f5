"""What a decision rests on, apart from plain ticks: figures, and criteria that do not apply."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray
from django.utils.translation import gettext as _

from patients.models import Review, ReviewKind, ReviewTick
from patients.models.functions import JsonRows
from patients.wording.marks import figure_in_words, why_in_words


def with_marks(reviews: QuerySet[Review]) -> QuerySet[Any]:
    """Reviews with the marks that say more than a plain tick, in the same query."""
    said = ReviewTick.objects.filter(review=OuterRef("pk")).exclude(
        applies=True, figure__isnull=True
    )
    columns = (
        "criterion__position",
        "criterion__text",
        "criterion__placement_text",
        "judged",
        "applies",
        "why",
        "figure",
    )
    return reviews.annotate(
        marks=Subquery(said.order_by().values(rows=JsonRows(JSONArray(*columns))))
    )


def marks_in_words(reviews: Sequence[Any]) -> str:
    """'Does not apply: ... (a variant is in use). Seen: ... (8 × 12 kg)', without a full stop.

    ``reviews``: of one act, from ``with_marks``. The words are empty when there are plain ticks
    only.
    """
    parts = [part for review in reviews for part in _parts(review)]
    return " ".join(parts).removesuffix(".")


def _parts(review: Any) -> Iterator[str]:
    placed = review.kind == ReviewKind.PLACEMENT
    rows = sorted(review.marks or (), key=lambda row: row[0])
    for _position, text, placement_text, judged, applies, why, figure in rows:
        criterion = (judged or (placed and placement_text) or text).removesuffix(".")
        if not applies:
            words = _("Does not apply: {criterion} ({why}).")
            yield words.format(criterion=criterion, why=why_in_words(why))
        # SQLite gives a column of JSON inside a list as text.
        seen = figure_in_words(json.loads(figure) if isinstance(figure, str) else figure)
        if seen:
            yield _("Seen: {criterion} ({figure}).").format(criterion=criterion, figure=seen)
