"""The verbs of the clinic's elastic bands, which stand in one order from the lightest on.

A band is never deleted: doses name it. It is retired, and keeps the name under which it was
prescribed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, staff
from accounts.models import Clinic, User
from patients.models import Band
from patients.models.load import MOST_MARKS
from patients.rules import guards
from patients.rules.refusals import Refused
from patients.standing.bands import in_use, marks_prescribed, was_prescribed

NAME = 60
MOST_BANDS = 20
#: What a maker prints: kilograms at double length.
LEAST_PULL = Decimal("0.1")
MOST_PULL = 200
#: Positions are set anew from above it, so that no two bands share one in between.
_ASIDE = 1000


@transaction.atomic
def add(
    *,
    clinic: Clinic,
    by: User,
    name: str,
    marks: int,
    after: int | None,
    kg_from: Decimal | None = None,
    kg_to: Decimal | None = None,
) -> Band:
    """Add a band. ``after``: the id of the next lighter one; None = it is the lightest.

    ``marks``: the last mark on the floor at which it is at most twice as long as at rest
    ``kg_from``, ``kg_to``: what its maker prints; None = nothing

    Raises ``Refused``: not_a_colleague, too_many_bands, band_unnamed, band_named, too_long,
    out_of_range, pull_half_said, pull_upside_down, band_gone.
    """
    staff.lock(clinic, by)
    there = list(in_use(clinic))
    _room(there)
    said = _checked(there, name, marks, kg_from, kg_to)
    band = Band(clinic=clinic, position=_ASIDE, **said)
    order = _placed(there, band, after)
    band.save()
    _write_order(clinic, order)
    audit.record("band_added", actor=by)
    return band


@transaction.atomic
def change(
    *,
    band: Band,
    by: User,
    name: str,
    marks: int,
    after: int | None,
    kg_from: Decimal | None = None,
    kg_to: Decimal | None = None,
) -> Band:
    """Change a band that is in use. The arguments are those of ``add``.

    Raises ``Refused``: band_gone, band_keeps_its_name, mark_prescribed, and those of ``add``.
    """
    band, there = _locked(band, by)
    if band.retired_at is not None:
        raise Refused("band_gone")
    others = [one for one in there if one != band]
    said = _checked(others, name, marks, kg_from, kg_to)
    _as_prescribed(band, said)
    order = _placed(others, band, after)
    changed = [column for column, value in said.items() if getattr(band, column) != value]
    changed += ["position"] if order != there else []
    if changed:
        Band.objects.filter(pk=band.pk).update(**said)
        _write_order(band.clinic, order)
        audit.record("band_changed", actor=by, fields=changed)
    band.refresh_from_db()
    return band


@transaction.atomic
def retire(*, band: Band, by: User) -> Band:
    """Take a band out of the list. Doses that name it stay. Twice is once.

    Raises ``Refused``: not_a_colleague.
    """
    band, there = _locked(band, by)
    if band.retired_at is None:
        Band.objects.filter(pk=band.pk).update(retired_at=timezone.now())
        _write_order(band.clinic, [one for one in there if one != band])
        audit.record("band_retired", actor=by)
    band.refresh_from_db()
    return band


@transaction.atomic
def bring_back(*, band: Band, by: User) -> Band:
    """Take a retired band into the list again, where it stood. Twice is once.

    Raises ``Refused``: not_a_colleague, too_many_bands, band_named.
    """
    band, there = _locked(band, by)
    if band.retired_at is not None:
        _room(there)
        _free(there, band.name)
        nth = min(band.position - 1, len(there))
        Band.objects.filter(pk=band.pk).update(retired_at=None, position=_ASIDE)
        _write_order(band.clinic, [*there[:nth], band, *there[nth:]])
        audit.record("band_back", actor=by)
    band.refresh_from_db()
    return band


def _locked(band: Band, by: User) -> tuple[Band, list[Band]]:
    """The band as it is now, and the bands in use."""
    staff.lock(band.clinic, by)
    band = Band.objects.select_related("clinic").get(pk=band.pk)
    return band, list(in_use(band.clinic))


def _room(there: Sequence[Band]) -> None:
    if len(there) >= MOST_BANDS:
        raise Refused("too_many_bands", most=MOST_BANDS)


def _free(others: Sequence[Band], name: str) -> None:
    if name.casefold() in {one.name.casefold() for one in others}:
        raise Refused("band_named", band=name)


def _checked(
    others: Sequence[Band], name: str, marks: int, kg_from: Decimal | None, kg_to: Decimal | None
) -> dict[str, Any]:
    """The columns as they are kept. ``others``: in use, the band itself left out."""
    name = guards.one_line(name, NAME)
    if not name:
        raise Refused("band_unnamed")
    _free(others, name)
    guards.in_range(_("Last mark on the floor"), marks, 0, MOST_MARKS)
    if (kg_from is None) != (kg_to is None):
        raise Refused("pull_half_said")
    for kg in (kg_from, kg_to):
        if kg is not None and not LEAST_PULL <= kg <= MOST_PULL:
            raise Refused("out_of_range", field=_("Pull in kg"), low=LEAST_PULL, high=MOST_PULL)
    if kg_from is not None and kg_to is not None and kg_to < kg_from:
        raise Refused("pull_upside_down")
    return {"name": name, "marks": marks, "kg_from": kg_from, "kg_to": kg_to}


def _as_prescribed(band: Band, said: dict[str, Any]) -> None:
    """Refuse what would say of a dose that was written what it did not."""
    if said["name"] != band.name and was_prescribed(band):
        raise Refused("band_keeps_its_name", band=band.name)
    furthest = marks_prescribed(band)
    if said["marks"] < furthest:
        raise Refused("mark_prescribed", mark=furthest)


def _placed(others: Sequence[Band], band: Band, after: int | None) -> list[Band]:
    """The order with the band behind the next lighter one."""
    keys = [one.pk for one in others]
    if after is None:
        return [band, *others]
    if after not in keys:
        raise Refused("band_gone")
    nth = keys.index(after) + 1
    return [*others[:nth], band, *others[nth:]]


def _write_order(clinic: Clinic, order: Sequence[Band]) -> None:
    in_use(clinic).update(position=F("position") + _ASIDE)
    for position, band in enumerate(order, start=1):
        Band.objects.filter(pk=band.pk).update(position=position)
