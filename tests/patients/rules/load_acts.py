"""Acts on doses and loads during which the disk fills up: see ``test_fault_injection``."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from patients.models import Band
from patients.standing.load.read import load_of
from patients.verbs import bands as band_verbs
from patients.verbs import home_weights, prescribing
from patients.verbs import load as load_verbs
from tests import factories
from tests.cast import Cast
from tests.patients import acts
from tests.patients.rules import template_acts

MODULES: list[ModuleType] = [prescribing, home_weights, load_verbs, band_verbs]
MODULES += template_acts.MODULES


def _signing(cast: Cast) -> Callable[[], Any]:
    """Nothing was left in reserve, so fewer repetitions are proposed."""
    for _ in range(5):
        factories.pass_open_rung(cast.plan, by=cast.elin)
    acts.prescribe_weight(cast.plan, by=cast.elin)
    level = acts.level(cast.plan, 6)
    sets = [{"side": None, "reps": 8, "seconds": None, "load": 8}] * 3
    acts.log(cast.plan, level=level, sets=sets, pain=1, reserve=0)
    load = load_of(cast.plan, level)
    assert load is not None
    said: dict[str, Any] = {
        "plan": cast.plan,
        "level": level,
        "by": cast.elin,
        "seen": load.seen,
    }
    return lambda: load_verbs.sign_proposal(**said)


def _added(cast: Cast, name: str) -> Band:
    return band_verbs.add(clinic=cast.harbour, by=cast.petra, name=name, marks=3, after=None)


def _with_band(cast: Cast, verb: Callable[..., Any], **said: Any) -> Callable[[], Any]:
    band = _added(cast, "Red")
    _added(cast, "Yellow")
    return lambda: verb(band=band, by=cast.petra, **said)


def _changing(cast: Cast) -> Callable[[], Any]:
    return _with_band(cast, band_verbs.change, name="Crimson", marks=2, after=None)


def _bringing_back(cast: Cast) -> Callable[[], Any]:
    band = _added(cast, "Red")
    _added(cast, "Yellow")
    band_verbs.retire(band=band, by=cast.petra)
    return lambda: band_verbs.bring_back(band=band, by=cast.petra)


ACTS: dict[str, Callable[[Cast], Callable[[], Any]]] = {
    **template_acts.ACTS,
    "load.sign_proposal": _signing,
    "prescribing.prescribe": lambda cast: (
        lambda: prescribing.prescribe(
            plan=cast.plan, level=acts.level(cast.plan), by=cast.elin, sets=2, reps=5, reps_to=8
        )
    ),
    "bands.add": lambda cast: lambda: _added(cast, "Blue"),
    "bands.change": _changing,
    "bands.retire": lambda cast: _with_band(cast, band_verbs.retire),
    "bands.bring_back": _bringing_back,
    "home_weights.tell": lambda cast: (
        lambda: home_weights.tell(
            patient=cast.maya, by=cast.elin, kind="kettlebell", kilograms=[8, 12]
        )
    ),
}
