"""What a patient's day is read from: few queries, few columns, the same number whatever the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

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

from accounts.models import User
from accounts.prepared import Prepared
from curriculum.models import Level
from patients import levels, measures
from patients.models import (
    Activity,
    Answer,
    Intake,
    LevelChoice,
    Message,
    Plan,
    Practice,
    Prescription,
    Rating,
    Review,
    ReviewKind,
    Schedule,
    Stop,
    StopAnswer,
)
from patients.practice import MORNING_DAYS


class Logged(NamedTuple):
    """One day's entry as it stands, with the latest answer about the morning after it.

    ``pain``, ``morning``: 0-10, None = not reported; ``corrected``: it replaces an earlier entry of the day;
    ``answered``: when the morning was last told about.
    """

    pk: int
    done_on: date
    level_id: int
    sets: list[dict[str, Any]]
    pain: int | None
    effort: str | None
    why_stopped: str | None
    leg: str | None
    note: str
    band: str | None
    at: datetime
    corrected: bool
    answered: datetime | None
    morning: int | None
    worse: bool | None


class Word(NamedTuple):
    """What a clinician wrote to the patient, and when; ``answer``: what was answered to a stop when nothing was."""

    text: str
    name: str
    at: datetime
    answer: str = ""


@dataclass(frozen=True)
class Acts:
    """Choices of levels, newest first; the newest word that came with an answer or a decision at a gate, and before
    it the newest answer to a stop, if that came later and without a word."""

    choices: list[levels.Choice]
    words: list[Word]


def plan_of(user: User, day: date) -> Any:
    """The patient's running plan with all that decides the state of a day, in one query; None without a plan.

    Annotated: ``goal``, ``mask``, ``usual``, ``unread``, ``stop_pk``, ``rating_due``, and ``pause_*``, ``asked_*``,
    ``draft_*`` of the open pause, the open request for a review and the day's draft.
    """
    plan = _plan.first(user=user.pk, day=day, rated_after=day - measures.EVERY)
    if plan is not None and plan.clinic_id == user.clinic_id:
        # The signed-in person's clinic is read already, and is the same row.
        plan.clinic = user.clinic
    return plan


def _build_plan(user: int, day: date, rated_after: date) -> QuerySet[Plan, Any]:
    mine, patient = OuterRef("pk"), OuterRef("patient")
    schedule = Schedule.objects.filter(plan=mine, from_day__lte=day).order_by("-from_day", "-pk").values("weekdays")
    usual = Intake.objects.filter(patient=patient).order_by("-pk").values("usual_pain")
    unread = Message.objects.filter(plan__patient=patient, from_patient=False, read_at__isnull=True)
    rated = Rating.objects.filter(activity=OuterRef("pk"), day__gt=rated_after)
    due = Activity.objects.filter(~Exists(rated), patient=patient, ended_at__isnull=True)
    plans = Plan.objects.running().filter(patient__user=user).select_related("patient__lead").order_by()
    return plans.annotate(
        open_pause=FilteredRelation("pauses", condition=Q(pauses__resumed_on__isnull=True)),
        open_request=FilteredRelation("review_requests", condition=Q(review_requests__closed_at__isnull=True)),
        day_draft=FilteredRelation("drafts", condition=Q(drafts__day=day)),
        goal=F("goal_rung__position"),
        mask=Subquery(schedule[:1]),
        usual=Subquery(usual[:1]),
        unread=Exists(unread),
        stop_pk=Subquery(Stop.objects.unanswered().filter(plan=mine).order_by("-pk").values("pk")[:1]),
        rating_due=Exists(due),
        pause_from=F("open_pause__from_day"),
        pause_until=F("open_pause__until"),
        pause_reason=F("open_pause__reason"),
        pause_by=F("open_pause__by"),
        asked_at=F("open_request__at"),
        draft_level=F("day_draft__level"),
        draft_sets=F("day_draft__sets"),
    )[:1]


_plan = Prepared(_build_plan, user=int, day=date, rated_after=date)


def acts(plan: Plan) -> Acts:
    """What was chosen for the plan and said to the patient: one query."""
    choices: list[levels.Choice] = []
    words: list[Word] = []
    newest_first: Iterable[tuple[Any, ...]] = _acts(plan=plan.pk)
    for _pk, text, name, at, level_id, until, action in newest_first:
        if level_id is not None:
            choices.append(levels.Choice(level_id, until, at))
        elif not words or (text and not words[-1].text):
            words.append(Word(text, name, at, "" if text else Answer(action).label.lower()))
    return Acts(choices, words)


def _build_acts(plan: int) -> QuerySet[LevelChoice, Any]:
    none, never, nothing = Value(None, BigIntegerField()), Value(None, DateField()), Value("", CharField())
    chosen = LevelChoice.objects.filter(plan_id=plan).order_by()
    answered = StopAnswer.objects.filter(stop__plan=plan).exclude(action=Answer.CORRECTED).order_by()
    decided = Review.objects.filter(plan_id=plan, kind=ReviewKind.GATE).exclude(note="").order_by()
    rows = chosen.values_list("pk", "reason", "by__name", "at", "level_id", "until", nothing).union(
        answered.values_list("pk", "word", "by__name", "at", none, never, "action"),
        decided.values_list("pk", "note", "by__name", "at", none, never, nothing),
        all=True,
    )
    return rows.order_by("-at", "-pk")


_acts = Prepared(_build_acts, plan=int)


def prescriptions(plan: Plan) -> dict[int, Prescription]:
    """The prescription in force of each level that has one, by the level's id: one query."""
    return {row.level_id: row for row in _prescriptions(plan=plan.pk)}


_prescriptions = Prepared(
    lambda plan: Prescription.objects.filter(plan_id=plan).select_related("by").order_by("pk"), plan=int
)


def level(level_id: int) -> Level:
    """A level with its drill to read: one query."""
    return _level(pk=level_id)[0]


_level = Prepared(lambda pk: Level.objects.select_related("drill").filter(pk=pk).order_by(), pk=int)


_PRACTICE_COLUMNS = (
    "pk",
    "done_on",
    "level_id",
    "sets",
    "pain",
    "effort",
    "why_stopped",
    "leg",
    "note",
    "band",
    "at",
    "corrects_id",
)

_MORNING_COLUMNS = ("pk", "at", "pain", "worse")


def entries(plan: Plan, since: date) -> list[Logged]:
    """The standing entries since a day, oldest first, each with its latest morning: one query."""
    return list(_by_day(_entries(plan=plan.pk, since=since)))


def _build_entries(plan: int, since: date) -> QuerySet[Practice, Any]:
    rows = Practice.objects.filter(plan_id=plan, done_on__gte=since).order_by("done_on", "pk", "mornings__pk")
    return rows.values_list(*_PRACTICE_COLUMNS, "corrected_by__pk", *(f"mornings__{name}" for name in _MORNING_COLUMNS))


_entries = Prepared(_build_entries, plan=int, since=date)


_NO_MORNING: tuple[Any, ...] = (0, None, None, None)


def _by_day(rows: Iterable[tuple[Any, ...]]) -> Iterable[Logged]:
    """A morning counts for the day, whichever of the day's rows it was answered on; the latest of all."""
    days: dict[date, tuple[Any, ...]] = {}
    mornings: dict[date, tuple[Any, ...]] = {}
    for *entry, corrected_by, pk, at, pain, worse in rows:
        day = entry[1]
        if corrected_by is None:
            days[day] = tuple(entry)
        if pk is not None:
            mornings[day] = max(mornings.get(day, _NO_MORNING), (pk, at, pain, worse), key=lambda row: row[0])
    for day, entry_row in days.items():
        *columns, corrects = entry_row
        yield Logged._make([*columns, corrects is not None, *mornings.get(day, _NO_MORNING)[1:]])


def recent(plan: Plan, day: date) -> list[Logged]:
    """Entries of the day and of those days whose morning can still be asked about."""
    return entries(plan, day - timedelta(days=MORNING_DAYS))
