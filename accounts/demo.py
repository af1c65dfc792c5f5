"""The demo and real clinics never stand in one database.

Everybody can read how the demo is made, so nobody's patients stand beside it.
"""

from __future__ import annotations

import os

from accounts.models import Clinic

OWN_PLACE = (
    "This database holds the demo, and patients never stand beside it. A real clinic gets a place "
    "of its own:\n    {line}"
)


def stands_here() -> bool:
    return Clinic.objects.filter(demo=True).exists()


def own_place() -> str:
    """What to do instead, in words."""
    variables = ["DEMO=0", 'VAR_DIR="$HOME/hinge-ladder"']
    if "DATABASE_URL" in os.environ:
        variables.append("DATABASE_URL=postgres://...")
    return OWN_PLACE.format(line=" ".join(["make run", *variables]))
