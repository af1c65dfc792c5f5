"""Ways in which a carer could reach another patient, or somebody else's words: see ``attacks``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts import links
from accounts.models import PhoneLink, Role, User
from patients.models import (
    Activity,
    Carer,
    LevelChoice,
    Message,
    Morning,
    Patient,
    Pause,
    Practice,
    Rating,
)
from patients.verbs import carers as carer_verbs
from patients.verbs import people as people_verbs
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules.attacks import entry_of
from tests.patients.rules.report_attacks import report_of

Strike = Callable[[], Any]
Attack = Callable[[Cast], Strike]


def rut(cast: Cast) -> Carer:
    """Maya's carer."""
    return carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.maya.user)


def _ended(cast: Cast) -> Carer:
    return carer_verbs.end(carer=rut(cast), by=cast.maya.user)


def _named(cast: Cast, **said: Any) -> Strike:
    """Beside a carer of another patient, who is named as they should be."""
    carer_verbs.name(patient=cast.tomas, name="Rolf Roth", by=cast.elin)
    user = User.objects.create_user(clinic=cast.harbour, role=Role.CARER, name="Zoe Zorn")
    shared = {"patient": cast.maya, "user": user, "named_by": cast.maya.user} | said
    return lambda: Carer.objects.create(**shared)


def _of_another_clinic(cast: Cast) -> Strike:
    return _named(
        cast, user=User.objects.create_user(clinic=cast.hilltop, role=Role.CARER, name="Zoe Zorn")
    )


def _of_who_left(cast: Cast) -> Strike:
    strike = _named(cast, patient=cast.tomas, named_by=cast.elin)
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    return strike


def _changed(**said: Any) -> Attack:
    def attack(cast: Cast) -> Strike:
        rows = Carer.objects.filter(pk=rut(cast).pk)
        return lambda: rows.update(**{key: value(cast) for key, value in said.items()})

    return attack


def _back(ended_at: Any) -> Attack:
    def attack(cast: Cast) -> Strike:
        rows = Carer.objects.filter(pk=_ended(cast).pk)
        return lambda: rows.update(ended_at=ended_at, ended_by=None)

    return attack


def _let_in_again(cast: Cast) -> Strike:
    carer = rut(cast)
    link = links.issue(carer.user, by=cast.elin)
    carer_verbs.end(carer=carer, by=cast.elin)
    return lambda: PhoneLink.objects.filter(pk=link.pk).update(revoked_at=None)


def _another_link(cast: Cast) -> Strike:
    carer = _ended(cast)
    return lambda: PhoneLink.objects.create(user=carer.user)


def _message(patient: Patient, by: User) -> Message:
    return Message.objects.create(patient=patient, by=by, from_patient=True, text="Hello.")


def _message_of_another(cast: Cast) -> Strike:
    by = rut(cast).user
    return lambda: _message(cast.tomas, by)


def _handed_on(**said: Any) -> Attack:
    def attack(cast: Cast) -> Strike:
        rows = Message.objects.filter(pk=_message(cast.maya, rut(cast).user).pk)
        return lambda: rows.update(**{key: value(cast) for key, value in said.items()})

    return attack


def _morning_of_another(cast: Cast) -> Strike:
    by = rut(cast).user
    entry = acts.log(cast.noors_plan)
    return lambda: Morning.objects.create(practice=entry, by=by, pain=2)


def _correction(cast: Cast) -> Strike:
    entry: Practice = acts.log(cast.plan)
    return entry_of(cast, corrects=entry, by=rut(cast).user)


def _correcting_report(cast: Cast) -> Strike:
    told = report_of(cast.maya)
    by = rut(cast).user
    return lambda: report_of(cast.maya, by, takes_back=told)


def _rating(cast: Cast) -> Strike:
    said = {"position": 1, "words": "Lifting", "by": cast.elin}
    activity = Activity.objects.create(patient=cast.maya, **said)
    by = rut(cast).user
    day = cast.harbour.today()
    return lambda: Rating.objects.create(activity=activity, day=day, score=3, by=by)


def _pause(cast: Cast) -> Strike:
    by = rut(cast).user
    return lambda: Pause.objects.create(plan=cast.plan, from_day=cast.harbour.today(), by=by)


def _level(cast: Cast) -> Strike:
    by = rut(cast).user
    return lambda: LevelChoice.objects.create(plan=cast.plan, level=acts.level(cast.plan), by=by)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Attack]] = {
    "carer_of_a_patient_here": [
        lambda cast: _named(cast, named_by=cast.ines),
        lambda cast: _named(cast, named_by=cast.tomas.user),
        lambda cast: _named(cast, user=cast.omar),
        _of_another_clinic,
        _of_who_left,
    ],
    "carer_stays_who_they_are": [
        _changed(patient=lambda cast: cast.tomas),
        _changed(user=lambda cast: cast.omar),
        _changed(named_by=lambda cast: cast.elin),
        _changed(named_at=lambda cast: timezone.now()),
    ],
    "carer_ends_for_good": [_back(None), _back(timezone.now())],
    "link_of_a_carer_who_helps": [_let_in_again, _another_link],
    "practice_by_its_carer": [
        lambda cast: entry_of(cast, plan=cast.noors_plan, by=rut(cast).user),
        lambda cast: entry_of(cast, by=_ended(cast).user),
    ],
    "practice_corrected_by_its_carer": [_correction],
    "morning_by_its_carer": [_morning_of_another],
    "report_corrected_by_its_carer": [_correcting_report],
    "message_by_its_carer": [_message_of_another],
    "message_keeps_its_writer": [
        _handed_on(by=lambda cast: cast.maya.user),
        _handed_on(patient=lambda cast: cast.tomas),
        _handed_on(from_patient=lambda cast: False),
    ],
    "pause_never_by_a_carer": [_pause],
    "level_never_by_a_carer": [_level],
    "rating_never_by_a_carer": [_rating],
}
