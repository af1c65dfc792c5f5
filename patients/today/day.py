"""A patient's day as one value with a state. ``today.state`` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from curriculum.ladder_words import PLAIN, LadderWords
from curriculum.models import Level
from curriculum.variants import Variant, lesson
from patients.models import Patient, Prescription, Stop, StopCause, Urgency, Visit
from patients.standing.day_state import DayState
from patients.standing.easier import NO_STOP, EasierDrill, Left
from patients.standing.entries import LoggedEntry
from patients.standing.load.read import LoadOfLevel
from patients.standing.pain import AnyLimits, limits_of
from patients.standing.pain_limits import choose
from patients.standing.position import LadderPlace, LadderStep
from patients.standing.ways import way_of
from patients.today.finished import Finished
from patients.today.queries import PhysioWord
from patients.today.told import UrgentDay
from patients.today.week import DayOfWeek
from patients.today.words import DrillWords, drill_words
from patients.wording.dosage import dosage_in_words, load_lines

if TYPE_CHECKING:
    from patients.today.queries import PlanOfDay


State = DayState

#: States in which no drill is done: on this day, or until somebody from the clinic has acted.
NO_DRILL = frozenset(
    {State.URGENT, State.FINISHED, State.NOT_CLEARED, State.NO_PLAN, State.STOPPED, State.DONE}
)


class LevelOption(NamedTuple):
    """A level of the open rung. ``may``: whether the patient can choose it now."""

    step: LadderStep
    current: bool
    may: bool


class HelperDrill(NamedTuple):
    """A helper drill that a clinician prescribed on a rung that is reachable."""

    step: LadderStep
    dose: Prescription


class AnswerSeen(NamedTuple):
    """What was answered of a patient's stops. 0 = nothing.

    ``newest``: the newest answer, one that was taken back too
    ``reopened``: the newest stop that waits again; ``of``: its answer that was taken back
    """

    newest: int = 0
    reopened: int = 0
    of: int = 0


NOTHING_ANSWERED = AnswerSeen()


@dataclass(frozen=True)
class Today:
    """What the Today page shows.

    ``place``: where the plan stands on its ladder on this day.
    ``dose``: the dose of the level that is practised.
    ``level``: the level that is practised, with its drill; only if the page shows the drill.
    ``planned``: whether the schedule asks for practice on this day.
    ``entry``: what is logged for this day.
    ``morning_of``: the entry whose morning after the page asks about.
    ``morning_said``: the entry whose morning after was answered today and can still be changed.
    ``waiting``: the stops that wait for an answer, the worst first.
    ``easier``: the drill of an easier day, with its dose.
    ``left``: what the stops leave of the day's drill.
    ``sent_on``: how a patient who must not train was reached last: "sent_on" or "letter".
    ``urgent``: what the page of an urgent day says.
    ``answers``: the newest answer to a stop, and the newest that was taken back.
    ``finished``: what was reached; only for somebody who has finished with the clinic.
    ``next_day``: the next planned day; only if the page names it.
    ``visit``: to which the patient comes next; only where no drill is shown.
    ``words``: what clinicians wrote to the patient, newest first.
    ``options``: the levels of the open rung, if there are several to choose from.
    ``helpers``: the helper drills that are prescribed on the open rung.
    ``steps``: every level of the ladder.
    ``for_you``: what the patient's precautions change in the drill that the page shows.
    ``is_new``: whether the day is one of the first of its level, so that its words stand open.
    ``week``: the days from Monday to Sunday, where the page shows no drill.
    ``ladder_words``: where pain is asked for on the reader's ladder, and what is no pain.
    ``load``: how the load of the level stands; None = it has none, or nobody prescribed it.
    """

    day: date
    state: State
    patient: Patient
    plan: PlanOfDay | None = None
    place: LadderPlace | None = None
    level: Level | None = None
    dose: Prescription | None = None
    planned: bool = False
    entry: LoggedEntry | None = None
    morning_of: LoggedEntry | None = None
    morning_said: LoggedEntry | None = None
    waiting: Sequence[Stop] = ()
    easier: EasierDrill | None = None
    left: Left = NO_STOP
    sent_on: str = ""
    answers: AnswerSeen = NOTHING_ANSWERED
    urgent: UrgentDay | None = None
    finished: Finished | None = None
    next_day: date | None = None
    visit: Visit | None = None
    week: Sequence[DayOfWeek] = ()
    words: Sequence[PhysioWord] = ()
    options: Sequence[LevelOption] = ()
    helpers: Sequence[HelperDrill] = ()
    steps: Sequence[LadderStep] = field(default=(), repr=False)
    for_you: tuple[str, ...] = ()
    is_new: bool = False
    load: LoadOfLevel | None = field(default=None, repr=False)
    ladder_words: LadderWords = PLAIN

    @property
    def begins_lighter(self) -> bool:
        """Whether the drill begins lighter, after days away."""
        return self.load is not None and self.load.is_away

    @cached_property
    def dose_now(self) -> Prescription | None:
        """Today's dose: with a range, the repetitions that today is about."""
        return self.load.dose_today if self.load is not None else self.dose

    @property
    def reps_now(self) -> int | None:
        """Today's repetitions of a range; None = the dose has no range."""
        now = self.dose_now
        ranged = self.dose is not None and self.dose.reps_to not in {None, self.dose.reps}
        return now.reps if ranged and now is not None else None

    @property
    def step(self) -> LadderStep | None:
        return self.place.step if self.place else None

    @property
    def physio(self) -> str:
        """The name on the page: the lead's first name, or the clinic's name if nobody leads."""
        return self.patient.physio

    @property
    def visit_with(self) -> str:
        """Whom the patient sees at the visit, as ``physio`` names the lead."""
        if self.visit is None or not self.visit.clinician.is_active:
            return self.patient.clinic.name
        return self.visit.clinician.first_name

    @property
    def rung_shown(self) -> int | None:
        """The position of the rung of the drill. A borrowed drill moves nobody off their own."""
        if self.place is None or self.step is None:
            return None
        return self.place.rung if self.place.borrowed else self.step.rung

    @property
    def rung_count(self) -> int:
        return max((step.rung for step in self.steps), default=0)

    @property
    def limits(self) -> AnyLimits:
        """The pain limits of the day."""
        plan = self.plan
        if plan is None:
            return limits_of(self.patient.clinic)
        return choose(plan.clinic, plan.own_fine_to, plan.own_stop_from)

    @property
    def shows_drill(self) -> bool:
        return self.level is not None

    @property
    def no_drill(self) -> bool:
        """Whether no drill may be done. A pause of the patient's own is no such thing."""
        return self.state in NO_DRILL or (self.state is State.PAUSED and bool(self.sent_on))

    @property
    def practises(self) -> bool:
        """Whether practice goes on, on this day or the next planned one."""
        return not self.no_drill and self.state is not State.PAUSED

    @cached_property
    def way(self) -> Variant | None:
        """The way in which the patient does the drill that the page shows."""
        return way_of(self.level.drill, self.dose) if self.level is not None else None

    @cached_property
    def drill(self) -> DrillWords | None:
        """The words of the drill that the page shows, in the patient's way."""
        if self.level is None or self.step is None:
            return None
        lines = load_lines(self.dose, self.step.load) if self.dose else []
        return drill_words(self.level, lesson(self.level.drill, self.way), self.step, lines)

    @property
    def dose_in_words(self) -> str:
        return dosage_in_words(self.dose) if self.dose else ""

    @property
    def stop(self) -> Stop | None:
        """The worst stop that waits for an answer."""
        return next(iter(self.waiting), None)

    @property
    def high_pain(self) -> bool:
        """Whether pain of 8 or more waits for an answer, beside whatever else does."""
        return any(stop.high for stop in self.waiting)

    @property
    def stopped_today(self) -> bool:
        return self._was_today(self.stop.at if self.stop else None)

    @property
    def number_decided(self) -> bool:
        """Whether a pain number made the worst stop, and no sign and no word did."""
        stop = self.stop
        return stop is not None and stop.urgency is Urgency.PAIN and stop.pain is not None

    @property
    def can_correct(self) -> bool:
        """Whether the patient can correct the entry that caused the stop today."""
        entry = self.stop.practice if self.stop is not None else None
        if self.stop is None or entry is None or self.stop.cause == StopCause.MORNING:
            return False
        if self.plan is None:
            return False
        return self._was_today(entry.at)

    def _was_today(self, moment: datetime | None) -> bool:
        return moment is not None and self.patient.clinic.day_of(moment) == self.day

    def step_of(self, level_id: int) -> LadderStep | None:
        return next((step for step in self.steps if step.level_id == level_id), None)
