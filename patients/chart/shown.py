"""What the patient's page shows the clinic, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import PhoneLink
from curriculum.models import Level, Load, Rung
from patients.chart import gate_evidence
from patients.chart.rows import Dose, FaultRow, NextAtHome, RungRow
from patients.chart.undo import UndoOffer
from patients.models import (
    FirstVisit,
    Intake,
    Message,
    Patient,
    Plan,
    Practice,
    ReviewRequest,
    Stop,
)
from patients.record import arrangements, timeline
from patients.record.reports import Reported
from patients.rules.periods import REPORTED_DAYS
from patients.standing.cautions import LevelCautions
from patients.standing.equipment import NOTHING_NOTED, HomeEquipment
from patients.standing.first_visit import unfinished
from patients.standing.gate import OpenGate
from patients.standing.lifted import Lifted
from patients.standing.lower import LowerLevel
from patients.standing.position import LadderPlace
from patients.standing.readiness import EvidenceEntry
from patients.standing.screening import PrecautionInSight, ScreeningInSight
from patients.standing.usual_pain import NOTHING_TOLD, UsualInSight

#: How many reports stand in front.
IN_FRONT = 2


@dataclass(frozen=True)
class Chart:
    """Everything that the page shows. Most of it is empty without a plan.

    ``standing``: the place of the plan on its ladder today.
    ``practised``: the level that the patient practises.
    ``next_at_home``: what would be practised after a pass of the open gate.
    ``reachable``: the levels that can be prescribed, the open rung first.
    ``lower``: the levels for "train lower", nearest first; ``offers``: with their doses.
    ``last``, ``last_entry``: the newest entry, as a row and as evidence.
    ``practised_on``: the last day of practice, on whichever plan.
    ``entries``: every entry that is not corrected, oldest first.
    ``reported``: what was reported in the last weeks, newest first.
    ``avoided``: the levels of the open rung that precautions say to avoid.
    ``loaded_running``: whether load follows on load, and nobody was asked about it.
    ``faults``: those that were seen, with the levels that may be borrowed for them.
    ``lifts``: what was lifted of late, oldest first.
    ``earlier``: the plans that can be taken up again, while none runs.
    """

    patient: Patient
    today: date
    plan: Plan | None = None
    intake: Intake | None = None
    screening: ScreeningInSight | None = None
    usual: UsualInSight = NOTHING_TOLD
    home: HomeEquipment = NOTHING_NOTED
    link: PhoneLink | None = None
    rungs: Sequence[RungRow] = ()
    gate: OpenGate | None = None
    evidence: gate_evidence.GateEvidence | None = None
    place: LadderPlace | None = None
    practised: Level | None = None
    dose: Dose | None = None
    next_at_home: NextAtHome | None = None
    reachable: Sequence[Level] = ()
    weekdays: int = 0
    loaded_running: bool = False
    pause: arrangements.Arrangement | None = None
    request: ReviewRequest | None = None
    stops: Sequence[Stop] = ()
    lower: Sequence[Level] = ()
    offers: Sequence[LowerLevel] = ()
    messages: Sequence[Message] = ()
    faults: Sequence[FaultRow] = ()
    decisions: Sequence[timeline.Decision] = ()
    last: Practice | None = None
    last_entry: EvidenceEntry | None = None
    practised_on: date | None = None
    entries: Sequence[EvidenceEntry] = field(default=())
    undo: UndoOffer | None = None
    earlier: Sequence[Plan] = ()
    reported: Sequence[Reported] = ()
    avoided: Sequence[LevelCautions] = ()
    lifts: Sequence[Lifted] = ()

    @property
    def visit(self) -> FirstVisit | None:
        """The first visit that nobody has ended yet."""
        return unfinished(self.patient)

    @property
    def running(self) -> bool:
        return self.plan is not None and self.plan.ended_on is None

    @property
    def screening_is_due(self) -> bool:
        """Whether the gate asks if anything is new since the screening."""
        return self.screening is not None and self.screening.is_due(
            self.patient.clinic, practised_on=self.practised_on, loads_since=self._loads_since
        )

    @property
    def _loads_since(self) -> datetime | None:
        """Since when the last rung without load is open; None = another one is."""
        gate = self.gate
        if self.place is None or gate is None or gate.next_rung is None or gate.rung.loaded:
            return None
        return self.place.opened_at if gate.next_rung.loaded else None

    @property
    def held(self) -> Sequence[PrecautionInSight]:
        """What is true of the patient and changes drills."""
        return self.screening.precautions if self.screening else ()

    @property
    def complete(self) -> bool:
        return self.running and self.gate is None

    @property
    def unread(self) -> list[Message]:
        """The patient's messages that nobody has read, those to read first on top."""
        unread = (
            message for message in self.messages if message.from_patient and message.read_at is None
        )
        return sorted(unread, key=lambda message: not message.read_first)

    @property
    def in_front(self) -> list[Reported]:
        """The reports of late that no waiting stop above names: signs first, two at most."""
        first_day = self.today - timedelta(days=REPORTED_DAYS)
        late = [told for told in self.reported if told.day > first_day and not told.waits]
        return sorted(late, key=lambda told: not told.signs)[:IN_FRONT]

    @property
    def passed_rungs(self) -> list[Rung]:
        """The rungs that a withdrawal may take back, highest first."""
        return [row.rung for row in self.rungs if row.state == "passed"]

    @property
    def lacks(self) -> list[str]:
        """The equipment that the current drill needs and that is not noted at home."""
        return self.home.lacks(self.dose.level) if self.dose else []

    @property
    def lifts_weights(self) -> bool:
        """Whether weights were lifted, or the current drill has one."""
        return bool(self.lifts) or (
            self.dose is not None and self.dose.level.drill.load == Load.WEIGHT
        )
