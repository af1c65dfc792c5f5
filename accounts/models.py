"""Clinics, the people who sign in, and the audit trail. ``link_models`` has patients' links."""

from __future__ import annotations

import re
import zoneinfo
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import clinic_limits, countries, names, telephones
from accounts.event import Event
from accounts.job_models import Installation, Job
from accounts.link_models import Phone, PhoneLink, new_opaque
from accounts.mail_models import UnsentMail
from accounts.sign_in_models import PasswordMail, SignIn, SignOnLink

if TYPE_CHECKING:
    from patients.models import Patient

__all__ = [
    "Clinic",
    "Count",
    "Event",
    "Installation",
    "Job",
    "PasswordMail",
    "Phone",
    "PhoneLink",
    "Role",
    "Session",
    "SignIn",
    "SignOnLink",
    "UnsentMail",
    "User",
    "UserManager",
    "new_opaque",
    "validate_phone",
    "validate_time_zone",
]


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone such as Europe/Stockholm."))


def validate_phone(number: str) -> None:
    """Only the first migration names this one. ``accounts.telephones`` reads numbers."""
    if (
        not re.fullmatch(r"[0-9+()./ -]*", number)
        or sum(character.isdigit() for character in number) < 3
    ):
        raise ValidationError(_("Write the number with digits, as one would dial it."))


class Clinic(models.Model):
    """A clinic and its defaults. ``patients.standing.pain`` tells of the pain limits.

    country: two letters; empty: the country of the time zone
    hours: written and read by ``accounts.opening_hours``; null: nobody has told them yet
    opening_hours: words beside the hours, such as those from before there were hours
    urgent_again_minutes: after so much working time without anybody looking, the mail about an
    urgent matter is sent again
    second_step: whether staff must sign in with a second step
    idle_minutes: after so long without use a sign-in of staff is locked
    """

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True, default="")
    phone = models.CharField(max_length=50, validators=[telephones.check_signs])
    emergency_number = models.CharField(max_length=50, blank=True, default="")
    advice_number = models.CharField(max_length=50, blank=True, default="")
    advice_name = models.CharField(max_length=100, blank=True, default="")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    emergency_text = models.TextField(blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    hours = models.JSONField(null=True, blank=True)
    crisis_number = models.CharField(max_length=50, blank=True, validators=[telephones.check_signs])
    demo = models.BooleanField(default=False)
    pain_fine_to = models.PositiveSmallIntegerField(default=3)
    pain_fine_rise_to = models.PositiveSmallIntegerField(default=5)
    pain_stop_from = models.PositiveSmallIntegerField(default=6)
    pain_rise_stop = models.PositiveSmallIntegerField(default=3)
    pain_high = models.PositiveSmallIntegerField(default=8)
    pain_rise_high = models.PositiveSmallIntegerField(default=2)
    urgent_again_minutes = models.PositiveSmallIntegerField(default=60, db_default=60)
    easier_days = models.BooleanField(default=True, db_default=True)
    read_after_discharge = models.BooleanField(default=True, db_default=True)
    second_step = models.BooleanField(default=False, db_default=False)
    idle_minutes = models.PositiveSmallIntegerField(default=15, db_default=15)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = clinic_limits.CONSTRAINTS

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def region(self) -> str:
        """The country whose numbers the clinic dials; "" when none is known."""
        return self.country or countries.of_zone(self.time_zone)

    def today(self) -> date:
        """The clinic's calendar day now."""
        return self.day_of(timezone.now())

    def day_of(self, moment: datetime) -> date:
        """The clinic's calendar day at a moment (aware)."""
        return moment.astimezone(self.zone).date()

    def day_span(self, day: date) -> tuple[datetime, datetime]:
        """The first moment of a calendar day and of the next day.

        They are 23 or 25 hours apart when the clocks change.
        """
        begins = timezone.make_aware(datetime.combine(day, time.min), self.zone)
        ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min), self.zone)
        return begins, ends

    @property
    def seconds_left(self) -> int:
        """How many seconds are left of the clinic's calendar day."""
        now = timezone.now()
        return int((self.day_span(self.day_of(now))[1] - now).total_seconds()) + 1


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    CLINICIAN = "clinician", _("Clinician")
    PATIENT = "patient", _("Patient")
    CARER = "carer", _("Carer")


#: Who signs in by a link on a phone, and has no e-mail here.
PATIENTS_SIDE = (Role.PATIENT, Role.CARER)


def covers_on(until: date | None, day: date) -> bool:
    """Whether a cover stands in on a day. ``until``: the last one; None = nobody stands in."""
    return until is not None and day <= until


class UserManager(BaseUserManager["User"]):
    def create_user(
        self,
        *,
        clinic: Clinic,
        role: str,
        name: str,
        email: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> User:
        """Make a person. Without ``password`` the person cannot sign in by password."""
        address = self.normalize_email(email) if email else None
        user = self.model(clinic=clinic, role=role, name=name, email=address, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def staff_of(self, clinic: Clinic) -> models.QuerySet[User]:
        """Owners and clinicians of a clinic, also invited and deactivated ones."""
        staff = self.filter(clinic=clinic, role__in=[Role.OWNER, Role.CLINICIAN])
        # All of them have one, and no patient has: it leads to the index of the few.
        return staff.filter(email__isnull=False)

    def patients_of(self, clinic: Clinic) -> models.QuerySet[User]:
        return self.filter(clinic=clinic, role=Role.PATIENT)


class User(AbstractBaseUser):
    """A person who signs in. A patient and a carer have no e-mail here: families share one.

    name: as the person is called; it stands on every page
    formal_name: as it stands in letters, where it differs; a patient's is ``Patient.formal_name``
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="users")
    role = models.CharField(max_length=9, choices=Role)
    name = models.CharField(max_length=200)
    formal_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    email = models.EmailField(null=True, blank=True, unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    invited_at = models.DateTimeField(null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)
    cover = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cover_until = models.DateField(
        null=True, blank=True, help_text="the last day on which the cover stands in"
    )

    news_since = models.DateTimeField(
        null=True, blank=True, help_text="from then on others changed the sign-in: accounts.news"
    )

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        # Only staff have an e-mail, so the index finds them among any number of patients.
        indexes = [
            models.Index(
                fields=["clinic"], condition=Q(email__isnull=False), name="user_staff_of_clinic"
            )
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(role__in=PATIENTS_SIDE, email__isnull=True)
                | Q(role__in=[Role.OWNER, Role.CLINICIAN], email__isnull=False),
                name="user_staff_have_email",
            ),
            models.CheckConstraint(
                condition=Q(invited_at__isnull=True) | Q(is_active=False, email__isnull=False),
                name="user_invited_cannot_come_in_yet",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=PATIENTS_SIDE) | Q(formal_name=""),
                name="user_formal_name_of_staff",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # A higher epoch ends every session of this person at the next request.
        key_salt = "accounts.User.session"
        return salted_hmac(
            key_salt, f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def is_clinician(self) -> bool:
        """Whether the person may do what a clinician may. An owner may, too."""
        return self.role in {Role.CLINICIAN, Role.OWNER}

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def is_patient(self) -> bool:
        return self.role == Role.PATIENT

    @property
    def is_carer(self) -> bool:
        return self.role == Role.CARER

    @property
    def of_patients_side(self) -> bool:
        """Whether this is a patient or a carer, who sign in by a link on a phone."""
        return self.role in PATIENTS_SIDE

    @property
    def acts_for(self) -> Patient | None:
        """Of a patient the own record, of a carer that of their patient while they may."""
        if self.is_carer:
            carer = getattr(self, "carer", None)
            return carer.patient if carer is not None and carer.ended_at is None else None
        return getattr(self, "patient", None)

    @property
    def may_read(self) -> bool:
        """Whether ladder, history and messages are open: a carer asks the patient for that."""
        return not self.is_carer or (self.acts_for is not None and self.carer.may_read)

    @property
    def reads_all(self) -> bool:
        """Whether ladder and history are open, also after a discharge."""
        return self.may_read and not self.is_closed

    @property
    def has_finished(self) -> bool:
        """Whether this is a patient whom the clinic has discharged, or the carer of one."""
        patient = self.acts_for
        return patient is not None and patient.archived_at is not None

    @property
    def is_closed(self) -> bool:
        """Whether this patient is discharged from a clinic that then ends reading, too."""
        return self.of_patients_side and not self.clinic.read_after_discharge and self.has_finished

    def covered_by(self, day: date) -> User | None:
        """The colleague who stands in on a day; None without one, or when they cannot sign in."""
        if self.cover is None or not self.cover.is_active:
            return None
        return self.cover if covers_on(self.cover_until, day) else None

    @property
    def first_name(self) -> str:
        return names.first_name(self.name)

    @property
    def short_name(self) -> str:
        """First name and initial: 'Maya R.'"""
        return names.short_name(self.name)

    @property
    def name_on_paper(self) -> str:
        """The name for letters and for what is printed."""
        return self.formal_name or self.name


class Session(AbstractBaseSession):
    """A sign-in, or a browser that has not signed in yet.

    session_key: a digest of the key in the browser's cookie, so a copy of the database lets nobody
    in. ``accounts.session_store`` makes and looks for it
    """

    session_key = models.CharField(max_length=64, primary_key=True)


class Count(models.Model):
    """How often somebody tried something, for ``accounts.counts``. It holds no word of a person."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
