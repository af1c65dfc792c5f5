"""Every page of the product as a person meets it: axe finds nothing by day and by night, nothing
hangs over the edge of the narrowest phone, no link leads nowhere, no script complains. The pages
are those of the access table."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests import access_world, ladders
from tests.access_table import rows
from tests.access_world import World
from tests.browser.conftest import NewContext
from tests.browser.look import Look, dead, own_page
from tests.browser.look import world as world  # a fixture

#: Where a page of the table opens on another address, and pages for who took a wrong turn.
ASTRAY = {
    "nobody": ["account_reset_password_from_key", "/p/x/", "/join/x/"],
    "patient": ["/nothing/", "/staff/", "/ladder/7/"],
    "carer": ["/history/"],
    "owner": ["/nothing/", "/today/"],
}
#: Files that a browser saves, or a calendar reads, and what is told about a passkey.
NO_PAGES = {
    *("people_list_template", "ask_passkey", "new_passkey"),
    *("visit_feed_file", "practice_feed_file", "my_practice_file", "numbers_file"),
}
#: Pages for whoever has a second step, which nobody of the table's people has.
OF_A_SECOND_STEP = {row.name for row in rows() if row.name.startswith("mfa_")} - {"mfa_index"}
#: Pages that staff read on a phone too, with everything that axe asks.
ON_A_PHONE = {"caseload", "chart"}


def pages_of(who: str) -> list[str]:
    """Names of the addresses that open for this kind of person, by the access table."""
    opened = [row.name for row in rows() if row.method == "GET" and row.outcomes[who] == "200"]
    return [name for name in opened if name not in NO_PAGES] + ASTRAY[who]


@pytest.mark.parametrize(
    ("who", "part"),
    [("nobody", 0), ("patient", 0), ("carer", 0), ("owner", 0), ("owner", 1), ("owner", 2)],
    ids=str,
)
def test_every_page_is_open_to_everybody(
    world: World, new_context: NewContext, site: str, who: str, part: int
) -> None:
    user = world.people[who]
    ladders.next_edition(world.cast.plan.ladder)
    look = Look(own_page(new_context, user, site))
    names = pages_of(who)[part::3] if who == "owner" else pages_of(who)
    assert names
    for name in names:
        address = name if name.startswith("/") else access_world.address(name, world)
        look.at(
            address, phone_too=who == "owner" and name in ON_A_PHONE, astray=name in ASTRAY[who]
        )
    assert look.faults + dead(look.links, user) == []


def test_every_page_of_the_table_is_looked_at_by_somebody() -> None:
    looked_at = {name for who in ASTRAY for name in pages_of(who)}
    # to today, the caseload or a step; looked at elsewhere, in a state of their own
    elsewhere = {"home", "first_visit", "assign", "read_first"}
    elsewhere |= NO_PAGES | OF_A_SECOND_STEP
    assert {row.name for row in rows() if row.method == "GET"} - elsewhere <= looked_at


def test_a_bad_page_would_be_found(page: Page) -> None:
    page.set_content(
        """<!doctype html><html lang="en"><style>:root { color-scheme: light dark }
        b { color: #333; background: light-dark(#fff, #222) }</style>
        <title>Bad</title><main><h1>Bad</h1><b>dark on dark by night</b>
        <hr style="inline-size: 900px"><input></main></html>"""
    )
    look = Look(page)
    look.here()
    told = "\n".join(look.faults)
    assert all(
        words in told for words in ("light: label", "dark: color-contrast", "too wide at 320")
    ), told
