from curriculum.models import EVERY_DAY
from patients.models.activity import Activity, Rating
from patients.models.carer import Carer
from patients.models.drawn import DrawnPerson
from patients.models.first_visit import FirstVisit, VisitDraft, VisitStep
from patients.models.follow_up import LookedAgain
from patients.models.gate import (
    Finding,
    Outcome,
    Pass,
    Review,
    ReviewKind,
    ReviewRequest,
    ReviewTick,
    Tick,
    WhyNot,
    Withdrawal,
    WithdrawalKind,
)
from patients.models.letter import Letter
from patients.models.load import Band, HomeWeights, ProposalKind, WeightKind
from patients.models.name_part import NamePart
from patients.models.not_offered import NotOffered
from patients.models.outbox import MailKind, Outbox, SenderBeat
from patients.models.pain import PainLimits, UsualPain
from patients.models.people import Intake, Patient, Sex
from patients.models.plan import (
    BorrowedEnd,
    GoalChange,
    LevelChoice,
    LevelKind,
    Pause,
    Plan,
    Schedule,
)
from patients.models.plan_template import PlanTemplate, TemplateDose
from patients.models.practice import (
    BandCode,
    Draft,
    Effort,
    Leg,
    Message,
    Morning,
    Practice,
    WhyStopped,
)
from patients.models.practice_feed import PracticeFeed
from patients.models.prescription import Prescription
from patients.models.record_note import NotePart, RecordNote
from patients.models.reports import Asked, Report, ReportUrgency, Side, Since, Symptom
from patients.models.screening import (
    Precaution,
    Screening,
    ScreeningAnswer,
    ScreeningItem,
    ScreeningOutcome,
)
from patients.models.stops import (
    Answer,
    Contact,
    Stop,
    StopAnswer,
    StopCause,
    StopDrill,
    StopTry,
    Urgency,
)
from patients.models.summary import CaseloadPlace, PatientSummary
from patients.models.visit import Visit, VisitState
from patients.models.visit_feed import VisitFeed

__all__ = [
    "EVERY_DAY",
    "Activity",
    "Answer",
    "Asked",
    "Band",
    "BandCode",
    "BorrowedEnd",
    "Carer",
    "CaseloadPlace",
    "Contact",
    "Draft",
    "DrawnPerson",
    "Effort",
    "Finding",
    "FirstVisit",
    "GoalChange",
    "HomeWeights",
    "Intake",
    "Leg",
    "Letter",
    "LevelChoice",
    "LevelKind",
    "LookedAgain",
    "MailKind",
    "Message",
    "Morning",
    "NamePart",
    "NotOffered",
    "NotePart",
    "Outbox",
    "Outcome",
    "PainLimits",
    "Pass",
    "Patient",
    "PatientSummary",
    "Pause",
    "Plan",
    "PlanTemplate",
    "Practice",
    "PracticeFeed",
    "Precaution",
    "Prescription",
    "ProposalKind",
    "Rating",
    "RecordNote",
    "Report",
    "ReportUrgency",
    "Review",
    "ReviewKind",
    "ReviewRequest",
    "ReviewTick",
    "Schedule",
    "Screening",
    "ScreeningAnswer",
    "ScreeningItem",
    "ScreeningOutcome",
    "SenderBeat",
    "Sex",
    "Side",
    "Since",
    "Stop",
    "StopAnswer",
    "StopCause",
    "StopDrill",
    "StopTry",
    "Symptom",
    "TemplateDose",
    "Tick",
    "Urgency",
    "UsualPain",
    "Visit",
    "VisitDraft",
    "VisitFeed",
    "VisitState",
    "VisitStep",
    "WeightKind",
    "WhyNot",
    "WhyStopped",
    "Withdrawal",
    "WithdrawalKind",
]
