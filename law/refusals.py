"""The refusals of erasures and lists, each with the sentence that a person reads."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import refusals
from accounts.models import User
from accounts.refusals import Refused as Refused

SENTENCES: dict[str, str | Promise] = {
    "owner_only": _("Only the owner of the clinic does this."),
    "by_who_runs_it": _(
        "Here only who runs the installation erases: ask them for “manage.py erase {number}”. "
        "Nothing was erased."
    ),
    "not_discharged": _("Discharge {patient} first."),
    "kept_until": _(
        "The record is kept until {day}. To erase it before, write why: who asked, and why the law"
        " allows it."
    ),
    "number_missing": _("The clinic’s own number is missing. It says who is who."),
    "bad_day": _("“{typed}” is no day. Write it as 1957-05-02."),
    "bad_sex": _("“{typed}” is none of {words}."),
    "lead_unknown": _("Nobody of the clinic signs in as {email}."),
    "wrong_person": _("Write “{expected}”, so that nobody else is erased."),
}

refusals.SENTENCES.update(SENTENCES)


def own_owner(by: User, clinic_id: int) -> None:
    """Refuse ``owner_only`` to whoever does not own the clinic, or has no access any more."""
    if not (by.is_active and by.is_owner and by.clinic_id == clinic_id):
        raise Refused("owner_only")
