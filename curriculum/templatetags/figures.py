"""{% figure %} and {% mistake %}: a drill's or a level's picture in a page."""

from __future__ import annotations

import json
import secrets
import zlib
from functools import lru_cache
from typing import Any, TypedDict

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from curriculum.figures import animated, read_figure, still
from curriculum.figures.style import LOOKS
from curriculum.models import Drill, Fault, FaultPicture, Level

register = template.Library()

_UID = "figure-uid"


class Picture(TypedDict):
    """What curriculum/_figure_frame.html shows."""

    svg: SafeString
    motion: str
    caption: str


@lru_cache(maxsize=2048)
def _drawn(key: str) -> str:
    """A picture by everything that it depends on, drawn once in a process."""
    ask: dict[str, Any] = json.loads(key)
    figure = read_figure(ask["table"], ask["fault"])
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
    """The posture of a fault on this drill; None when it has no picture there."""
    if fault is None or isinstance(fault, FaultPicture):
        return fault.posture if fault else None
    for picture in drill.fault_pictures.select_related("fault"):
        if fault in (picture.fault, picture.fault.slug):
            posture: dict[str, Any] = picture.posture
            return posture
    return None


def _look(drill: Drill) -> str:
    """People differ; one drill always shows the same one."""
    number = zlib.crc32(drill.slug.encode()) % len(LOOKS)
    return f" hf-{number}" if number else ""


def _svg(
    subject: Level | Drill, fault: FaultPicture | Fault | str | None, **ask: Any
) -> SafeString:
    drill = subject.drill if isinstance(subject, Level) else subject
    table = (subject.posture if not fault else None) or drill.posture
    wrong = _fault_table(drill, fault)
    if not table or (fault and not wrong):
        return SafeString("")
    told = wrong or table
    words = {"title": gettext(told["title"]), "description": gettext(told["description"])}
    key = json.dumps(
        {"table": table, "fault": wrong, "look": _look(drill), **words, **ask}, sort_keys=True
    )
    # Built by curriculum.figures, which escapes the only words in it.
    return mark_safe(_drawn(key).replace(_UID, f"fig-{secrets.token_hex(4)}"))  # noqa: S308


@register.inclusion_tag("curriculum/_figure_frame.html")
def figure(
    subject: Level | Drill,
    fault: FaultPicture | Fault | str | None = None,
    *,
    animate: bool = True,
    autoplay: bool = False,
    audience: str = "patient",
    moment: str | None = None,
    caption: str = "",
) -> Picture:
    """A figure of a level or a drill, or of a fault on it.

    Still on the page until its play button is pressed, or until it comes into view with
    autoplay=True. animate=False: no motion, half the bytes. moment: only "start" or only "end".
    audience="clinician" marks what to look at in a fault. Nothing is shown where the drill has no
    posture, or the fault no picture.
    """
    svg = _svg(subject, fault, animate=animate, audience=audience, moment=moment)
    motion = ("auto" if autoplay else "ready") if animate else ""
    return {"svg": svg, "motion": motion, "caption": caption}


@register.inclusion_tag("curriculum/_figure_mistake.html")
def mistake(
    subject: Level | Drill, fault: FaultPicture, *, audience: str = "patient"
) -> dict[str, Any]:
    """ "Show me the mistake": opens the fault's figure, which moves from the right form into the
    fault."""
    svg = _svg(subject, fault, animate=True, audience=audience, moment=None)
    return {"svg": svg, "motion": "ready", "caption": "", "name": fault.posture["title"]}


@register.inclusion_tag("curriculum/_figure_faults.html")
def fault_figures(drill: Drill, *, audience: str = "clinician") -> dict[str, Any]:
    """Every fault that has a picture on this drill, each a moving figure under its name."""
    pictures = drill.fault_pictures.select_related("fault").order_by("fault__position")
    shown = (
        (picture, _svg(drill, picture, animate=True, audience=audience, moment=None))
        for picture in pictures
    )
    return {
        "pictures": [
            {"svg": svg, "motion": "ready", "caption": picture.fault.name} for picture, svg in shown
        ]
    }
