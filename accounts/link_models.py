"""Patients' sign-in links and the phones that they opened. ``accounts.models`` names both."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import ClassVar

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

#: So long does a short code open that stands for a link.
CODE_LASTS = timedelta(minutes=10)
_signer = Signer(salt="accounts.phone", sep=".")
#: What messengers and mails leave around an address.
_AROUND = re.compile(r"^[^A-Za-z0-9_-]+|[^A-Za-z0-9_-]+$")


def new_opaque() -> str:
    """144 random bits as text. They name a link in public and say nothing about the person."""
    return secrets.token_urlsafe(18)


class PhoneLink(models.Model):
    """A patient's sign-in link. Its address is the signed pair of ``opaque`` and ``generation``.

    A new link changes both, so the old address stops working.

    issued_by: who made the link and saw its address, until it has a PIN nobody else does. Null:
    made before this was kept, or by the demo
    pin_changed_at: when the patient's PIN was replaced, or chosen long after the first opening
    first_label: the kind of phone that opened it first, such as "Chrome, Android"
    code_digest, code_until: of the short code that stands for the address, and its end
    """

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, related_name="phone_link"
    )
    opaque = models.CharField(max_length=40, unique=True, default=new_opaque)
    generation = models.PositiveIntegerField(default=1)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_used_at = models.DateTimeField(null=True, blank=True)
    first_label = models.CharField(max_length=60, blank=True, default="", db_default="")
    pin_hash = models.CharField(max_length=200, blank=True)
    pin_changed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    code_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    code_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code_digest"],
                condition=~models.Q(code_digest=""),
                name="phone_link_code_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(code_digest="", code_until=None)
                | ~models.Q(code_digest="") & models.Q(code_until__isnull=False),
                name="phone_link_code_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.user_id}, generation {self.generation}"

    @property
    def token(self) -> str:
        """What its address holds: ``PhoneLink.of_token`` reads it."""
        return _signer.sign(f"{self.opaque}.{self.generation}")

    @classmethod
    def of_token(cls, token: str) -> models.QuerySet[PhoneLink]:
        """The link of a token that we signed, as long as it is the newest of its patient."""
        try:
            opaque, _, generation = _signer.unsign(_AROUND.sub("", token)).rpartition(".")
        except BadSignature:
            return cls.objects.none()
        return cls.objects.filter(opaque=opaque, generation=generation, revoked_at=None)


class Phone(models.Model):
    """A phone on which a patient is signed in. Its session knows when the sign-in ends.

    session_key: the session's, so a digest of what the phone holds
    browser: a digest of what the browser held when it opened the link, so that one that asks twice
    is known again
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="phones")
    session_key = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    browser = models.CharField(max_length=64, blank=True, default="", db_default="")
    signed_in_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-signed_in_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.label} of {self.user_id}"
