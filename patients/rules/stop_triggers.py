"""Triggers of reports, stops and answers: whose they are, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from patients.rules.carer_triggers import BY_ITS_CARER
from patients.rules.trigger_rule import rule

#: As in ``models.stops``, which cannot be imported before the apps are ready.
URGENT_CAUSES = ("now", "weak", "today")
CONTACT_CAUSES = (*URGENT_CAUSES, "numb", "fall")


def _list(causes: Sequence[str]) -> str:
    return ", ".join(f"'{cause}'" for cause in causes)


def _stop_waits(*causes: str) -> str:
    """Whether a stop of the plan's patient waits: any, or one with one of ``causes``."""
    return _stop_of("(SELECT p.patient_id FROM patients_plan p WHERE p.id = NEW.plan_id)", causes)


def _stop_of(patient: str, causes: Sequence[str] = ()) -> str:
    of_cause = f" AND s.cause IN ({_list(causes)})" if causes else ""
    return (
        "EXISTS (SELECT 1 FROM patients_stop s"
        " LEFT JOIN patients_stopanswer a ON a.stop_id = s.id"
        f" WHERE s.patient_id = {patient} AND a.id IS NULL{of_cause})"
    )


def _other(table: str, column: str, patient: str) -> str:
    """Whether ``column`` names a row of ``table`` whose ``patient`` is not the new row's."""
    return (
        f"(NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table}"
        f" WHERE x.id = NEW.{column} AND {patient} = NEW.patient_id))"
    )


def _answers(*causes: str) -> str:
    """Whether the stop that is answered has one of ``causes``."""
    return (
        "EXISTS (SELECT 1 FROM patients_stop s WHERE s.id = NEW.stop_id"
        f" AND s.cause IN ({_list(causes)}))"
    )


#: On how many days somebody tried to reach the patient since what waited until this answer.
_TRIED_ON_DAYS = (
    "(SELECT COUNT(DISTINCT t.day) FROM patients_stoptry t"
    " JOIN patients_stop s ON s.id = t.stop_id"
    " JOIN patients_stop this ON this.id = NEW.stop_id AND this.patient_id = s.patient_id"
    # What waits again after its answer was taken back is another row, as it was: the tries stay.
    " WHERE EXISTS (SELECT 1 FROM patients_stop r"
    " LEFT JOIN patients_stopanswer a ON a.stop_id = r.id"
    " WHERE r.patient_id = s.patient_id AND r.cause = s.cause AND r.at = s.at"
    " AND (a.id IS NULL OR a.at >= NEW.at)))"
)
_ORIGIN = ("plan_id", "practice_id", "morning_id", "report_id")
#: The stop whose answer is taken back, as it was: the same but for its number. It comes from the
#: same entry or report, which is its patient's.
_WAS_ANSWERED = (
    "EXISTS (SELECT 1 FROM patients_stopanswer a JOIN patients_stop s ON s.id = a.stop_id"
    " WHERE a.id = NEW.reopens_id AND a.action NOT IN ('withdraw', 'corrected')"
    " AND NEW.reopened_at >= a.at AND s.cause = NEW.cause"
    " AND s.high = NEW.high AND s.at = NEW.at"
    + "".join(f" AND COALESCE(s.{name}, 0) = COALESCE(NEW.{name}, 0)" for name in _ORIGIN)
    + ")"
)
_OF_ENTRY = "patients_practice x JOIN patients_plan p ON p.id = x.plan_id"
_NOT_ITS_PATIENT = " OR ".join(
    [
        _other("patients_plan x", "plan_id", "x.patient_id"),
        _other(_OF_ENTRY, "practice_id", "p.patient_id"),
        _other("patients_report x", "report_id", "x.patient_id"),
    ]
)
_NOT_THE_REPORTERS = " OR ".join(
    [
        _other(_OF_ENTRY, "practice_id", "p.patient_id"),
        _other("patients_report x", "takes_back_id", "x.patient_id"),
    ]
)


STOPS: dict[str, dict[str, str]] = {
    "pass_while_no_stop_waits": rule(
        "patients_pass", "INSERT", _stop_waits(), "a stop waits for an answer"
    ),
    "tick_while_nothing_urgent_waits": rule(
        "patients_tick", "INSERT", _stop_waits(*URGENT_CAUSES), "an urgent stop waits"
    ),
    "plan_ends_with_every_stop_answered": rule(
        "patients_plan",
        "UPDATE",
        f"NEW.ended_on IS NOT NULL AND OLD.ended_on IS NULL AND {_stop_of('NEW.patient_id')}",
        "a stop of the patient is not answered",
    ),
    "patient_leaves_with_every_stop_answered": rule(
        "patients_patient",
        "UPDATE",
        f"NEW.archived_at IS NOT NULL AND OLD.archived_at IS NULL AND {_stop_of('NEW.id')}",
        "a stop of the patient waits for its answer",
    ),
    "stop_of_its_patient": rule(
        "patients_stop", "INSERT", _NOT_ITS_PATIENT, "what made the stop is another patient's"
    ),
    "stop_waits_again_as_it_was": rule(
        "patients_stop",
        "INSERT",
        f"NEW.reopens_id IS NOT NULL AND NOT {_WAS_ANSWERED}",
        "a stop waits again as it was before its answer",
    ),
    "stop_waits_again_on_a_running_plan": rule(
        "patients_stop",
        "INSERT",
        "NEW.reopens_id IS NOT NULL AND EXISTS (SELECT 1 FROM patients_plan p"
        " WHERE p.id = NEW.plan_id AND p.ended_on IS NOT NULL)",
        "the plan of what was answered has ended",
    ),
    "screening_of_its_own_answer": rule(
        "patients_screening",
        "INSERT",
        "NEW.answer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patients_stopanswer a"
        " JOIN patients_stop s ON s.id = a.stop_id WHERE a.id = NEW.answer_id"
        " AND s.patient_id = NEW.patient_id AND a.by_id = NEW.by_id)",
        "the answer is about another patient",
    ),
    "report_of_its_patient": rule(
        "patients_report", "INSERT", _NOT_THE_REPORTERS, "the report is about another patient"
    ),
    "report_by_the_patient_or_our_clinician": rule(
        "patients_report",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM accounts_user u JOIN patients_patient p"
        " ON p.user_id = u.id OR p.clinic_id = u.clinic_id AND u.role IN ('clinician', 'owner')"
        f" WHERE u.id = NEW.by_id AND p.id = NEW.patient_id) AND NOT {BY_ITS_CARER}",
        "only the patient, who helps them or their clinic reports",
    ),
    "practice_names_its_patients_report": rule(
        "patients_practice",
        "INSERT",
        "NEW.report_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patients_report r"
        " JOIN patients_plan p ON p.patient_id = r.patient_id"
        " WHERE r.id = NEW.report_id AND p.id = NEW.plan_id)",
        "the report is another patient's",
    ),
    "message_of_its_patient": rule(
        "patients_message",
        "INSERT",
        "NEW.plan_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patients_plan p"
        " WHERE p.id = NEW.plan_id AND p.patient_id = NEW.patient_id)",
        "the plan is another patient's",
    ),
    "stop_of_its_own_morning": rule(
        "patients_stop",
        "INSERT",
        "NEW.morning_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patients_morning m"
        " WHERE m.id = NEW.morning_id AND m.practice_id = NEW.practice_id)",
        "the morning is of another entry",
    ),
    "stop_answered_by_our_clinician": rule(
        "patients_stopanswer",
        "INSERT",
        "NEW.action <> 'corrected' AND NOT EXISTS (SELECT 1 FROM accounts_user u"
        " JOIN patients_patient p ON p.clinic_id = u.clinic_id"
        " JOIN patients_stop s ON s.patient_id = p.id"
        " WHERE u.id = NEW.by_id AND s.id = NEW.stop_id AND u.role IN ('clinician', 'owner'))",
        "only a clinician of the clinic answers a stop",
    ),
    "trains_on_after_a_contact": rule(
        "patients_stopanswer",
        "INSERT",
        # Who was sent on, written to or not reached is the subject of other rules.
        "NEW.action IN ('carry_on', 'lower') AND NEW.contact = 'spoken' AND NEW.word = ''"
        f" AND {_answers(*CONTACT_CAUSES)}",
        "nobody trains on who was not seen, or spoken to with words",
    ),
    "urgent_answered_with_an_outcome": rule(
        "patients_stopanswer",
        "INSERT",
        "(NEW.outcome = '' OR NEW.contact IN ('sent_on', 'letter')"
        " AND NEW.outcome <> 'not_cleared' OR NEW.outcome = 'not_cleared'"
        f" AND NEW.action <> 'pause') AND {_answers(*URGENT_CAUSES)}",
        "such an answer says whether the patient is cleared",
    ),
    "no_drill_after_being_sent_on": rule(
        "patients_stopanswer",
        "INSERT",
        "NEW.contact IN ('sent_on', 'letter') AND NEW.action <> 'pause'",
        "who was sent on or written to does no drill",
    ),
    "letter_after_tries_on_two_days": rule(
        "patients_stopanswer",
        "INSERT",
        f"NEW.contact = 'letter' AND (NEW.finding = '' OR {_TRIED_ON_DAYS} < 2)",
        "a letter follows two tries on two days, and says to whom",
    ),
    "answered_with_words": rule(
        "patients_stopanswer",
        "INSERT",
        "NEW.action <> 'corrected' AND EXISTS (SELECT 1 FROM patients_stop s"
        " WHERE s.id = NEW.stop_id AND (s.high AND NEW.word = '' AND NEW.finding = ''"
        " OR s.cause = 'below_knee' AND (NEW.contact = '' OR NEW.word = '' AND NEW.finding = '')))",
        "such a stop is answered with words",
    ),
    "answer_of_one_act": rule(
        "patients_stopanswer",
        "INSERT",
        "NEW.act_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patients_stopanswer a"
        " JOIN patients_stop s ON s.id = a.stop_id JOIN patients_stop n ON n.id = NEW.stop_id"
        " WHERE a.id = NEW.act_id AND a.act_id IS NULL AND a.by_id = NEW.by_id"
        " AND a.action = NEW.action AND s.patient_id = n.patient_id)",
        "one press answers the stops of one patient",
    ),
    "try_by_our_clinician": rule(
        "patients_stoptry",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM accounts_user u JOIN patients_patient p"
        " ON p.clinic_id = u.clinic_id JOIN patients_stop s ON s.patient_id = p.id"
        " WHERE u.id = NEW.by_id AND s.id = NEW.stop_id AND u.role IN ('clinician', 'owner'))",
        "only a clinician of the clinic tries to reach a patient",
    ),
    "try_while_the_stop_waits": rule(
        "patients_stoptry",
        "INSERT",
        # A row that takes the place of another one meets the rule of append-only tables.
        "EXISTS (SELECT 1 FROM patients_stopanswer a WHERE a.stop_id = NEW.stop_id)"
        " AND NOT EXISTS (SELECT 1 FROM patients_stoptry t WHERE t.id = NEW.id)",
        "the stop is answered",
    ),
    "leg_stop_answered_with_contact": rule(
        "patients_stopanswer",
        "INSERT",
        f"(NEW.contact = '' OR NEW.finding = '') AND {_answers(*CONTACT_CAUSES)}",
        "such a sign is answered with a contact and a finding",
    ),
}
