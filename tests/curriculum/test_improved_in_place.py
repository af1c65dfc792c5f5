"""An installation with patients takes on better content: it reaches them, and what an edition
freezes stays as it was."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from django.urls import reverse

from curriculum.loader import digest_of_rows, load_all
from curriculum.models import Criterion, Drill, Fault, Ladder, Level, Remedy, Rung, Source
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.phone import phone_of, words_of

FROZEN: dict[type[Any], tuple[str, ...]] = {
    Rung: ("pk", "slug", "position", "loaded"),
    Level: ("pk", "slug", "position", "drill", "setting", "helper"),
    Criterion: ("pk", "slug", "position", "text", "placement_reps", "always", "placement_text"),
}


def _as_it_was(ladder: Ladder) -> None:
    """The content as it stood before this was improved."""
    Fault.objects.filter(slug="unrolls-the-back").delete()
    Fault.objects.filter(slug="rocks-back").update(why="Balance.")
    Drill.objects.update(needs=None)
    Source.objects.update(references=None, note="")
    lifts = Level.objects.filter(rung__ladder=ladder, rung__slug="kettlebell-rdl", helper=False)
    lifts.update(
        source_dose="15 repetitions (St. George, for his drills).",
        dose_note="2 to 3 days a week, effort 7 of 10 at most.",
    )
    Drill.objects.get(slug="kettlebell-deadlift").sources.set(
        Source.objects.filter(slug="stgeorge")
    )
    arches = Remedy.objects.filter(fault__slug="over-arches")
    arches.update(source=Source.objects.get(slug="stgeorge"))


def _frozen() -> dict[str, list[Any]]:
    return {
        model.__name__: list(model.objects.order_by("pk").values_list(*columns))
        for model, columns in FROZEN.items()
    }


def _on_rung_six(cast: Cast) -> Ladder:
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    return cast.plan.ladder


def _of_patients() -> dict[str, list[str]]:
    return {name: rows for name, rows in acts.everything().items() if name.startswith("patients_")}


def test_better_content_reaches_patients_in_place_and_freezes_nothing_anew(cast: Cast) -> None:
    ladder = _on_rung_six(cast)
    _as_it_was(ladder)
    before = (_frozen(), _of_patients(), ladder.digest)
    address = reverse("level_page", args=[6, "kettlebell-stool"])
    assert "effort 7 of 10" in words_of(phone_of(cast.maya).get(address))

    assert sum(row.deleted for row in load_all()) == 0
    ladder.refresh_from_db()
    assert (_frozen(), _of_patients(), ladder.digest) == before
    assert digest_of_rows(ladder) == ladder.digest
    assert acts.rung(cast.plan, 6).levels.get(slug="kettlebell-stool").source_dose == ""
    page = words_of(phone_of(cast.maya).get(address))
    assert "End a set while you could still do 3 more." in page
    assert "You need:</b> A kettlebell or a dumbbell." in page
    remedies = Remedy.objects.filter(fault__slug__in=["over-arches", "unrolls-the-back"])
    assert list(remedies.values_list("source", flat=True)) == [None] * 4
    assert sum(sum(astuple(row)[1:]) for row in load_all()) == 0
