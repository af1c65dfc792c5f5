"""The words of the guided set: its script has none of its own.

``{…}`` stays in some of them; the script fills it in.
"""

from __future__ import annotations

from django.utils.translation import gettext as _


def words_of_phases() -> dict[str, str]:
    """What a phase of a repetition is called, large enough to be read from two metres."""
    return {
        "down": _("Down"),
        "hold": _("Hold"),
        "up": _("Up"),
        "squeeze": _("Squeeze"),
        "release": _("Let go"),
    }


def words_of_guide() -> dict[str, str]:
    """What it says between the repetitions."""
    return {
        "ready": _("Ready"),
        "rest": _("Rest"),
        "sides": _("Change sides"),
        "own": _("Your pace"),
        "each": _("Press when you have done one."),
        "of": _("of {count}"),
        "next": _("Next: {set}"),
        "done": _("{set}: {done} of {count} done. It is kept."),
        "sets": _("{done} of {count} sets done. They are kept."),
        "on": _("Go on with number {number}"),
        "start": _("Start set {number} of {count}"),
        "resume": _("Go on: {set}"),
    }


def pace_in_words(parts: list[tuple[str, int]], *, prescribed: bool) -> str:
    """'Down 3, Up 2', or 'A calm pace: Down 2, Up 2' where nobody prescribed one.

    ``parts``: each phase with its seconds; none = it is not paced
    """
    if not parts:
        return ""
    words = words_of_phases()
    said = ", ".join(f"{words[name]} {seconds}" for name, seconds in parts)
    return said if prescribed else _("A calm pace: {pace}").format(pace=said)


def titles_of(sets: int, *, per_side: bool) -> list[str]:
    """What each set is called, in the order in which they are done: the left side first."""
    sides = ("left", "right") if per_side else ("",)
    return [_title(nth, sets, side) for nth in range(1, sets + 1) for side in sides]


def _title(number: int, count: int, side: str) -> str:
    if side == "left":
        words = _("Set {number} of {count}, left")
    elif side == "right":
        words = _("Set {number} of {count}, right")
    else:
        words = _("Set {number} of {count}")
    return words.format(number=number, count=count)
