"""Whose hand wrote something, where it was not the patient's own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from patients.models import Stop


def written_by(carer: str) -> str:
    """'written by Rut Roos, carer'. ``carer``: a name; empty gives no words."""
    return _("written by {carer}, carer").format(carer=carer) if carer else ""


def carer_of(by: User) -> str:
    """The name of who wrote something, if a carer did; empty otherwise."""
    return by.name if by.is_carer else ""


def hand_of(by: User) -> str:
    """'written by Rut Roos, carer' if a carer wrote it; empty otherwise."""
    return written_by(carer_of(by))


def hand_of_stop(stop: Stop) -> str:
    """The same of what made a stop: a report, a morning, or else an entry of practice."""
    origin = stop.report or stop.morning or stop.practice
    return hand_of(origin.by) if origin is not None else ""
