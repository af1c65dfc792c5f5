"""Where the body's weight is, and how it holds what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.figures.body import Body
from curriculum.figures.equipment import CM
from curriculum.figures.spec import Figure
from curriculum.posture import wrap

HEELS = (2.0, 5.0)
"""Centimetres ahead of the near ankle between which the centre of mass stays: weight on the heels,
the forefoot just touched. A table may name others with `balance`, and says why."""
ON_THE_WAY = 1.5
"""Centimetres that the weight may be further off between start and end."""
KNEELS = (-0.27, 0.01)
"""The same from toes to knee when kneeling, in statures."""
STRAIGHT = 5
"""Degrees up to which an elbow is straight."""
TOGETHER = 4.0
"""Centimetres up to which knees are together, from the side."""

HELD = {"kettlebell", "barbell", "cable"}
"""What hangs from straight arms."""


def balance(figure: Figure, body: Body, *, moving: bool) -> Iterator[str]:
    """A centre of mass that is not where the figure has to keep it."""
    pose = body.pose
    if pose.trunk is not None:
        return
    if pose.kneel is not None:
        low, high = ((pose.kneel[0] + edge) / CM for edge in KNEELS)
        ahead = body.centre_of_mass.real / CM
    else:
        low, high = figure.balance or HEELS
        ahead = (body.centre_of_mass.real - pose.x) / CM
    spare = ON_THE_WAY if moving else 0.05
    if not low - spare <= ahead <= high + spare:
        way = "forward" if ahead > high else "back"
        off = ahead - high if ahead > high else low - ahead
        yield (
            f"unbalanced: the weight is {off:.1f} cm too far {way}; it lies {ahead:.1f} cm ahead "
            f"of the ankle, {low:g} to {high:g} is meant"
        )


def arms(figure: Figure, body: Body) -> Iterator[str]:
    """Elbows that bend although something heavy hangs from them."""
    held = {item.name for item in figure.props} & HELD
    both = [("the near", body.arm)]
    one = any(item.name in held and dict(item.options).get("one") for item in figure.props)
    if not one:
        both.append(("the far", body.far_arm))
    for name, arm in both if held else ():
        bend = abs(wrap(arm.fore - arm.upper))
        if bend > STRAIGHT:
            yield f"{name} elbow bends {bend:.0f} degrees, and a {min(held)} hangs from it"


def knees(figure: Figure, body: Body) -> Iterator[str]:
    """Knees that part although the words keep them together."""
    apart = abs(body.leg.knee - body.far_leg.knee) / CM
    if figure.knees == "together" and apart > TOGETHER:
        yield f"the knees are {apart:.0f} cm apart, together is up to {TOGETHER:g}"
