"""Template tags that draw a drill, a level or a fault in a page."""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any, TypedDict

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from curriculum.figures import animated, read_figure, still
from curriculum.figures.people import Person
from curriculum.figures.style import LOOKS
from curriculum.models import Drill, Fault, FaultPicture, Level
from curriculum.variants import Variant, posture_of

register = template.Library()

_UID = "figure-uid"


class Picture(TypedDict):
    """The context of curriculum/_figure_frame.html."""

    svg: SafeString
    motion: str
    caption: str


@lru_cache(maxsize=2048)
def _drawn(key: str) -> str:
    """The SVG for a key, drawn once a process. The key holds all that the picture depends on."""
    ask: dict[str, Any] = json.loads(key)
    figure = read_figure(ask["table"], ask["fault"])
    if ask["person"]:
        figure = replace(figure, person=Person(**ask["person"]))
    words = {"title": ask["title"], "description": ask["description"]}
    if ask["animate"]:
        return animated(
            figure,
            uid=_UID,
            ghost=not ask["fault"],
            audience=ask["audience"],
            look=ask["look"],
            **words,
        )
    ghost = not ask["fault"] and not ask["moment"]
    return still(
        figure,
        uid=_UID,
        moment=ask["moment"],
        ghost=ghost,
        audience=ask["audience"],
        look=ask["look"],
        **words,
    )


def _fault_table(drill: Drill, fault: FaultPicture | Fault | str | None) -> dict[str, Any] | None:
    """The posture of a fault on this drill; None when the fault has no picture there."""
    if fault is None or isinstance(fault, FaultPicture):
        return fault.posture if fault else None
    for picture in drill.fault_pictures.select_related("fault"):
        if fault in (picture.fault, picture.fault.slug):
            posture: dict[str, Any] = picture.posture
            return posture
    return None


def _look(drill: Drill) -> str:
    """The CSS class of the person in the picture. A drill always shows the same person."""
    number = zlib.crc32(drill.slug.encode()) % len(LOOKS)
    return f" hf-{number}" if number else ""


def _svg(
    person: Person | None,
    subject: Level | Drill,
    fault: FaultPicture | Fault | str | None,
    way: Variant | None = None,
    **ask: Any,
) -> SafeString:
    drill = subject.drill if isinstance(subject, Level) else subject
    table = posture_of(drill if fault else subject, way)
    wrong = _fault_table(drill, fault)
    if not table or (fault and not wrong):
        return SafeString("")
    shown = wrong or table
    words = {"title": gettext(shown["title"]), "description": gettext(shown["description"])}
    look = person.classes if person else _look(drill)
    return _safe({"table": table, "fault": wrong, "look": look, **words, **ask}, person)


def _safe(ask: Mapping[str, Any], person: Person | None) -> SafeString:
    key = json.dumps({"person": asdict(person) if person else None, **ask}, sort_keys=True)
    # curriculum.figures builds the SVG, and escapes the words in it.
    return mark_safe(_drawn(key).replace(_UID, f"fig-{secrets.token_hex(4)}"))  # noqa: S308


@register.inclusion_tag("curriculum/_figure_frame.html", takes_context=True)
def figure(
    context: Context,
    subject: Level | Drill,
    fault: FaultPicture | Fault | str | None = None,
    way: Variant | None = None,
    *,
    animate: bool = True,
    autoplay: bool = False,
    audience: str = "patient",
    moment: str | None = None,
    caption: str = "",
) -> Picture:
    """Show a figure of a level or a drill, or of a fault on it.

    way: the variant in which it is done
    animate: False leaves out the motion, and half the bytes
    autoplay: True moves it when it comes into view; else it waits for its play button
    audience: "clinician" marks what to look at in a fault
    moment: show only "start" or only "end"

    A page draws the `person` of its context, and different people without one.

    Nothing is shown when the drill has no posture, or the fault no picture.
    """
    person = context.get("person")
    svg = _svg(person, subject, fault, way, animate=animate, audience=audience, moment=moment)
    motion = ("auto" if autoplay else "ready") if animate else ""
    return {"svg": svg, "motion": motion, "caption": caption}


@register.inclusion_tag("curriculum/_figure_mistake.html", takes_context=True)
def mistake(
    context: Context, subject: Level | Drill, fault: FaultPicture, *, audience: str = "patient"
) -> dict[str, Any]:
    """Show the button "Show me the mistake", which opens the fault's figure.

    The figure moves from the right form into the fault.
    """
    person = context.get("person")
    svg = _svg(person, subject, fault, animate=True, audience=audience, moment=None)
    return {"svg": svg, "motion": "ready", "caption": "", "name": fault.posture["title"]}


@register.inclusion_tag("curriculum/_figure_faults.html")
def fault_figures(drill: Drill, *, audience: str = "clinician") -> dict[str, Any]:
    """Show a moving figure of every fault that has a picture on this drill."""
    pictures = drill.fault_pictures.select_related("fault").order_by("fault__position")
    shown = (
        (picture, _svg(None, drill, picture, animate=True, audience=audience, moment=None))
        for picture in pictures
    )
    return {
        "pictures": [
            {"svg": svg, "motion": "ready", "caption": picture.fault.name} for picture, svg in shown
        ]
    }


@register.simple_tag
def person_picture(person: Person) -> SafeString:
    """Show a person as they stand."""
    return _person(person, {"base": "stand"}, animate=False, moment="start")


@register.inclusion_tag("curriculum/_figure_frame.html")
def person_moving(person: Person) -> Picture:
    """Show how a person hinges."""
    svg = _person(person, {"base": "hinge"}, animate=True, moment=None)
    return {"svg": svg, "motion": "ready", "caption": ""}


def _person(person: Person, end: dict[str, Any], **ask: Any) -> SafeString:
    words = {
        "title": gettext("The person in the pictures"),
        "description": gettext("A person from the side, as the pictures of the drills show them."),
    }
    table = {**words, "start": {"base": "stand"}, "end": end}
    shown = {"table": table, "fault": None, "look": person.classes, "audience": "patient"}
    return _safe({**shown, **words, **ask}, person)
