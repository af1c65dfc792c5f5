"""Ways to prescribe another clinic's band, or to tell of weights at somebody else's home: see
``attacks``. And what the same rules let through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Clinic, User
from patients.models import Band, HomeWeights
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules.attacks import entry_of, prescription_of

Strike = Callable[[], Any]
Attack = Callable[[Cast], Strike]


def band(clinic: Clinic, position: int = 1, **said: Any) -> Band:
    names = {"name": "Red" if position == 1 else f"Red {position}"}
    return Band.objects.create(clinic=clinic, position=position, **{**names, **said})


def _moved(cast: Cast) -> Strike:
    rows = Band.objects.filter(pk=band(cast.harbour).pk)
    return lambda: rows.update(clinic=cast.hilltop)


def _named_twice(cast: Cast) -> Strike:
    band(cast.harbour)
    return lambda: band(cast.harbour, 2, name="RED")


def _renamed_to_another(cast: Cast) -> Strike:
    band(cast.harbour)
    rows = Band.objects.filter(pk=band(cast.harbour, 2).pk)
    return lambda: rows.update(name="Red")


def _back_beside_its_name(cast: Cast) -> Strike:
    band(cast.harbour)
    gone = band(cast.harbour, 2, name="red", retired_at=timezone.now())
    return lambda: Band.objects.filter(pk=gone.pk).update(retired_at=None)


def _prescribed(cast: Cast, **changed: Any) -> Strike:
    """A band that is changed after it was prescribed at mark 2."""
    red = band(cast.harbour)
    prescription_of(cast, level=acts.level(cast.plan, 5), band=red, mark=2)()
    return lambda: Band.objects.filter(pk=red.pk).update(**changed)


def _of_another_clinic(cast: Cast) -> Strike:
    band(cast.harbour)
    return prescription_of(cast, level=acts.level(cast.plan, 5), band=band(cast.hilltop))


def _without_a_band(position: int) -> Attack:
    """On a drill without load, or with a weight."""
    load = {6: 8}.get(position)
    return lambda cast: prescription_of(
        cast, level=acts.level(cast.plan, position), load=load, band=band(cast.harbour)
    )


def _too_long(cast: Cast) -> Strike:
    band(cast.harbour, 2)
    short = band(cast.harbour, marks=1)
    return prescription_of(cast, level=acts.level(cast.plan, 5), band=short, mark=2)


def _reserve_without_a_load(cast: Cast) -> Strike:
    return entry_of(cast, reserve=3)


def _told(cast: Cast, by: User, patient: Any = None) -> Strike:
    said = {"patient": patient or cast.maya, "kind": "bag", "kilograms": [4.0]}
    return lambda: HomeWeights.objects.create(**said, by=by)


#: By the name of the trigger, like ``attacks.ATTACKS``.
ATTACKS: dict[str, list[Attack]] = {
    "band_stays_in_its_clinic": [_moved],
    "band_named_once_when_added": [_named_twice],
    "band_named_once": [_renamed_to_another, _back_beside_its_name],
    "band_keeps_its_name": [lambda cast: _prescribed(cast, name="Blue")],
    "band_keeps_its_marks": [lambda cast: _prescribed(cast, marks=1)],
    "prescription_band_of_this_clinic": [_of_another_clinic],
    "prescription_band_for_a_band": [_without_a_band(1), _without_a_band(6)],
    "prescription_mark_on_its_floor": [_too_long],
    "practice_reserve_with_a_load": [_reserve_without_a_load],
    "home_weights_by_the_patient_or_clinic": [
        lambda cast: _told(cast, cast.ines),
        lambda cast: _told(cast, cast.tomas.user),
        lambda cast: _told(cast, cast.maya.user, cast.tomas),
    ],
}


def _rename(cast: Cast) -> None:
    Band.objects.filter(pk=band(cast.harbour).pk).update(name="Red, light", clinic=cast.harbour)


def _list_bands(cast: Cast) -> None:
    """One name at two clinics, and beside a retired one; a band that was prescribed is retired."""
    band(cast.hilltop)
    band(cast.harbour, retired_at=timezone.now())
    _prescribed(cast, retired_at=timezone.now(), marks=2, kg_from=2, kg_to=4)()
    _rename(cast)


def _prescribe_a_band(cast: Cast) -> None:
    level = acts.level(cast.plan, 5)
    band(cast.hilltop, marks=0)
    prescription_of(cast, level=level, band=band(cast.harbour, marks=2), mark=2)()
    prescription_of(cast, level=level, band=band(cast.harbour, 2))()
    prescription_of(cast)()


def _log_with_a_reserve(cast: Cast) -> None:
    entry_of(cast)()
    tomorrow = cast.harbour.today() + timedelta(days=1)
    said = {"level": acts.level(cast.plan, 5), "client_id": "b", "done_on": tomorrow}
    entry_of(cast, reserve=0, **said)()


def _tell_of_weights(cast: Cast) -> None:
    for by in (cast.maya.user, cast.elin, cast.petra):
        _told(cast, by)()


LAWFUL: dict[str, list[Callable[[Cast], Any]]] = {
    "band_stays_in_its_clinic": [_rename],
    "band_named_once_when_added": [_list_bands],
    "band_named_once": [_list_bands],
    "band_keeps_its_name": [_list_bands],
    "band_keeps_its_marks": [_list_bands],
    "prescription_band_of_this_clinic": [_prescribe_a_band],
    "prescription_band_for_a_band": [_prescribe_a_band],
    "prescription_mark_on_its_floor": [_prescribe_a_band],
    "practice_reserve_with_a_load": [_log_with_a_reserve],
    "home_weights_by_the_patient_or_clinic": [_tell_of_weights],
}
