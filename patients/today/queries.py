"""Queries of the Today page. Their number does not grow with the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils import timezone

from accounts.models import Role, User
from accounts.prepared import Prepared
from curriculum.models import Level, Load
from patients.models import (
    Activity,
    Answer,
    Carer,
    LevelChoice,
    Message,
    Patient,
    Plan,
    Prescription,
    Rating,
    Review,
    ReviewKind,
    Schedule,
    Screening,
    Stop,
    StopAnswer,
    Withdrawal,
    WithdrawalKind,
)
from patients.rules.periods import CARER_NEW, RATING_EVERY, USUAL_KNOWN_DAYS
from patients.standing.before import last_band_of, told_before_of
from patients.standing.chosen_levels import OVER_ON, ChosenLevel
from patients.standing.pain_limits import own_figure_of
from patients.standing.screening import precautions_column
from patients.standing.usual_pain import in_force_of, told_on_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _DayColumns(TypedDict):
        """What decides a day, in addition to the plan's own columns. ``mask``: the weekdays of the
        schedule; bit 0 is Monday. ``screening``: the outcome of the latest one. ``slip``: the
        newest one; ``slip_review``: the decision that it took back. ``answered_by``: the contact of
        the newest answer to a stop; ``answered``: the newest answer, one taken back too;
        ``reopened``: the newest stop that waits, or waited, again, ``reopened_answer``: its answer
        that was taken back. ``carer_named``: the carer whom the clinic named last, of late."""

        goal: int | None
        ladder_words: dict[str, Any] | None
        mask: int | None
        usual: int | None
        usual_told_on: date | None
        told_before: int | None
        last_band: str | None
        own_fine_to: int | None
        own_stop_from: int | None
        unread: bool
        loads: bool
        carer_named: str | None
        stop_pk: int | None
        rating_due: bool
        pause_from: date | None
        pause_until: date | None
        pause_reason: str | None
        pause_by: int | None
        asked_at: datetime | None
        draft_level: int | None
        draft_sets: list[dict[str, Any]] | None
        newest_review: int | None
        slip: int | None
        slip_review: int | None
        screening: str | None
        precautions: list[list[Any]] | None
        answered_by: str | None
        answered: int | None
        reopened: int | None
        reopened_answer: int | None

    PlanOfDay = WithAnnotations[Plan, _DayColumns]


class PhysioWord(NamedTuple):
    """What a clinician wrote to the patient. ``answer``: the answer to a stop that came
    without words."""

    text: str
    name: str
    at: datetime
    answer: str = ""


@dataclass(frozen=True)
class Acts:
    """What clinicians and the patient chose, and what clinicians wrote.

    ``choices``: the levels chosen, newest first.
    ``words``: the newest words with an answer or a decision at a gate. If an answer to a stop came
    later and without words, that answer comes first.
    """

    choices: list[ChosenLevel]
    words: list[PhysioWord]


def plan_of(user: User, day: date) -> PlanOfDay | None:
    """The patient's running plan with everything that decides the state of a day, in one query.

    None if no plan runs. ``_DayColumns`` lists the annotations. ``pause_*``, ``asked_at`` and
    ``draft_*`` come from the open pause, the open request for a review and the draft of the day.
    """
    plan = _plan.first(
        user=user.pk,
        day=day,
        rated_after=day - RATING_EVERY,
        known_from=day - timedelta(days=USUAL_KNOWN_DAYS),
        named_from=timezone.now() - CARER_NEW,
    )
    if plan is not None and plan.clinic_id == user.clinic_id:
        # The clinic of the person who is signed in is the same row, and it is read already.
        plan.clinic = user.clinic
        plan.patient.clinic = user.clinic
    return plan


def _pain_columns(patient: OuterRef, day: date, known_from: date) -> dict[str, F | Subquery]:
    return {
        "ladder_words": F("ladder__words"),
        "usual": in_force_of(patient, known_from),
        "usual_told_on": told_on_of(patient),
        "told_before": told_before_of(patient, day),
        "own_fine_to": own_figure_of(patient, "fine_to", day),
        "own_stop_from": own_figure_of(patient, "stop_from", day),
    }


_PAUSE_COLUMNS = {
    "pause_from": F("open_pause__from_day"),
    "pause_until": F("open_pause__until"),
    "pause_reason": F("open_pause__reason"),
    "pause_by": F("open_pause__by"),
}


#: Whether a level with a load was prescribed on the plan.
_LOADS = Exists(
    Prescription.objects.filter(plan=OuterRef("pk")).exclude(level__drill__load=Load.NONE)
)


def _build_plan(
    user: int, day: date, rated_after: date, known_from: date, named_from: datetime
) -> QuerySet[Plan, Any]:
    mine = OuterRef("pk")
    patient = OuterRef("patient")
    schedules = Schedule.objects.filter(plan=mine, from_day__lte=day).order_by("-from_day", "-pk")
    waiting = Stop.objects.unanswered().filter(patient=patient).worst_first()
    screening = Screening.objects.newest_of(patient).values("outcome")
    rated = Rating.objects.filter(activity=OuterRef("pk"), day__gt=rated_after)
    due = Activity.objects.filter(~Exists(rated), patient=patient, ended_at__isnull=True)
    reviews = Review.objects.filter(plan=mine).order_by("-pk")
    slips = Withdrawal.objects.slips().filter(review__plan=mine, cause=None).order_by("-pk")
    own = Plan.objects.running().filter(patient__user=user)
    plans = own.select_related("patient__lead", "patient__drawn_as")
    return plans.order_by().annotate(
        open_pause=FilteredRelation("pauses", condition=Q(pauses__resumed_on__isnull=True)),
        open_request=FilteredRelation(
            "review_requests", condition=Q(review_requests__closed_at__isnull=True)
        ),
        day_draft=FilteredRelation("drafts", condition=Q(drafts__day=day)),
        goal=F("goal_rung__position"),
        mask=Subquery(schedules.values("weekdays")[:1]),
        **_pain_columns(patient, day, known_from),
        last_band=last_band_of(mine, day),
        screening=Subquery(screening[:1]),
        precautions=precautions_column("patient"),
        **_news_columns(patient, named_from),
        stop_pk=Subquery(waiting.values("pk")[:1]),
        rating_due=Exists(due),
        loads=_LOADS,
        newest_review=Subquery(reviews.values("pk")[:1]),
        slip=Subquery(slips.values("pk")[:1]),
        slip_review=Subquery(slips.values("review")[:1]),
        answered_by=_newest_contact(patient),
        **answers_of(patient),
        **_PAUSE_COLUMNS,
        asked_at=F("open_request__at"),
        draft_level=F("day_draft__level"),
        draft_sets=F("day_draft__sets"),
    )[:1]


def _news_columns(patient: OuterRef, named_from: datetime) -> dict[str, Any]:
    """Whether a message waits, and the newest carer whom the clinic named and who helps now."""
    unread = Message.objects.filter(patient=patient, from_patient=False, read_at__isnull=True)
    running = Carer.objects.running().filter(patient=patient, named_at__gte=named_from)
    by_clinic = running.exclude(named_by__role=Role.PATIENT).order_by("-pk")
    named = Subquery(by_clinic.values("user__name")[:1])
    return {"unread": Exists(unread), "carer_named": named}


def answers_of(patient: OuterRef) -> dict[str, Subquery]:
    """The newest answer to a patient's stops, and the newest that was taken back, as columns."""
    given = StopAnswer.objects.exclude(action=Answer.CORRECTED).filter(stop__patient=patient)
    reopened = Stop.objects.filter(patient=patient, reopens__isnull=False).order_by("-pk")
    return {
        "answered": Subquery(given.order_by("-pk").values("pk")[:1]),
        "reopened": Subquery(reopened.values("pk")[:1]),
        "reopened_answer": Subquery(reopened.values("reopens")[:1]),
    }


def _newest_contact(patient: OuterRef) -> Subquery:
    standing = StopAnswer.objects.standing().exclude(action=Answer.CORRECTED)
    newest = standing.filter(stop__patient=patient).order_by("-pk")
    return Subquery(newest.values("contact")[:1])


_plan = Prepared(
    _build_plan, user=int, day=date, rated_after=date, known_from=date, named_from=datetime
)


def waits() -> Exists:
    """Whether a stop of a patient waits for an answer, as a column."""
    return Exists(Stop.objects.unanswered().filter(patient=OuterRef("pk")))


def waiting_stops(patient: int) -> list[Stop]:
    """The stops of a patient that wait for an answer, the worst first, in one query."""
    waiting = Stop.objects.unanswered().filter(patient=patient)
    told = ("practice", "morning", "report__taken_back_by")
    return list(waiting.select_related(*told).worst_first())


def acts(plan: Plan) -> Acts:
    """The levels chosen for the plan and the words written to the patient, in one query."""
    choices: list[ChosenLevel] = []
    words: list[PhysioWord] = []
    newest_first: Iterable[tuple[Any, ...]] = _acts(plan=plan.pk)
    for _pk, text, name, at, level_id, until, action, *borrowed in newest_first:
        if level_id is not None:
            choices.append(ChosenLevel._make([level_id, until, at, *borrowed, text or ""]))
        elif not words or (text and not words[-1].text):
            words.append(PhysioWord(text, name, at, "" if text else Answer(action).label.lower()))
    return Acts(choices, words)


def _build_acts(plan: int) -> QuerySet[LevelChoice, Any]:
    no_number = Value(None, BigIntegerField())
    no_day = Value(None, DateField())
    no_text = Value("", CharField())
    chosen = LevelChoice.objects.filter(plan_id=plan).order_by()
    standing = StopAnswer.objects.standing().exclude(action=Answer.CORRECTED)
    answered = standing.filter(stop__plan=plan).order_by()
    noted = Review.objects.filter(plan_id=plan, kind=ReviewKind.GATE).exclude(note="")
    decided = noted.exclude(withdrawal__kind=WithdrawalKind.SLIP).order_by()
    fault = "finding__fault__plain_name"
    who = ("by__name", "at")
    none = (no_number, no_day, no_day)
    borrowed = ("finding_id", "from_day", OVER_ON)
    rows = chosen.values_list("pk", fault, *who, "level_id", "until", no_text, *borrowed).union(
        answered.values_list("pk", "word", *who, no_number, no_day, "action", *none),
        decided.values_list("pk", "note", *who, no_number, no_day, no_text, *none),
        all=True,
    )
    return rows.order_by("-at", "-pk")


_acts = Prepared(_build_acts, plan=int)


def newest_answer(patient: Patient) -> tuple[str, PhysioWord] | None:
    """How a patient without a plan was reached last, and what they read then. One query."""
    told = StopAnswer.objects.standing().filter(stop__patient=patient, stop__plan__isnull=True)
    rows = told.exclude(action=Answer.CORRECTED)
    newest = rows.select_related("by").order_by("-pk").first()
    if newest is None:
        return None
    answer = "" if newest.word else newest.get_action_display().lower()
    return newest.contact, PhysioWord(newest.word, newest.by.name, newest.at, answer)


def level(level_id: int) -> Level:
    """A level with its drill, in one query."""
    return next(iter(_level(pk=level_id)))


_level = Prepared(lambda pk: Level.objects.select_related("drill").filter(pk=pk).order_by(), pk=int)
