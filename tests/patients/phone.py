"""A patient's phone: signed in for as long as a real one, so that reading a page has nothing to
write."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts import sessions
from curriculum.models import Level
from patients.models import Patient


def phone_of(patient: Patient) -> Client:
    client = Client()
    client.force_login(patient.user)
    session = client.session
    session.set_expiry(sessions.PHONE_SESSION)
    session.save()
    return client


def sheet(client: Client, path: str | None = None) -> dict[str, str]:
    """What a phone would send if the form of the page were posted as it was given out."""
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
    said = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    notes = re.findall(r"<textarea[^>]*name=\"note\"[^>]*>([^<]*)</textarea>", form)
    return said | {"note": notes[0] if notes else ""}


def save(client: Client, day: date, **said: Any) -> Any:
    """Tap every set, answer as said, and save."""
    given = sheet(client, said.pop("path", None))
    done = {name.replace("reps", "done"): "1" for name in given if name.startswith("reps-")}
    answers = {name: str(value) for name, value in said.items()}
    return client.post(reverse("log_day", args=[day]), given | done | answers)


def level_of(position: int) -> Level:
    found = Level.objects.filter(rung__position=position, helper=False).order_by("position").first()
    assert found is not None
    return found
