"""The refusal of an act: a stable code, and the sentence that a person reads.

Each app adds its own sentences to ``SENTENCES``. A sentence is translated when it is shown.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "link_dead": _("This link does not work any more."),
    "finished": _("You have finished with {clinic}: no PIN can be set now. Call {phone}."),
    "link_without_pin": _("This link has no PIN yet, so it is not shown or printed again."),
    "pin_too_late": _("This patient is discharged, so no PIN can be set."),
    "pin_already": _("This link has a PIN already. Make a new link for a new PIN."),
    "pin_refused": _("That did not work. Try again."),
    "code_finished": _("Treatment at {clinic} has ended: no code is made any more. Call {phone}."),
    "code_without_pin": _("A code opens this page only with a PIN, so a PIN comes first."),
    "codes_made": _("Six codes were made within the hour. Wait a while, or use the last one."),
    "code_refused": _("That did not work. Look at the code and at your PIN, and try again."),
    "codes_tried": _("Too many codes were tried from this network. Wait a minute, and try again."),
    "not_yours": _("Only a clinician of the patient’s own clinic can do this."),
    "not_a_colleague": _("This person is not one of your clinic's."),
    "name_missing": _("Write a name."),
    "too_long": _("Keep it under {limit} characters."),
    "email_taken": _("Somebody already signs in with this e-mail address."),
    "emails_tried": _(
        "Five addresses today belonged to somebody who already signs in. Go on tomorrow, or ask "
        "whoever runs the installation."
    ),
    "not_yourself": _("You cannot end your own access. Another owner of the clinic can."),
    "last_owner": _("The clinic needs an owner. Make somebody else an owner first."),
    "own_second_step": _("Change your own second step on your own page."),
    "own_password": _("Change your own password on your own page."),
    "cover_needs_day": _("Say until when: the last day that you are away."),
    "cover_in_past": _("Choose a day from today on."),
    "sign_on_unverified": _(
        "Your e-mail address is not verified there. Ask who runs that sign-in."
    ),
    "sign_on_unknown": _(
        "Nobody works here with {email}. Ask the owner of the clinic to invite you."
    ),
    "sign_on_ended": _("Your access to this clinic has ended. Ask the owner of the clinic."),
    "sign_on_other": _(
        "Another account there opens yours here. Ask the owner of the clinic to end your access "
        "and give it back."
    ),
    "sign_on_not_you": _("That was somebody else’s account there. {name} is signed in here."),
    "invitation_dead": _("This invitation does not work any more."),
}


class Refused(Exception):
    """A rule refuses an act.

    ``code`` is stable, ``params`` fill its sentence, and ``str()`` is the sentence.
    """

    def __init__(self, code: str, **params: Any) -> None:
        if code not in SENTENCES:
            raise KeyError(code)
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        return str(SENTENCES[self.code]).format(
            **{name: _shown(value) for name, value in self.params.items()}
        )


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return formats.date_format(value, "j F H:i")
    if isinstance(value, date):
        return formats.date_format(value, "j F")
    if isinstance(value, (list, tuple)):
        # Criteria are whole sentences; the refusal that lists them has its own full stop.
        return "; ".join(str(item).removesuffix(".") for item in value)
    return str(value)
