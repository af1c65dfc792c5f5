"""Where staff are signed in, and by which ways. ``accounts.models`` names all of these."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SignOnLink(models.Model):
    """Which account at the clinic's identity provider opens whose account here.

    issuer, subject: the provider's address, and its own name of the account. No token is kept
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="sign_on_of_one_person"),
            models.UniqueConstraint(fields=["user", "issuer"], name="sign_on_by_one_account"),
        ]

    def __str__(self) -> str:
        return f"sign-on of {self.user_id}"


class SignIn(models.Model):
    """Where a member of the staff is signed in. Its session knows when it was last used.

    session_key: the session's, so a digest of what the browser holds
    label, address: the browser with its system, and the network
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    signed_in_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.label} of {self.user_id}"


class PasswordMail(models.Model):
    """A mail with a link for a new password, asked for and not sent yet. The link is made when the
    mail leaves, so no row holds one.

    to: null where nobody signs in with the address that was typed. The row is written all the
    same, so that the answer takes as long
    """

    to = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"password mail to {self.to_id}"
