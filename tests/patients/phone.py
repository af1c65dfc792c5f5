"""The phone of a patient or a carer, signed in as long as a real one, so a view writes nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts import sessions
from curriculum.models import Level
from patients.models import Carer, Patient
from tests.factories import hip_hinge


def phone_of(patient: Patient | Carer) -> Client:
    client = Client()
    client.force_login(patient.user)
    session = client.session
    session.set_expiry(sessions.PHONE_SESSION)
    session.save()
    return client


def sheet(client: Client, path: str | None = None) -> dict[str, str]:
    """The fields that a phone sends when the form is posted without changes."""
    page = client.get(path or reverse("today") + "?drill").content.decode()
    form = page[page.index('id="log"') :]
    fields = re.findall(
        r'<input type="(?:hidden|number|text)" name="([^"]+)"[^>]*?value="([^"]*)"', form
    )
    fields += re.findall(
        r'<input type="(?:radio|checkbox)" name="([^"]+)" value="([^"]*)"[^>]* checked', form
    )
    fields += re.findall(r'<option value="(\d+)" selected', form) and [
        ("level", re.findall(r'<option value="(\d+)" selected', form)[0])
    ]
    values = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    notes = re.findall(r"<textarea[^>]*name=\"note\"[^>]*>([^<]*)</textarea>", form)
    return values | {"note": notes[0] if notes else ""}


def save(client: Client, day: date, **answers: Any) -> Any:
    """Tap every set, give these answers, and save."""
    given = sheet(client, answers.pop("path", None))
    done = {name.replace("reps", "done"): "1" for name in given if name.startswith("reps-")}
    typed = {name: str(value) for name, value in answers.items()}
    return client.post(reverse("log_day", args=[day]), given | done | typed)


def words_of(answer: Any) -> str:
    """What the page itself says: not the list that every header holds."""
    page = answer.content.decode().partition('<main id="main"')[2]
    return " ".join(page.split())


def level_of(position: int) -> Level:
    levels = Level.objects.filter(rung__ladder=hip_hinge(), rung__position=position, helper=False)
    level = levels.order_by("position").first()
    assert level is not None
    return level
