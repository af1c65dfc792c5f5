"""`manage.py bench_data` makes one clinic with many patients, the same each time."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Clinic, Role, User
from curriculum.models import Ladder
from patients.demo.copying import Block, mend_sequences
from patients.demo.crowd import lives
from patients.demo.life import Life, World, steps
from patients.demo.rows import DemoRows
from patients.demo.story import tell
from patients.models import Patient
from patients.summaries import refresh as summaries
from patients.verbs import outbox as outbox_verbs

NAME = "Bench Physio"
EMAIL = "bench@bench.example"
BLOCK = 1000


class Command(BaseCommand):
    help = "Fill a database of its own with one clinic's patients, for measuring."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=_count, required=True, help="how many")
        parser.add_argument("--practice", type=_count, required=True, help="entries of each")

    def handle(self, *args: Any, **options: Any) -> None:
        if Clinic.objects.filter(demo=False).exists():
            raise CommandError("This database has a real clinic. Measure in a database of its own.")
        if Clinic.objects.filter(name=NAME).exists():
            raise CommandError("The bench clinic is already there. Begin with an empty database.")
        count = options["patients"]
        entries = options["practice"]
        world = _world()
        _write(world, lives(min(count, BLOCK), entries))
        _copy(world, count // BLOCK - 1)
        if count > BLOCK and count % BLOCK:
            _write(world, lives(count % BLOCK, entries))
        with connection.cursor() as cursor:
            # A bulk load does not update the statistics that the query planner uses.
            cursor.execute("ANALYZE")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("not below 0")
    return number


def _world() -> World:
    ladder = Ladder.objects.newest().filter(slug="hip-hinge").first()
    if ladder is None:
        raise CommandError("There is no ladder yet. Load it first: manage.py load_curriculum")
    clinic = Clinic.objects.create(
        name=NAME, demo=True, phone="08 555 01 42", time_zone="Europe/Stockholm"
    )
    lead = User.objects.create_user(clinic=clinic, role=Role.OWNER, name="Bea Bench", email=EMAIL)
    return World(clinic, (lead,), ladder, steps(ladder), timezone.now())


@transaction.atomic
def _write(world: World, crowd: Iterable[Life]) -> None:
    rows = DemoRows()
    patients = [tell(world, life, rows) for life in crowd]
    rows.save()
    summaries.make([patient.pk for patient in patients])
    outbox_verbs.post_for_each(Patient.objects.filter(pk__in=[patient.pk for patient in patients]))


def _copy(world: World, times: int) -> None:
    if times > 0:
        block = Block(kept=world.staff)
        for number in range(1, times + 1):
            block.copy(number)
        mend_sequences()
