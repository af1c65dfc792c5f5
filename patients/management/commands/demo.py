"""`manage.py demo` makes clinics with patients in every state. It changes nothing when it runs
again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import doors, links
from accounts.models import PATIENTS_SIDE, Clinic, PhoneLink, Role, User
from accounts.opening_hours import Different, Hours, Span
from accounts.pins import DEMO_PIN
from curriculum.models import Ladder
from patients.demo.cast import HARBOUR, HILLTOP
from patients.demo.identities import IDENTITIES
from patients.demo.life import Life, World, steps
from patients.demo.password import password
from patients.demo.rows import DemoRows
from patients.demo.story import tell
from patients.demo.visits import plan_visits
from patients.models import Band, Patient
from patients.models.load import MOST_MARKS
from patients.standing.identity import Details
from patients.summaries import refresh as summaries
from patients.verbs import bands as band_verbs
from patients.verbs import carers as carer_verbs
from patients.verbs import outbox as outbox_verbs

#: A PIN alone opens nothing: it is asked for by a link that only this installation makes.
PIN = DEMO_PIN
STAFF: dict[str, tuple[tuple[str, str, Role], ...]] = {
    "Harbour Physio": (
        ("Elin Strand", "elin@harbour.example", Role.CLINICIAN),
        ("Omar Haddad", "omar@harbour.example", Role.CLINICIAN),
        ("Petra Palm", "petra@harbour.example", Role.OWNER),
    ),
    "Hilltop Physio": (
        ("Ines Ivers", "ines@hilltop.example", Role.CLINICIAN),
        ("Hanna Holt", "hanna@hilltop.example", Role.OWNER),
    ),
}
#: Names and kilograms at double length.
BANDS = (("Yellow", "1.5", "3"), ("Red", "2.5", "4.5"), ("Green", "4", "7"))
LIVES: dict[str, tuple[Life, ...]] = {"Harbour Physio": HARBOUR, "Hilltop Physio": HILLTOP}
SHOWN = {
    "Maya Roos": "practises today",
    "Lena Mori": "rests today",
    "Henrik Sand": "has logged today",
    "Tomas Berg": "stopped for pain",
    "Peter Lund": "asked for a review",
    "Priya Varma": "trains lower for a while",
    "Bo Stigsson": "has finished with the clinic",
    "Rosa Lind": "is away",
    "Astrid Alm": "not cleared yet",
    "Linnea Strand": "lifts a kettlebell, with more weight to sign",
    "Oskar Dahl": "finished the ladder",
    "Rut Roos": "a carer, helps Maya Roos",
    "Nora Ek": "new today, opens the link for the first time",
}


class Command(BaseCommand):
    help = (
        "Make a demo clinic with patients in every state, and print how to sign in. "
        "Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if Clinic.objects.filter(demo=False).exists():
            raise CommandError(
                "This database has a real clinic. The demo goes into a database of its own."
            )
        if not Clinic.objects.exists():
            _make()
        _let_staff_in()
        self._say()

    def _say(self) -> None:
        self.stdout.write("\nSign in as physio or as owner of the demo clinic:")
        self.stdout.write(
            f"  {settings.PUBLIC_URL}{reverse('account_login')}   password: {password()}"
        )
        for user in _staff():
            self.stdout.write(
                f"  {user.email:24} {user.name}, {user.get_role_display().lower()}, "
                f"{user.clinic.name}"
            )
        self.stdout.write(
            "\nSign in as patient by a link (best in another browser, or a private window):"
        )
        opened = PhoneLink.objects.filter(
            user__clinic__demo=True, user__name__in=SHOWN
        ).select_related("user")
        for link in sorted(opened, key=lambda link: list(SHOWN).index(link.user.name)):
            self._say_link(link)

    def _say_link(self, link: PhoneLink) -> None:
        address = links.url(link)
        door = doors.peek(address.rstrip("/").rpartition("/")[2])
        if door is None:
            return
        key = f"PIN {PIN}" if door.asks_pin else "no PIN yet"
        self.stdout.write(f"  {link.user.name}, {SHOWN[link.user.name]} ({key})\n    {address}")


@transaction.atomic
def _make() -> None:
    editions = Ladder.objects.published().filter(slug="hip-hinge").order_by("edition")
    ladders = {ladder.edition: ladder for ladder in editions}
    if not ladders:
        raise CommandError("There is no ladder yet. Load it first: manage.py load_curriculum")
    pin_hash = make_password(PIN)
    rows = DemoRows()
    patients: list[Patient] = []
    for name, lives in LIVES.items():
        world = _world(name, ladders[max(ladders)])
        on = {edition: world.on(ladder) for edition, ladder in ladders.items()}
        for life in lives:
            who = replace(life, who=_who(life))
            at = on.get(life.edition or max(on), world)
            patients.append(tell(at, who, rows, pin_hash=pin_hash))
    rows.save()
    plan_visits(patients)
    summaries.make([patient.pk for patient in patients])
    _help(next(patient for patient in patients if patient.name == "Maya Roos"), pin_hash)
    outbox_verbs.post_for_each(Patient.objects.filter(clinic__demo=True))


def _help(patient: Patient, pin_hash: str) -> None:
    """Name a carer, who signs in with the PIN of the demo."""
    carer = carer_verbs.name(patient=patient, name="Rut Roos", by=patient.user)
    PhoneLink.objects.create(user=carer.user, pin_hash=pin_hash)


def _staff() -> QuerySet[User]:
    staff = User.objects.filter(clinic__demo=True, is_active=True)
    return staff.exclude(role__in=PATIENTS_SIDE).order_by("pk")


def _let_staff_in() -> None:
    """Let the password that is printed be everybody's, also in a demo that an older release made
    with a password that everybody knows."""
    hashes = set(_staff().values_list("password", flat=True))
    other = [one for one in hashes if not check_password(password(), one)]
    if other:
        _staff().filter(password__in=other).update(password=make_password(password()))


def _who(life: Life) -> Details:
    return IDENTITIES.get(life.name, Details())


def _hours() -> dict[str, Any]:
    """Open on weekdays with a break at noon, closed from Christmas to Epiphany."""
    week = ((Span(8 * 60, 12 * 60), Span(13 * 60, 17 * 60)),) * 5 + ((), ())
    year = timezone.now().year
    closed = Different(date(year, 12, 24), date(year + 1, 1, 6), ())
    return Hours(week, (closed,)).kept()


def _world(name: str, ladder: Ladder) -> World:
    clinic = Clinic.objects.create(
        name=name,
        demo=True,
        country="SE",
        phone="08-555 01 42",
        emergency_number="112",
        advice_number="1177",
        advice_name="Advice from a nurse, day and night",
        time_zone="Europe/Stockholm",
        hours=_hours(),
        emergency_text="In an emergency call 112. For advice at any hour call 1177.",
        crisis_number="90101",
    )
    staff = [
        User.objects.create_user(clinic=clinic, role=role, name=person, email=email)
        for person, email, role in STAFF[name]
    ]
    now = timezone.now()
    return World(clinic, tuple(staff), ladder, steps(ladder), now, _bands(clinic, staff[-1]))


def _bands(clinic: Clinic, owner: User) -> tuple[Band, ...]:
    """The bands of a demo clinic, lightest first."""
    made: list[Band] = []
    for name, low, high in BANDS:
        said: dict[str, Any] = {"name": name, "kg_from": Decimal(low), "kg_to": Decimal(high)}
        after = made[-1].pk if made else None
        made.append(band_verbs.add(clinic=clinic, by=owner, after=after, marks=MOST_MARKS, **said))
    return tuple(made)
