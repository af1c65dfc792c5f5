"""The refusals of erasures and lists, each with the sentence that a person reads."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import refusals
from accounts.refusals import Refused as Refused

SENTENCES: dict[str, str | Promise] = {
    "owner_only": _("Only the owner of the clinic does this."),
    "not_discharged": _("Discharge {patient} first."),
    "kept_until": _(
        "The record is kept until {day}. To erase it before, write why: who asked, and why the law"
        " allows it."
    ),
    "wrong_person": _("Write “{expected}”, so that nobody else is erased."),
}

refusals.SENTENCES.update(SENTENCES)
