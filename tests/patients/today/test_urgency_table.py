"""The table of urgency by hand, row by row: what the database holds after the form was sent."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from curriculum import screening as content
from patients.models import Outbox, Patient, Report, Stop, Symptom
from patients.rules.refusals import Refused
from patients.today.state import read_today
from patients.verbs import gate as gate_verbs
from patients.verbs import screening as screening_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.phone import phone_of


class Due(NamedTuple):
    """What must follow: urgency, cause of the stop, state of the day, class, who is written to now,
    and whether ticks and passes wait."""

    urgency: str
    cause: str
    day: str
    listed: str
    mailed: str
    gate: str


NOW = Due("now", "now", "urgent", "Stopped: emergency", "everybody", "no tick")
TODAY = NOW._replace(urgency="today", cause="today", listed="Stopped: a doctor today")
NUMB = Due("soon", "numb", "stopped", "Stopped: numbness or a fall", "lead", "no pass")
FALL = NUMB._replace(cause="fall")
BELOW = Due("soon", "below_knee", "done", "Pain below the knee", "lead", "no pass")
NOTE = Due("note", "", "practise", "Message", "nobody", "open")

#: Not told, left, right, both; a weak leg: not told, not sure, it does not get worse, it does.
SIDES = ["", "left", "right", "both"]
COURSES = ["", "unsure", "no", "yes"]
ROWS: list[tuple[dict[str, Any], str, Due]] = [
    *(({"kind": kind}, "", NOW) for kind in ("saddle", "bladder", "bowel", "other_now")),
    *(({"kind": "fever"}, known, TODAY) for known in ("", "osteoporosis", "pregnancy")),
    ({"kind": "calf"}, "", TODAY),
    *(({"kind": "calf", "side-calf": side}, "", TODAY) for side in ("left", "right")),
    ({"kind": "other", "words": "My knee clicks."}, "", NOTE),
    *(
        (
            {"kind": "weak", "side-weak": side, "growing": growing},
            "",
            TODAY if side in {"left", "right"} and growing == "no" else NOW,
        )
        for side, growing in product(SIDES, COURSES)
    ),
    *(
        ({"kind": kind, f"side-{kind}": side}, known, due if side in {"left", "right"} else NOW)
        for kind, due in (("numb", NUMB), ("below_knee", BELOW))
        for side, known in product(SIDES, ("", "nerve_signs"))
    ),
    *(
        ({"kind": "fall"}, known, TODAY)
        for known in ("osteoporosis", "spine_fracture", "cancer", "blood_thinners", "65 today")
    ),
    *(({"kind": "fall"}, known, FALL) for known in ("", "falls", "pregnancy", "65 tomorrow")),
    (
        {"kind": ["numb", "weak"], "side-numb": "left", "side-weak": "left", "growing": "no"},
        "",
        NOW,
    ),
    ({"kind": ["numb", "bladder"], "side-numb": "left"}, "", NOW),
    ({"kind": ["saddle", "bowel"]}, "", NOW),
]


def _is_known(patient: Patient, known: str) -> None:
    """What the clinic knows of the patient: a precaution, or the age."""
    if known.startswith("65"):
        today = patient.clinic.today()
        birthday = today if known == "65 today" else today.replace(day=today.day + 1)
        patient.born_on = birthday.replace(year=today.year - 65)
        patient.save(update_fields=["born_on"])
    elif known:
        items = dict.fromkeys(content.red_flags(), "no") | {known: "yes"}
        screening_verbs.screen(patient=patient, by=patient.lead, items=items, words="Known.")


def _mailed(cast: Cast) -> str:
    now = {mail.to for mail in Outbox.objects.all() if mail.due <= mail.patient.stops.get().at}
    named = {frozenset(): "nobody", frozenset({cast.elin}): "lead"}
    return named.get(frozenset(now), "everybody" if len(now) == 3 else str(now))


def _gate(cast: Cast) -> str:
    """What a clinician can still press, at a gate whose last tick is missing."""
    last = acts.criteria(cast.plan, 1)[-1]
    try:
        gate_verbs.tick(plan=cast.plan, criterion=last, by=cast.elin)
    except Refused:
        return "no tick"
    try:
        acts.decide(cast.plan, 1, cast.elin)
    except Refused:
        return "no pass"
    return "open"


@pytest.mark.parametrize(("typed", "known", "due"), ROWS)
def test_what_is_told_waits_for_whom_it_needs_and_closes_what_it_must(
    clock: Any, cast: Cast, typed: dict[str, Any], known: str, due: Due
) -> None:
    for criterion in acts.criteria(cast.plan, 1)[:-1]:
        gate_verbs.tick(plan=cast.plan, criterion=criterion, by=cast.elin)
    _is_known(cast.maya, known)
    sent = {"client_id": "a", **{name: value for name, value in typed.items() if value}}
    assert phone_of(cast.maya).post(reverse("report"), sent).status_code == 303
    cast.maya.summary.refresh_from_db()
    found = Due(
        Report.objects.get().urgency,
        "+".join(Stop.objects.values_list("cause", flat=True)),
        str(read_today(cast.maya.user).state),
        cast.maya.summary.get_rank_display(),
        _mailed(cast),
        _gate(cast),
    )
    assert found == due


def test_the_table_has_a_row_for_every_box() -> None:
    told = [row["kind"] for row, _known, _due in ROWS]
    assert {kind for kind in told if isinstance(kind, str)} == set(Symptom.values)
