"""The verbs of ladders that follow one another and are offered, for the test of half-done acts."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from curriculum.models import Ladder
from patients.verbs import ladder_offers, take_up
from tests import factories
from tests.cast import Cast

Act = Callable[[], Any]

MODULES: list[ModuleType] = [take_up, ladder_offers]
WHY = "Another ladder first."


def _set_aside(cast: Cast) -> Act:
    factories.pass_open_rung(cast.plan, by=cast.elin)
    take_up.set_aside(plan=cast.plan, by=cast.elin, reason=WHY)
    return lambda: take_up.take_up(plan=cast.plan, by=cast.elin)


def hinge() -> Ladder:
    return Ladder.objects.newest().get(slug="hip-hinge")


def _kept_back(cast: Cast) -> Act:
    ladder_offers.stop_offering(ladder=hinge(), by=cast.petra)
    return lambda: ladder_offers.offer_again(ladder=hinge(), by=cast.petra)


ACTS: dict[str, Callable[[Cast], Act]] = {
    "take_up.set_aside": lambda cast: (
        lambda: take_up.set_aside(plan=cast.plan, by=cast.elin, reason=WHY)
    ),
    "take_up.take_up": _set_aside,
    "ladder_offers.stop_offering": lambda cast: (
        lambda: ladder_offers.stop_offering(ladder=hinge(), by=cast.petra)
    ),
    "ladder_offers.offer_again": _kept_back,
}
