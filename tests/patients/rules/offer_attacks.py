"""Ways to offer, or to get, a ladder that the clinic offers to nobody new: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts import staff
from accounts.models import Clinic, Role, User
from curriculum.models import Ladder
from patients.models import NotOffered, Patient, Plan
from patients.verbs import take_up
from tests import factories
from tests.cast import Cast

Attack = Callable[[Cast], Callable[[], Any]]
HINGE = "hip-hinge"


def kept_back(clinic: Clinic, by: User, **said: Any) -> NotOffered:
    return NotOffered.objects.create(**{"clinic": clinic, "ladder": HINGE, "by": by, **said})


def _back(by: User) -> dict[str, Any]:
    return {"back_at": timezone.now(), "back_by": by}


def _change(cast: Cast, **columns: Any) -> Callable[[], Any]:
    rows = NotOffered.objects.filter(pk=kept_back(cast.harbour, cast.petra).pk)
    return lambda: rows.update(**columns)


def _twice_back(cast: Cast) -> Callable[[], Any]:
    rows = NotOffered.objects.filter(pk=kept_back(cast.harbour, cast.petra, **_back(cast.petra)).pk)
    return lambda: rows.update(back_at=None, back_by=None)


def _the_last(cast: Cast) -> Callable[[], Any]:
    others = Ladder.objects.published().exclude(slug=HINGE)
    for slug in {*others.values_list("slug", flat=True)}:
        kept_back(cast.harbour, cast.petra, ladder=slug)
    return lambda: kept_back(cast.harbour, cast.petra)


def _plan(patient: Patient, **said: Any) -> Plan:
    usual = {
        "patient": patient,
        "clinic": patient.clinic,
        "ladder": factories.newest(),
        "assigned_by": patient.lead,
        "started_on": patient.clinic.today(),
    }
    return Plan.objects.create(**usual | said)


def _new_plan(cast: Cast) -> Callable[[], Any]:
    kept_back(cast.harbour, cast.petra)
    return lambda: _plan(cast.tomas)


def _older_edition(cast: Cast) -> Callable[[], Any]:
    kept_back(cast.harbour, cast.petra)
    oldest = Ladder.objects.published().filter(slug=HINGE).order_by("edition")[0]
    return lambda: _plan(cast.tomas, ladder=oldest)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Attack]] = {
    "not_offered_by_our_owner": [
        lambda cast: lambda: kept_back(cast.harbour, cast.elin),
        lambda cast: lambda: kept_back(cast.harbour, cast.ines),
    ],
    "offered_again_by_our_owner": [
        lambda cast: lambda: kept_back(cast.harbour, cast.petra, **_back(cast.elin)),
        lambda cast: _change(cast, **_back(cast.omar)),
        lambda cast: _change(cast, **_back(cast.ines)),
    ],
    "not_offered_leaves_one": [_the_last],
    "not_offered_stays_as_it_was": [
        lambda cast: _change(cast, ladder="sit-to-stand"),
        lambda cast: _change(cast, at=timezone.now() - timedelta(days=1)),
        _twice_back,
    ],
    "plan_on_a_ladder_that_is_offered": [_new_plan, _older_edition],
}


def _go_on(cast: Cast) -> None:
    """Whoever is on the ladder goes on, also as a new plan, and another clinic offers it."""
    take_up.set_aside(plan=cast.plan, by=cast.elin, reason="Later.")
    kept_back(cast.harbour, cast.petra)
    take_up.take_up(plan=cast.plan, by=cast.elin, word="She knows it.")
    _plan(cast.tomas, ladder=Ladder.objects.newest().get(slug="sit-to-stand"))
    factories.plan(factories.patient(cast.ines, "Nora Nord"))


def _and_back(cast: Cast) -> None:
    for _again in range(2):
        row = kept_back(cast.harbour, cast.petra)
        NotOffered.objects.filter(pk=row.pk).update(**_back(cast.petra))
    _plan(cast.tomas)


def _back_after_a_change_of_roles(cast: Cast) -> None:
    """Another owner offers again what somebody kept back who is an owner no more."""
    second = factories.owner(cast.harbour, "Pia Pohl", email="pia@harbour.example")
    row = kept_back(cast.harbour, cast.petra)
    staff.amend(user=cast.petra, by=second, email="petra@harbour.example", role=Role.CLINICIAN)
    NotOffered.objects.filter(pk=row.pk).update(**_back(second))


LAWFUL: dict[str, list[Callable[[Cast], None]]] = {
    name: [_go_on, _and_back, _back_after_a_change_of_roles] for name in ATTACKS
}
