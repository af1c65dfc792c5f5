"""The verbs of findings: note a fault that was seen, and clear it once it is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from curriculum.models import Fault
from patients.models import Finding, Plan
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.summaries import refresh as summaries


@transaction.atomic
def note(
    *,
    plan: Plan,
    by: User,
    fault: Fault | None = None,
    words: str = "",
    seen_on: date | None = None,
) -> Finding:
    """Note a fault that was seen: ``fault`` of the library, or the clinic's own ``words``.

    ``seen_on``: None = today. While a fault is not cleared, noting it again returns its finding.
    Raises ``Refused``: not_yours, plan_ended, finding_empty, other_ladder, day_in_future, too_long.
    """
    plan = guards.lock(plan)
    guards.own_clinician(by, plan.clinic_id)
    guards.running(plan)
    words = "" if fault else guards.one_line(words, 200)
    if fault is None and not words:
        raise Refused("finding_empty")
    if fault is not None and not plan.ladder.own_faults().filter(pk=fault.pk).exists():
        raise Refused("other_ladder")
    today = plan.clinic.today()
    if seen_on is not None and seen_on > today:
        raise Refused("day_in_future")
    existing = Finding.objects.filter(
        plan=plan, fault=fault, words=words, cleared_on__isnull=True
    ).first()
    return existing or Finding.objects.create(
        plan=plan, fault=fault, words=words, by=by, seen_on=seen_on or today
    )


@transaction.atomic
def clear(*, finding: Finding, by: User) -> Finding:
    """Record that the fault is gone, which ends a level that is borrowed for it. Clearing again
    changes nothing.

    Raises ``Refused``: not_yours.
    """
    plan = guards.lock(finding.plan)
    guards.own_clinician(by, plan.clinic_id)
    finding = Finding.objects.get(pk=finding.pk)
    if finding.cleared_on is None:
        finding.cleared_on = plan.clinic.today()
        finding.cleared_by = by
        finding.save(update_fields=["cleared_on", "cleared_by"])
        summaries.refresh(plan.patient)
    return finding


@transaction.atomic
def note_all(
    *,
    plan: Plan,
    by: User,
    faults: Iterable[Fault] = (),
    words: str = "",
    seen_on: date | None = None,
) -> list[Finding]:
    """Note several findings in one act: faults of the library, and one in the clinic's own words.

    Raises ``Refused`` as ``note`` does.
    """
    noted: list[dict[str, Any]] = [
        *({"fault": fault} for fault in faults),
        *([{"words": words}] if words.strip() else []),
    ]
    return [note(plan=plan, by=by, seen_on=seen_on, **content) for content in noted]
