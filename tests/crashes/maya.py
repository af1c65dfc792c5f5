"""`python -m tests.crashes.maya` adds the people of `tests.cast` to a database that has the
curriculum, and prints Maya's cookie and addresses as JSON."""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    django.setup()
    from django.urls import reverse

    from tests.bench.scene import cookie
    from tests.cast import assemble

    plan = assemble().plan
    addresses = {name: reverse(name) for name in ("today", "history", "my_messages")}
    log = reverse("log_day", args=[plan.clinic.today()])
    json.dump({"cookie": cookie(plan.patient.user), "log": log, **addresses}, sys.stdout)


if __name__ == "__main__":
    main()
