"""Mails that did not leave. ``accounts.models`` names the table."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    STOP = "stop", _("A patient needs you")
    INVITATION = "invitation", _("Invitation")
    PASSWORD = "password", _("Link for a new password")
    STEP_REMOVED = "step_removed", _("Second step of sign-in removed")
    EMAIL_CHANGED = "email_changed", _("Another e-mail to sign in with")
    OWN_SIGN_IN = "own_sign_in", _("Something was changed at the own sign-in")


class WhyUnsent(models.TextChoices):
    """In the words of the clinic page."""

    UNREACHED = "unreached", _("No mail server can be reached.")
    SILENT = "silent", _("The mail server does not answer.")
    UNSAFE = "unsafe", _("The connection to the mail server cannot be secured.")
    SIGN_IN = "sign_in", _("The mail server refuses our name or password.")
    SENDER = "sender", _("The mail server refuses the address we send from.")
    ADDRESS = "address", _("The mail server refuses this address. Is it spelled right?")
    NOT_NOW = "not_now", _("The mail server takes no mail to this address for now.")
    REFUSED = "refused", _("The mail server refuses the mail.")
    LATE = "late", _("It waited for longer than an hour, and was given up.")
    OURS = "ours", _("It could not be written or sent. The log of the server says why.")


class UnsentMail(models.Model):
    """That mails of a kind do not reach a colleague: one row for both, until one has left.

    It holds no address and no word of a mail, and says nothing of a patient.
    tries: how often in a row
    """

    to = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=LetterKind)
    why = models.CharField(max_length=16, choices=WhyUnsent)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["to", "kind"], name="unsent_one_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=LetterKind.values) & Q(why__in=WhyUnsent.values),
                name="unsent_codes_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} not mailed to {self.to_id}"
