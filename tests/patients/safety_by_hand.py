"""The rules of safety written once more, by hand and over raw rows.

Nothing here asks the code under test what it thinks: urgency, order of stops, the state of the day
and the class of the caseload are worked out by hand.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from patients.models import (
    Patient,
    Plan,
    Practice,
    Report,
    Screening,
    Stop,
)
from patients.standing.day_state import DayFacts, DrillLeft

ONE_DAY = timedelta(days=1)
URGENT = {"now", "today", "weak"}
#: Whoever has one of these is looked at before anything is trained.
LOOKED_AT = URGENT | {"numb", "fall"}
PAIN = {"pain", "morning", "flare"}
WORST_FIRST = ["now", "today", "soon", "note", "none"]
#: The order in which stops stand, and the class of the caseload; high pain is 3.
SEVERITY = {"now": 0, "weak": 0, "today": 1, "numb": 2, "fall": 2} | dict.fromkeys(PAIN, 4)
CLASSES = ["now", "urgent", "leg", "high", "stop", "below knee"]
RANKS = {"now": 9, "urgent": 10, "leg": 11, "high": 12, "stop": 13, "below knee": 20}
#: Two of these together are an emergency.
CORD = {"saddle", "bladder", "bowel", "weak", "numb"}
OF_A_LEG = {"weak", "numb", "below_knee"}
#: Of one leg, and not growing. Every other sign is an emergency.
ALONE = {
    "weak": "today",
    "numb": "soon",
    "below_knee": "soon",
    "fall": "soon",
    "fever": "today",
    "calf": "today",
    "other": "note",
}
THIN_BONES = {"osteoporosis", "spine_fracture", "cancer", "blood_thinners"}


def urgency_of(sign: dict[str, Any], every: list[dict[str, Any]], *, fragile: bool) -> str:
    """The table of signs. ``every``: what is told now and what still waits."""
    kind = sign["kind"]
    if kind in CORD and len({other["kind"] for other in every} & CORD) > 1:
        return "now"
    if kind in OF_A_LEG and _both_legs(sign, every):
        return "now"
    if kind == "weak" and sign["growing"] is not False:
        return "now"
    if kind == "fall" and fragile:
        return "today"
    return ALONE.get(kind, "now")


def _both_legs(sign: dict[str, Any], every: list[dict[str, Any]]) -> bool:
    """A side that was not told counts as both."""
    sides = {other["side"] for other in every if other["kind"] == sign["kind"]}
    return sign["side"] is None or "both" in sides or {"left", "right"} <= sides


def worst(urgencies: list[str]) -> str:
    return min(urgencies, key=WORST_FIRST.index, default="none")


def urgency_of_stop(stop: Stop) -> str:
    if stop.cause in {"now", "weak"}:
        return "now"
    return "today" if stop.cause == "today" else "soon"


def severity(stop: Stop) -> int:
    return 3 if stop.high else SEVERITY.get(stop.cause, 5)


def waiting_of(patient: Patient) -> list[Stop]:
    """The worst first, then the oldest."""
    stops = Stop.objects.filter(patient=patient, answer=None).select_related("practice", "report")
    return sorted(stops, key=lambda stop: (severity(stop), stop.pk))


def signs_that_wait(patient: Patient, apart_from: Report | None) -> list[dict[str, Any]]:
    """What was told before and still waits; what was taken back does not count."""
    signs: dict[int, list[dict[str, Any]]] = {}
    for stop in waiting_of(patient):
        if stop.report is not None:
            newest = _newest(stop.report)
            if newest != apart_from:
                signs[newest.pk] = newest.kinds
        elif stop.practice is not None and stop.cause in LOOKED_AT and not stop.taken_back:
            leg = {"kind": stop.practice.leg, "side": None, "growing": None}
            signs[-stop.pk] = [leg] if stop.practice.leg else []
    return [sign for told in signs.values() for sign in told]


def _newest(told: Report) -> Report:
    while (later := Report.objects.filter(takes_back=told).first()) is not None:
        told = later
    return told


def latest_screening(patient: Patient) -> Screening | None:
    """The one that counts: not one that an answer wrote which was taken back."""
    rows = list(Screening.objects.filter(patient=patient).order_by("pk"))
    undone = Stop.objects.filter(patient=patient, reopens__isnull=False)
    slips = set(undone.values_list("reopens", flat=True))
    return next((row for row in reversed(rows) if row.answer_id not in slips), None)


def is_fragile(patient: Patient) -> bool:
    latest = latest_screening(patient)
    return latest is not None and any(row.key in THIN_BONES for row in latest.precautions.all())


def may_train(patient: Patient) -> bool:
    latest = latest_screening(patient)
    return latest is not None and latest.outcome != "not_cleared"


def _is_away(plan: Plan, day: date) -> bool:
    for pause in plan.pauses.all():
        last = pause.until or date.max
        if pause.resumed_on is not None:
            last = min(last, pause.resumed_on - ONE_DAY)
        if pause.from_day <= day <= last:
            return True
    return False


def is_planned(plan: Plan, day: date) -> bool:
    if day < plan.started_on or _is_away(plan, day):
        return False
    rows = [row for row in plan.schedules.order_by("from_day", "pk") if row.from_day <= day]
    return bool((rows[-1].weekdays if rows else 127) >> day.weekday() & 1)


def facts_of(patient: Patient) -> DayFacts:
    """What decides the day, from raw rows."""
    plan = Plan.objects.filter(patient=patient, ended_on=None).first()
    day = patient.clinic.today()
    waiting = waiting_of(patient)
    told: dict[str, Any] = {
        "urgent": any(stop.cause in URGENT for stop in waiting),
        "finished": patient.archived_at is not None,
        "may_train": may_train(patient),
    }
    if plan is None:
        return DayFacts(**told, has_plan=False, planned=False)
    logged = Practice.objects.filter(plan=plan, done_on=day, corrected_by=None).exists()
    left, ended = _left(plan, waiting, day)
    return DayFacts(
        **told,
        drill_left=left,
        ended_today=ended,
        away=_is_away(plan, day),
        logged=logged,
        planned=is_planned(plan, day),
    )


def _left(plan: Plan, waiting: list[Stop], day: date) -> tuple[DrillLeft, bool]:
    """What is left of the drill, and whether a stop was told today that ended the day."""
    if not waiting:
        return DrillLeft.WHOLE, False
    if not plan.clinic.easier_days or _allow_no_drill(waiting):
        return DrillLeft.NONE, False
    first = [_first_easier_day(plan, stop) for stop in waiting]
    if sum(is_planned(plan, one) for one in _days(min(first), day)) > 5:
        return DrillLeft.NONE, False
    return DrillLeft.EASIER, max(first) > day


def _allow_no_drill(waiting: list[Stop]) -> bool:
    """Also after a second stop of pain while one waits."""
    of_pain = [stop for stop in waiting if stop.cause in PAIN]
    return len(of_pain) > 1 or any(stop.high or stop.cause in LOOKED_AT for stop in waiting)


def _first_easier_day(plan: Plan, stop: Stop) -> date:
    told = plan.clinic.day_of(stop.at)
    return told if stop.cause == "flare" else told + ONE_DAY


def _days(first: date, last: date) -> list[date]:
    return [first + number * ONE_DAY for number in range((last - first).days + 1)]
