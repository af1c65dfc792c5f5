"""Makes a bulk database and cookies for it: `python -m tests.bench.scene N M` prints JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

#: How many patients' pages are read to choose two of them. They show every drill.
LOOKED_AT = 300
CSRF = "bench" * 6 + "ab"


def cookie(user: Any) -> str:
    """The Cookie header of a person who has just signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.session_store import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(180 * 24 * 60 * 60)
    session.create()
    return (
        f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    )


def scene() -> dict[str, Any]:
    """Cookies and addresses of a clinician and of two patients.

    One patient has the middle page, the other the longest page.
    """
    from patients.models import Plan

    plans = Plan.objects.running().select_related("patient__user", "assigned_by").order_by("pk")
    first = plans[0]
    pages = drills(plan.patient.user for plan in plans[:LOOKED_AT])
    same_clinic = plans.filter(clinic=first.clinic)[:10_000]
    return {
        "patient": cookie(pages[len(pages) // 2]),
        "heaviest": cookie(pages[-1]),
        "clinician": cookie(first.patient.lead),
        "csrf": CSRF,
        "styles": styles(),
        "today": [reverse("today")],
        "caseload": [reverse("caseload")],
        "ticks": [path for plan in same_clinic for path in ticks(plan)],
    }


def styles() -> str:
    """The cookie of a phone that has the style sheets of Today."""
    from django.templatetags.static import static

    from accounts.style_sheets import BETWEEN

    names = BETWEEN.join(static(name).rsplit("/", 1)[-1] for name in ("app.css", "figures.css"))
    return f"{settings.STYLES_COOKIE_NAME}={names}"


def drills(patients: Iterable[Any]) -> list[Any]:
    """Patients whose page shows a drill with its figure and its log, the shortest page first."""
    pages = [(_page(user), user) for user in patients]
    return [
        user for page, user in sorted(pages, key=lambda pair: len(pair[0])) if b'id="log"' in page
    ]


def _page(user: Any) -> bytes:
    client = Client(headers={"host": urlsplit(settings.PUBLIC_URL).netloc})
    client.force_login(user)
    return bytes(client.get(reverse("today")).content)


def ticks(plan: Any) -> list[str]:
    rung = plan.open_rung
    return (
        [reverse("tick", args=[plan.pk, criterion.pk]) for criterion in rung.criteria.all()]
        if rung
        else []
    )


def prepare(patients: int, practice: int) -> None:
    """Make the bulk database, in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Pages are read here to choose patients. No line for each of them belongs in the report.
    os.environ["ACCESS_LOG"] = "0"
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_curriculum", verbosity=0)
    call_command("bench_data", patients=patients, practice=practice, stdout=sys.stderr)


def main(patients: str, practice: str) -> None:
    prepare(int(patients), int(practice))
    json.dump(scene(), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
