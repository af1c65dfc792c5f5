"""Who writes while the server crashes, and what has been written.

`python -m tests.crashes.scene` makes the database and prints people and ticks as JSON; with
`stored`, what the database holds, once `verify` has found it clean.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.core.management import call_command
from django.urls import reverse

from tests.bench import scene as bench

PATIENTS = 60
#: What the clients write begins with it.
MARK = "crash "


def people() -> dict[str, Any]:
    """Cookies of patients whose day has a drill and of their clinician; the addresses of ticks."""
    from patients.models import Plan

    plans = Plan.objects.running().select_related("patient__user", "patient__lead").order_by("pk")
    clinician = plans[0].patient.lead
    return {
        "patients": [
            bench.cookie(user) for user in bench.drills(one.patient.user for one in plans)
        ],
        "clinician": bench.cookie(clinician),
        "ticks": [path for plan in plans for path in bench.ticks(plan)],
        "log": reverse("log_day", args=[plans[0].clinic.today()]),
        "messages": reverse("my_messages"),
    }


def stored() -> dict[str, list[str]]:
    """What the clients wrote, each as often as it stands: words of entries and of messages, ticks
    as their addresses.

    ``mute``: entries without the message that is written with them in one transaction.
    """
    from patients.models import Message, Practice, Tick

    entries = Practice.objects.filter(note__startswith=MARK)
    words = Message.objects.filter(text__startswith=MARK)
    told = words.exclude(practice=None).values("practice")
    return {
        "log": list(entries.values_list("note", flat=True)),
        "message": list(words.filter(practice=None).values_list("text", flat=True)),
        "tick": [
            reverse("tick", args=pair)
            for pair in Tick.objects.values_list("plan_id", "criterion_id")
        ],
        "mute": list(entries.exclude(pk__in=told).values_list("note", flat=True)),
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["stored"]:
        django.setup()
        call_command("verify", verbosity=0)
        json.dump(stored(), sys.stdout)
    else:
        bench.prepare(PATIENTS, 5)
        json.dump(people(), sys.stdout)
