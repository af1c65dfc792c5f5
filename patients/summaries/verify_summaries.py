"""Compares what lists read of patients with the tables. ``verify`` runs this too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from patients.models import Patient
from patients.summaries import name_parts
from patients.summaries import refresh as summaries

#: How many patients are read at once.
CHUNK = 500


def check_summaries(
    first: int = 0, last: int | None = None, tell: Callable[[int], object] | None = None
) -> Iterator[str]:
    """Every summary equals the tables that it sums up, and every part of a name is found.

    ``first``, ``last``: the numbers of the patients between whom it looks, both included
    ``tell``: called after every chunk with the number of its last patient
    """
    patients = Patient.objects.filter(pk__gte=first).order_by("pk")
    if last is not None:
        patients = patients.filter(pk__lte=last)
    pks = patients.values_list("pk", flat=True).iterator(CHUNK)
    while chunk := list(islice(pks, CHUNK)):
        for pk, columns in summaries.differing(chunk).items():
            yield f"summary of patient {pk}: differs in {', '.join(columns)}"
        for pk in sorted(name_parts.differing(chunk)):
            yield f"patient {pk}: a search does not find every part of the name"
        if tell is not None:
            tell(chunk[-1])
