"""A phone whose owner reads at twice the size: no patient page has to be pushed sideways."""

from __future__ import annotations

from playwright.sync_api import Page

from curriculum.models import Ladder
from tests import access_world
from tests.browser.conftest import PHONE
from tests.browser.steps import as_user
from tests.browser.test_every_page import pages_of


def test_no_patient_page_scrolls_sideways_at_twice_the_size(
    curriculum: Ladder, phone: Page, site: str
) -> None:
    world = access_world.build()
    as_user(phone, world.cast.maya.user, site)
    too_wide = {}
    for name in pages_of("patient"):
        phone.goto(name if name.startswith("/") else access_world.address(name, world))
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = phone.evaluate("document.documentElement.scrollWidth")
        if wide > PHONE["width"]:
            too_wide[name] = wide
    assert too_wide == {}
