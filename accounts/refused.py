"""A rule of this app that was broken, by name; the sentence is made, and translated, when it is shown."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "link_dead": _("This link does not work any more."),
    "pin_refused": _("That did not work. Try again."),
    "not_yours": _("This person is not one of your clinic's."),
    "email_taken": _("Somebody already signs in with this e-mail address."),
    "not_yourself": _("You cannot end your own access. Another owner of the clinic can."),
    "last_owner": _("The clinic needs an owner. Make somebody else an owner first."),
    "own_password": _("Change your own password on your own page."),
    "cover_needs_day": _("Say until when: the last day that you are away."),
    "day_in_past": _("Choose a day from today on."),
    "invitation_dead": _("This invitation does not work any more."),
}


class Refused(Exception):
    """``code`` is a stable slug; ``str()`` is fit to show a person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(SENTENCES[self.code])
