"""Queries of the patient's page for the clinic."""

from __future__ import annotations

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from curriculum.models import Ladder
from patients.chart.notes import with_newest_notes
from patients.chart.undo import with_just_answered, with_newest_draft
from patients.chart.visits import with_visits
from patients.models import Outbox, Patient, Plan, Practice
from patients.standing.activities import with_courses
from patients.standing.pain_limits import with_pain
from patients.standing.reports import reports_from, with_reports
from patients.standing.screening import with_screening
from patients.standing.training_days import kept_now

_NAMED = ("asked", "ladder", "goal_rung", "assigned_by", "ended_by")


def patients(queryset: QuerySet[Patient]) -> QuerySet[Patient]:
    """Read patients together with their clinic, lead, phone link, latest screening and usual
    pain.

    Also: when somebody looks again, whether a mail about them was sent after which nobody has
    looked, whether a stop was just answered, the newest notes, own activities and visits.
    """
    named = queryset.select_related(
        "clinic", "lead", "archived_by", "user__phone_link", "first_visit"
    )
    unopened = Outbox.objects.not_opened().filter(patient=OuterRef("pk"))
    looked_at = {"mails_unopened": Exists(unopened), "look_again_on": F("summary__follow_up_on")}
    today = timezone.localdate()
    named = with_visits(named, today)
    told = with_reports(named.annotate(**looked_at), since=reports_from(today))
    return with_courses(with_newest_notes(with_just_answered(with_pain(with_screening(told)))))


def newest_plan(patient: Patient) -> Plan | None:
    open_request = FilteredRelation(
        "review_requests", condition=Q(review_requests__closed_at__isnull=True)
    )
    newer = Ladder.objects.newer_than(OuterRef("ladder__slug"), OuterRef("ladder__edition"))
    practices = Practice.objects.filter(plan__patient=OuterRef("patient")).order_by("-done_on")
    plans = patient.plans.annotate(
        asked=open_request,
        newer_edition=Exists(newer),
        days_kept=kept_now(patient.clinic.today()),
        practised_on=Subquery(practices.values("done_on")[:1]),
    ).select_related(*_NAMED)
    plan = with_newest_draft(plans).first()
    if plan is not None:
        plan.patient = patient
        plan.clinic = patient.clinic
    return plan
