"""Sets the colours and strokes of the figures, for files and for pages.

A file carries fixed colours for light and dark. A page sets custom properties on any ancestor
(--hf-skin, --hf-hair, --hf-top, --hf-legs, ...) and links static/figures.css, which `build_figures
--stylesheet` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.figures.people import stylesheet
from curriculum.figures.shapes import UNIT


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: in a file on light and on dark ground, and as CSS on a page."""

    light: str
    dark: str
    page: str


COLOURS = {
    "ground": Colour("#f1ece3", "#2a2826", "var(--sunk,light-dark(#f1ece3,#2a2826))"),
    "skin": Colour("#d49a78", "#d49a78", "#d49a78"),
    "skin-dark": Colour("#b97c59", "#b97c59", "color-mix(in oklab,var(--hf-skin) 84%,#40200c)"),
    "hair": Colour("#54402f", "#54402f", "light-dark(#33271f,#15100d)"),
    "top": Colour("#2a7795", "#2a7795", "var(--accent,light-dark(#1b5f79,#6fb8cf))"),
    "top-dark": Colour("#1f6079", "#1f6079", "color-mix(in oklab,var(--hf-top) 85%,#000)"),
    "legs": Colour("#3a4656", "#a5adb8", "light-dark(#34404f,#a5adb8)"),
    "legs-far": Colour(
        "#a2a5a7", "#62656b", "color-mix(in oklab,var(--hf-legs) 42%,var(--hf-ground))"
    ),
    "shoe": Colour("#b0722f", "#b0722f", "light-dark(#b0722f,#cf995a)"),
    "scarf": Colour("#5a4a78", "#5a4a78", "light-dark(#5a4a78,#b9a8d8)"),
    "frame": Colour("#23282d", "#23282d", "#23282d"),
    "seam": Colour("#fff", "#fff", "light-dark(#fff,#17333d)"),
    "floor": Colour("#b5aa98", "#6a645d", "var(--edge,light-dark(#9a9184,#6d6862))"),
    "wall": Colour("#dcd4c6", "#3b3835", "color-mix(in oklab,var(--hf-prop) 22%,var(--hf-ground))"),
    "prop": Colour("#a5794a", "#a5794a", "var(--wood,light-dark(#a5794a,#bf9566))"),
    "prop-dark": Colour("#6d5234", "#c8a87e", "light-dark(#6d5234,#dcbd95)"),
    "hatch": Colour(
        "#bfae97", "#5d5348", "color-mix(in oklab,var(--hf-prop) 45%,var(--hf-ground))"
    ),
    "metal": Colour("#747a82", "#747a82", "light-dark(#6b7178,#5f666f)"),
    "metal-light": Colour("#a3a9b0", "#a3a9b0", "light-dark(#a3a9b0,#b9bfc7)"),
    "band": Colour("#8a69c2", "#8a69c2", "light-dark(#7d5bb5,#b39be0)"),
    "glint": Colour("#fff", "#fff", "var(--hf-ground)"),
    "cue": Colour("#23282d", "#f2efe9", "var(--ink,light-dark(#23282d,#f2efe9))"),
}

_FILLS = {
    "s": "skin",
    "sd": "skin-dark",
    "h": "hair",
    "sc": "scarf",
    "t": "top",
    "tn": "top-dark",
    "b": "legs",
    "bf": "legs-far",
    "k": "shoe",
    "c": "wall",
    "p": "prop",
    "m": "metal",
    "mp": "metal",
    "g": "band",
    "tx": "cue",
}
_STROKES: dict[str, tuple[str, float, str]] = {
    "v": ("seam", 2.2, f"stroke-dasharray:1 {4.5 * UNIT:.0f}"),
    "i": ("frame", 2.3, ""),
    "e": ("hair", 1.5, ""),
    "n": ("skin-dark", 1.4, ""),
    "so": ("legs", 2.2, ""),
    "gf": ("frame", 0.7, ""),
    "tw": ("glint", 1.4, "opacity:.35"),
    "l": ("floor", 2, ""),
    "o": ("prop", 3.4, ""),
    "o1": ("hatch", 2.4, ""),
    "o2": ("cue", 1.3, ""),
    "d": ("prop", 4, ""),
    "qw": ("prop-dark", 6, ""),
    "u": ("prop-dark", 4.5, ""),
    "st": ("prop", 4, ""),
    "r": ("prop-dark", 1.8, ""),
    "gl": ("band", 3.8, ""),
    "mo": ("metal", 3.6, ""),
    "mr": ("metal-light", 1.4, ""),
    "x": ("glint", 3, "opacity:.6"),
    "x1": ("glint", 1.6, "opacity:.7"),
    "gs": ("band", 2.2, ""),
    "yh": ("ground", 5.5, ""),
    "ok": ("cue", 7, ""),
    "wo": ("cue", 2, ""),
    "w": ("cue", 2.2, ""),
    "y": ("cue", 2.2, f"stroke-dasharray:1 {5 * UNIT}"),
    "lv": ("cue", 1.4, f"stroke-dasharray:{3 * UNIT} {4 * UNIT}"),
    "lt": ("cue", 1.4, ""),
    "lr": ("cue", 8, ""),
    "ld": ("ground", 4.5, ""),
    "sb": ("legs", 15, ""),
    "sh": ("legs", 24, ""),
}
CLASSES = (*_FILLS, *_STROKES)

LOOKS: tuple[dict[str, tuple[str, str]], ...] = (
    {},
    {
        "skin": ("#8a5a3c", "#a06e4c"),
        "hair": ("#1d1613", "#0d0a08"),
        "legs": ("#5b4a3a", "#bda88f"),
    },
    {
        "skin": ("#e6bd9d", "#e3bb9c"),
        "hair": ("#8b8680", "#d6d1ca"),
        "legs": ("#3d4a3a", "#a9b7a2"),
    },
    {
        "skin": ("#5d3b28", "#7f553b"),
        "hair": ("#14100e", "#080605"),
        "legs": ("#4a3c56", "#b4a5c2"),
    },
    {
        "skin": ("#c98f63", "#cd976d"),
        "hair": ("#5a3320", "#3a2013"),
        "legs": ("#2f4a5c", "#9db6c6"),
    },
)
"""Other people: what a look changes of skin, hair and clothes on a page, light and dark."""

_BASE = ".hf{stroke-linecap:round;stroke-linejoin:round;fill:none}"
_TEXT = f".hf .tx{{font:600 {10 * UNIT}px system-ui,sans-serif;text-anchor:middle}}"
_FAINT = {"hf-far": ".hf .hf-far{opacity:.46}", "hf-ghost": ".hf .hf-ghost{opacity:.25}"}
_FILE_MOTION = (
    ".hf .still{display:none}@media(prefers-reduced-motion:reduce)"
    "{.hf .move{display:none}.hf .still{display:inline}}"
)
_PAGE_MOTION = ".hf .move,.hf.playing .still{display:none}\n.hf.playing .move{display:inline}"
_PAGE_CONTROLS = """figure.drill{position:relative}
.drill .play{position:absolute;inset-block-end:.5rem;inset-inline-end:.5rem;z-index:1}
.drill .play svg{inline-size:1.25rem;block-size:1.25rem}
.drill .play .halt,.playing~.play .go{display:none}
.playing~.play .halt{display:inline}
.drill figcaption{padding:.25rem .75rem .75rem}
.figures{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
.mistake[open]>summary{margin-block-end:.5rem}
@media print{.drill .play{display:none}}"""


def _declarations(name: str, colour: str) -> str:
    if name in _FILLS:
        return f"fill:{colour}" + (";opacity:.88" if name == "mp" else "")
    _, width, more = _STROKES[name]
    return f"stroke:{colour};stroke-width:{round(width * UNIT)}" + (f";{more}" if more else "")


def _colour_of(name: str) -> str:
    return _FILLS[name] if name in _FILLS else _STROKES[name][0]


def _dark_rule(name: str) -> str:
    colour = COLOURS[_colour_of(name)]
    if colour.dark == colour.light:
        return ""
    return f".{name}{{{'fill' if name in _FILLS else 'stroke'}:{colour.dark}}}"


def file_style(used: set[str]) -> str:
    """The style of a stand-alone file that uses these classes, in light and dark."""
    names = [name for name in CLASSES if name in used]
    light = "".join(
        f".{name}{{{_declarations(name, COLOURS[_colour_of(name)].light)}}}" for name in names
    )
    dark = "".join(_dark_rule(name) for name in names)
    ground = COLOURS["ground"]
    parts = [_BASE.replace("}", f";background:{ground.light}}}"), light]
    parts += [_TEXT] if "tx" in used else []
    parts += [rule for name, rule in _FAINT.items() if name in used]
    parts += [_FILE_MOTION] if "move" in used else []
    return (
        "".join(parts)
        + f"@media(prefers-color-scheme:dark){{.hf{{background:{ground.dark}}}{dark}}}"
    )


def page_stylesheet() -> str:
    """The one style sheet of all inline figures: static/figures.css."""
    head = (
        "/* Figures on a page. Written by build_figures --stylesheet: "
        "change curriculum/figures/style.py. */\n\n"
    )
    root = ".hf{" + ";".join(f"--hf-{name}:{colour.page}" for name, colour in COLOURS.items()) + "}"
    looks = "".join(
        f".hf-{index}{{"
        + ";".join(f"--hf-{name}:light-dark({a},{b})" for name, (a, b) in look.items())
        + "}"
        for index, look in enumerate(LOOKS)
        if look
    )
    rules = "".join(
        f".hf .{name}{{{_declarations(name, f'var(--hf-{_colour_of(name)})')}}}" for name in CLASSES
    )
    modes = (
        "@media print{.hf{color-scheme:light;--hf-ground:#fff;--hf-band:#a58bd6}}"
        "@media(forced-colors:active){.hf{forced-color-adjust:none}}"
    )
    faint = "".join(_FAINT.values())
    looks += stylesheet()
    css = f"{root}{looks}{_BASE}{rules}{_TEXT}{faint}{_PAGE_MOTION}{_PAGE_CONTROLS}{modes}"
    return head + "\n\n".join(_laid_out(css)) + "\n"


_PIECE = re.compile(r"([^{};]*)([{};])")


def _laid_out(css: str) -> Iterator[str]:
    """The rules of a style sheet, one declaration a line. It must hold no strings or comments."""
    rule: list[str] = []
    depth = 0
    for text, mark in _PIECE.findall(css):
        inner = "  " * depth
        declaration = text.strip()
        if mark == "{":
            rule.append(f"{inner}{declaration} {{")
            depth += 1
            continue
        if declaration:
            name, _, value = declaration.partition(":")
            rule.append(f"{inner}{name}: {value};")
        if mark == "}":
            depth -= 1
            rule.append("  " * depth + "}")
        if not depth:
            yield "\n".join(rule)
            rule = []
