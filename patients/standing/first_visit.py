"""Which step of a first visit waits, and where each of its steps stands."""

from __future__ import annotations

from dataclasses import dataclass

from patients.models import FirstVisit, Patient, VisitStep

STEPS = tuple(VisitStep)
#: The states of a step as a page shows it.
DONE = "done"
NOW = "now"
NEXT = "next"
LATER = "later"


@dataclass(frozen=True)
class StepInSight:
    """A step as the page shows it. ``state``: one of the states above; a later one is closed."""

    step: VisitStep
    number: int
    state: str

    @property
    def is_open(self) -> bool:
        return self.state != LATER


def first_visit_of(patient: Patient) -> FirstVisit | None:
    """The first visit of a patient, whether it has ended or not; None = there was none."""
    return getattr(patient, "first_visit", None)


def unfinished(patient: Patient) -> FirstVisit | None:
    """The first visit of a patient that nobody has ended yet."""
    visit = first_visit_of(patient)
    return visit if visit is not None and visit.ended_at is None else None


def waiting_step(visit: FirstVisit, *, cleared: bool, on_a_plan: bool) -> VisitStep:
    """The step that waits. ``cleared``: whether the latest screening lets the patient train.

    Nobody moves before they are cleared and on a ladder, whatever was saved before.
    """
    if not (cleared and on_a_plan):
        return VisitStep.STORY
    reached = max(STEPS.index(VisitStep(visit.saved)), STEPS.index(VisitStep.STORY))
    return STEPS[min(reached + 1, len(STEPS) - 1)]


def steps_in_sight(shown: VisitStep, waits: VisitStep) -> list[StepInSight]:
    """The steps in their order. ``shown``: that of the page; ``waits``: the one that waits."""
    return [
        StepInSight(step, number, _state(step, shown, waits))
        for number, step in enumerate(STEPS, start=1)
    ]


def _state(step: VisitStep, shown: VisitStep, waits: VisitStep) -> str:
    if step == shown:
        return NOW
    if STEPS.index(step) < STEPS.index(waits):
        return DONE
    return NEXT if step == waits else LATER
