"""The bar after a press at the gate, or after an answer to a stop: what was done, and until when it
can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from curriculum.models import Level
from patients.models import (
    Answer,
    Draft,
    Patient,
    Plan,
    Practice,
    Review,
    ReviewKind,
    StopAnswer,
)
from patients.rules.periods import UNDO
from patients.standing.slips import answer_is_built_upon, answers_of_act, is_done_above


@dataclass(frozen=True)
class UndoOffer:
    """An act that can still be taken back as a slip, by the clinician who pressed.

    ``reviews``: lowest rung first
    """

    reviews: Sequence[Review]

    @property
    def review(self) -> Review:
        return self.reviews[0]

    @property
    def placed(self) -> bool:
        return self.review.kind == ReviewKind.PLACEMENT

    @property
    def rungs(self) -> str:
        return ", ".join(review.rung.name for review in self.reviews)

    @property
    def until(self) -> datetime:
        return self.review.at + UNDO


def with_newest_draft(plans: QuerySet[Plan]) -> QuerySet[Any]:
    """Plans with the level and the moment of the newest draft, for ``undo_offer``."""
    newest = Draft.objects.filter(plan=OuterRef("pk")).order_by("-updated_at")
    return plans.annotate(
        draft_level=Subquery(newest.values("level")[:1]),
        draft_at=Subquery(newest.values("updated_at")[:1]),
    )


def undo_offer(
    plan: Any, reviews: Sequence[Review], practices: Iterable[Practice], levels: Iterable[Level]
) -> UndoOffer | None:
    """The offer of a plan's newest act; None = it cannot be taken back. No query.

    ``plan``: as ``with_newest_draft`` reads it
    ``reviews``: oldest first, with their active pass
    ``practices``: the newest entries
    ``levels``: every level of the ladder, with its rung
    """
    if plan.ended_on is not None or not reviews or not _can_be_a_slip(reviews[-1]):
        return None
    newest = reviews[-1]
    if is_done_above(newest, _done(plan, practices, levels)):
        return None
    lowest = newest.act_id or newest.pk
    return UndoOffer([review for review in reviews if lowest in (review.pk, review.act_id)])


def _done(
    plan: Any, practices: Iterable[Practice], levels: Iterable[Level]
) -> list[tuple[int, datetime]]:
    """What was practised or tapped, by the position of its rung."""
    positions = {level.pk: level.rung.position for level in levels}
    done = [(positions[entry.level_id], entry.at) for entry in practices]
    if plan.draft_at is not None:
        done.append((positions[plan.draft_level], plan.draft_at))
    return done


def _can_be_a_slip(review: Review) -> bool:
    passed = hasattr(review, "active_pass") and review.kind != ReviewKind.CARRIED
    return passed and timezone.now() <= review.at + UNDO


def undo_discharge_until(patient: Patient, plan: Plan | None) -> datetime | None:
    """Until when taking the patient on again takes the plan up again; None = no longer."""
    if patient.archived_at is None or plan is None or not plan.discharged:
        return None
    until = patient.archived_at + UNDO
    return until if timezone.now() <= until else None


@dataclass(frozen=True)
class AnswerUndo:
    """An answer to stops that can still be taken back as a slip. ``answers``: those of its act."""

    answers: Sequence[StopAnswer]

    @property
    def answer(self) -> StopAnswer:
        return self.answers[0]

    @property
    def until(self) -> datetime:
        return self.answer.at + UNDO

    @property
    def stays(self) -> str:
        """What the answer did that is not taken back with it: "pause" or "lower"."""
        return self.answer.action if self.answer.action in {Answer.PAUSE, Answer.LOWER} else ""


def with_just_answered(patients: QuerySet[Patient]) -> QuerySet[Any]:
    """Patients with the act of the newest answer, in the minutes in which it can be taken back."""
    may = StopAnswer.objects.standing().exclude(action__in=(Answer.WITHDRAW, Answer.CORRECTED))
    rows = may.filter(stop__patient=OuterRef("pk"), at__gte=timezone.now() - UNDO)
    first = rows.order_by("-pk").annotate(first=Coalesce("act", "pk")).values("first")
    return patients.annotate(just_answered=Subquery(first[:1]))


def undo_answer_offer(patient: Patient, user: User) -> AnswerUndo | None:
    """The offer to whoever answered; None = nothing can be taken back.

    ``patient``: as ``with_just_answered`` reads them, so that it costs most pages no query
    """
    first: int | None = vars(patient)["just_answered"]
    if first is None:
        return None
    act = answers_of_act(first)
    ended = [given for given in act if given.stop.plan and given.stop.plan.ended_on]
    left = patient.archived_at is not None and patient.archived_at >= act[0].at
    if act[0].by_id != user.pk or ended or left or answer_is_built_upon(act):
        return None
    return AnswerUndo(act)
