"""Who is drawn: build, hair, face and clothes, as somebody chooses them for their own pictures.

Parts decide what is drawn; colours are classes of the pages' style sheet. A figure without a person
shows `ANYBODY`.
"""

from __future__ import annotations

from dataclasses import dataclass

BUILDS = ("slim", "medium", "curved", "broad")
HAIRS = (
    "short",
    "curls",
    "long",
    "tied",
    "bun",
    "sides",
    "bald",
    "headscarf",
    "turban",
)
CLOTHES = ("tee", "vest", "sleeves", "shorts", "tunic")

Pair = tuple[str, str]
"""A colour on light ground and on dark ground."""

SKINS: dict[str, Pair] = {
    "1": ("#e8c2a3", "#e6c3a6"),
    "2": ("#d9a986", "#dbae8c"),
    "3": ("#d49a78", "#d49a78"),
    "4": ("#b47b53", "#bd8760"),
    "5": ("#8a5a3c", "#a06e4c"),
    "6": ("#5d3b28", "#7f553b"),
}
"""From light to dark."""
HAIR_COLOURS: dict[str, Pair] = {
    "black": ("#1b1614", "#0d0a08"),
    "brown": ("#4a3324", "#6a4a36"),
    "red": ("#8a4526", "#7d3d20"),
    "fair": ("#b48a4c", "#cfa668"),
    "grey": ("#8b8680", "#a7a29b"),
    "white": ("#b8b2a9", "#e2ddd6"),
}
TOPS: dict[str, tuple[Pair, Pair]] = {
    "blue": (("#1b5f79", "#6fb8cf"), ("#5a4a78", "#b9a8d8")),
    "plum": (("#7a3f66", "#cf9abf"), ("#2f5d62", "#8fc1c4")),
    "green": (("#456236", "#a4c28d"), ("#7a4a2c", "#d9ae8c")),
    "brick": (("#99432f", "#e59f8a"), ("#2f4a5c", "#9db6c6")),
    "ochre": (("#865a10", "#dfb45f"), ("#4d3a5e", "#bda9cf")),
}
"""The top's colour, and the colour of the scarf that goes with it."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the pictures. Every value is one of the choices above."""

    build: str = "medium"
    hair: str = "short"
    glasses: bool = False
    beard: bool = False
    clothes: str = "tee"
    skin: str = "3"
    hair_colour: str = "brown"
    top: str = "blue"

    @property
    def classes(self) -> str:
        """The CSS classes of the person's colours, each after a space."""
        return f" hf-skin-{self.skin} hf-hair-{self.hair_colour} hf-top-{self.top}"

    @property
    def long_sleeved(self) -> bool:
        return self.clothes in ("sleeves", "tunic")


ANYBODY = Person()


def stylesheet() -> str:
    """The rules of a person's colours."""
    chosen = {
        **{f"skin-{name}": {"skin": pair} for name, pair in SKINS.items()},
        **{f"hair-{name}": {"hair": pair} for name, pair in HAIR_COLOURS.items()},
        **{f"top-{name}": {"top": top, "scarf": scarf} for name, (top, scarf) in TOPS.items()},
    }
    return "".join(
        f".hf-{name}{{"
        + ";".join(f"--hf-{part}:light-dark({a},{b})" for part, (a, b) in colours.items())
        + "}"
        for name, colours in chosen.items()
    )
