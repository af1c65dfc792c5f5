"""History and Practice on paper: browsers leave out backgrounds unless told not to, and many
printers colour."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.steps import as_user
from tests.cast import Cast
from tests.patients import acts

FILL = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) rg")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ZLIB = b"\x78"
PRACTISED = 5

#: What a colour of the style sheet is on the screen, whatever it is written in.
PIXEL = """day => {
  const brush = document.createElement('canvas').getContext('2d');
  brush.fillStyle = getComputedStyle(day).backgroundColor;
  brush.fillRect(0, 0, 1, 1);
  return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255);
}"""


def fills(page: Page, *, backgrounds: bool) -> list[tuple[float, ...]]:
    """The colours that Chromium fills shapes and letters with on paper, with or without
    backgrounds: 0 to 1 each."""
    found = []
    for packed in STREAM.findall(page.pdf(format="A4", print_background=backgrounds)):
        if packed.startswith(ZLIB):
            drawn = zlib.decompressobj().decompress(packed)
            found += [tuple(map(float, colour)) for colour in FILL.findall(drawn)]
    return found


def disc(page: Page) -> tuple[float, ...]:
    """The colour of a practised day in print."""
    page.emulate_media(media="print")
    return tuple(page.locator(".calendar .did").first.evaluate(PIXEL))


def practised(cast: Cast, clock: time_machine.Traveller) -> None:
    for _ in range(PRACTISED):
        acts.log(cast.plan, pain=1, by=cast.maya.user)
        clock.shift(timedelta(days=1))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("who", ["patient", "physio"])
def test_every_practised_day_is_printed_dark_on_white(
    clock: time_machine.Traveller, cast: Cast, desktop: Page, site: str, who: str, theme: str
) -> None:
    practised(cast, clock)
    people: dict[str, tuple[User, str]] = {
        "patient": (cast.maya.user, "/history/"),
        "physio": (cast.elin, f"/patients/{cast.maya.pk}/practice/"),
    }
    user, address = people[who]
    desktop.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    as_user(desktop, user, site).goto(address)
    wanted = disc(desktop)
    assert sum(wanted) / 3 < 0.5, "dark enough to be seen without colour"
    kept, all_of_them = (
        [
            one
            for one in fills(desktop, backgrounds=wish)
            if max(map(abs, map(float.__sub__, one, wanted))) < 0.01
        ]
        for wish in (False, True)
    )
    assert len(all_of_them) > PRACTISED
    assert len(kept) == len(all_of_them)
