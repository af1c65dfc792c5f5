"""What leaves the clinic on paper, printed by Chromium on A4 and on Letter."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts import links
from curriculum import screening as content
from curriculum.models import Level, Load
from patients.models import Plan, Rating
from patients.rules.periods import RATING_EVERY
from patients.verbs import activities as activity_verbs
from patients.verbs import findings as finding_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from patients.verbs import screening as screening_verbs
from tests import factories
from tests.browser.steps import as_user
from tests.cast import Cast
from tests.patients import acts

PAPERS = ("A4", "Letter")
#: What prints dozens of sheets prints them on the other paper by hand.
A4_AND_SLOWLY_LETTER = ("A4", pytest.param("Letter", marks=pytest.mark.slow))
WORDS = (
    "Slowly, three seconds down, and stop where the back of your thighs pulls; "
    "breathe out on the way up. " * 5
)
NAME = "Maximiliana-Theodora-Wilhelmina Wolfeschlegelsteinhausen"


def sides(page: Page, paper: str) -> int:
    """How many sides of this paper the page takes when Chromium prints it."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


def long_names(cast: Cast) -> None:
    """The clinic and its clinician as long as their forms let them be."""
    clinic = cast.harbour
    elin = cast.elin
    clinic.name = f"The Physiotherapy and Rehabilitation Clinic of the Western Islands, {WORDS}"[
        :200
    ]
    clinic.phone = "08 123 45 67 / 08 123 45 68 / 08 123 45 69 / 08 12"
    clinic.emergency_text = WORDS[:500]
    clinic.save(update_fields=["name", "phone", "emergency_text"])
    elin.name = NAME
    elin.save(update_fields=["name"])


def with_link(cast: Cast, *, passed: int, weekdays: int = 0b1010101) -> Plan:
    """A patient with rest days, limits of their own and a link, so that the sheet has all it can
    have."""
    patient = factories.patient(cast.elin, NAME, usual_pain=5)
    links.issue(patient.user, cast.elin)
    links.set_pin_here(patient.user, "4711", cast.elin)
    return factories.plan(patient, passed=passed, weekdays=weekdays)


def heaviest(plan: Plan, level: Level, *, sets: int, word: int = 500) -> None:
    """All that a clinician can prescribe at once; ``word``: characters of the word to the
    patient."""
    plan_verbs.prescribe(
        plan=plan,
        level=level,
        by=plan.patient.lead,
        sets=sets,
        reps=50,
        seconds=60,
        load=Decimal("297.5") if level.drill.load == Load.WEIGHT else None,
        per_side=True,
        max_depth=WORDS[:200],
        word=WORDS[:word],
        reason="Agreed with the surgeon.",
        why_more="Tried here, and well.",
        at_home=True,
    )


#: The smallest words of the sheet, in points, without those of a drawing.
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.sheet *')]
  .filter(one => !one.closest('svg') && one.checkVisibility() && [...one.childNodes].some(text => text.nodeType === 3 && text.data.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize) * .75))"""  # noqa: E501


def handout(page: Page, plan: Plan, level: Level) -> Page:
    """The handout, with its code where the patient has a link."""
    page.goto(f"/patients/{plan.patient_id}/handout/?level={level.pk}")
    if links.link_of(plan.patient.user) is not None:
        page.get_by_role("button", name="Add the QR code").click()
        page.wait_for_selector(".sheet .qr")
    expect(page.get_by_role("heading", level=1)).to_contain_text(level.drill.plain_name)
    return page


@pytest.mark.parametrize("paper", A4_AND_SLOWLY_LETTER)
def test_every_drills_handout_is_one_side(desktop: Page, cast: Cast, site: str, paper: str) -> None:
    plan = factories.plan(cast.tomas, passed=6)
    page = as_user(desktop, cast.elin, site)
    known = Level.objects.filter(rung__ladder=plan.ladder).select_related("drill").order_by("pk")
    last_levels = {level.drill_id: level for level in known}
    taken = {str(level): sides(handout(page, plan, level), paper) for level in last_levels.values()}
    assert [name for name, count in taken.items() if count != 1] == []


@pytest.mark.parametrize(
    ("sets", "paper"),
    [
        (10, "A4"),
        *(
            pytest.param(*one, marks=pytest.mark.slow)
            for one in [(3, "A4"), (3, "Letter"), (5, "A4"), (5, "Letter"), (10, "Letter")]
        ),
    ],
)
def test_the_heaviest_dose_of_every_rung_is_one_side(
    desktop: Page, cast: Cast, site: str, paper: str, sets: int
) -> None:
    """At the gate, where the sheet also says what opens next."""
    long_names(cast)
    page = as_user(desktop, cast.elin, site)
    taken = {}
    for passed in range(7):
        plan = with_link(cast, passed=passed)
        for level in (
            acts.rung(plan, passed + 1).levels.filter(helper=False).select_related("drill")
        ):
            heaviest(plan, level, sets=sets)
            taken[str(level)] = sides(handout(page, plan, level), paper)
    assert [name for name, count in taken.items() if count != 1] == []


def test_in_large_print_every_word_has_at_least_13_points_and_the_code_keeps_it(
    desktop: Page, cast: Cast, site: str
) -> None:
    plan = with_link(cast, passed=1, weekdays=0b1111111)
    page = as_user(desktop, cast.elin, site)
    page.goto(f"/patients/{plan.patient_id}/handout/")
    expect(page.get_by_text("every day")).to_be_visible()
    page.get_by_label("Large print").check()
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Add the QR code").click()
    page.wait_for_selector(".sheet .qr")
    assert page.evaluate(SMALLEST) > 12.9
    assert (
        page.evaluate("parseFloat(getComputedStyle(document.querySelector('.sheet li')).fontSize)")
        >= 16 * 4 / 3
    )
    assert sides(page, "A4") <= 4


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_a_sheet_that_fills_up_grows_small_before_it_spills(
    desktop: Page, cast: Cast, site: str, paper: str
) -> None:
    plan = with_link(cast, passed=0)
    level = (
        plan.rungs()[0].levels.select_related("drill").get(drill__slug="dowel-hinge")
    )  # most to read of all
    page = as_user(desktop, cast.elin, site)
    sizes = []
    for sets in (1, 3, 5):
        for word in (0, 50, 100, 150, 200, 300, 400, 500):
            heaviest(plan, level, sets=sets, word=word)
            assert sides(handout(page, plan, level), paper) == 1, (sets, word)
            sizes.append(page.locator(".sheet").get_attribute("data-size"))
    assert {"full", "fullest"} <= set(sizes)


def test_the_week_has_a_place_for_each_side_and_for_many_sets(
    desktop: Page, cast: Cast, site: str
) -> None:
    plan = with_link(cast, passed=5)
    page = as_user(desktop, cast.elin, site)
    level = acts.level(plan, 6)
    heaviest(plan, level, sets=2, word=0)
    week = handout(page, plan, level).get_by_role("table").filter(has_text="Next morning")
    expect(week.get_by_role("row", name="Set 2, left, right").get_by_role("cell")).to_have_text(
        ["leftright"] * 7
    )
    heaviest(plan, level, sets=10, word=0)
    expect(handout(page, plan, level).get_by_role("row", name="Sets done, of 10")).to_have_count(1)


# ---- the summary


def much_to_tell(cast: Cast) -> Plan:
    """A complete ladder with an intake, faults and activities as long as their forms let them
    be."""
    long_names(cast)
    plan = with_link(cast, passed=7)
    elin = cast.elin
    flags = dict.fromkeys(content.red_flags(), "no")
    precautions = dict.fromkeys(content.precautions(), "yes")
    notes = dict.fromkeys(precautions, WORDS[:300])
    screening_verbs.screen(patient=plan.patient, by=elin, items=flags | precautions, notes=notes)
    people_verbs.take_intake(
        patient=plan.patient,
        by=elin,
        usual_pain=5,
        reason=WORDS * 3,
        goal=WORDS * 3,
    )
    finding_verbs.note_all(plan=plan, by=elin, faults=plan.ladder.own_faults(), words=WORDS[:200])
    activities = activity_verbs.set_activities(
        patient=plan.patient, by=elin, words=[f"{number}. {WORDS}"[:120] for number in range(1, 4)]
    )
    heaviest(plan, acts.level(plan, 7), sets=5)
    today = cast.harbour.today()
    for nth in range(12):
        for one in activities:
            Rating.objects.create(
                activity=one, day=today - nth * RATING_EVERY, score=nth % 11, by=elin
            )
    return plan


@pytest.mark.parametrize("paper", PAPERS)
def test_a_summary_is_one_side_however_much_there_is_to_tell(
    desktop: Page, cast: Cast, site: str, paper: str
) -> None:
    plan = much_to_tell(cast)
    page = as_user(desktop, cast.elin, site)
    page.goto(f"/patients/{plan.patient_id}/summary/")
    assert sides(page, paper) == 1
    expect(page.get_by_text("Long notes are cut to fit one page.")).to_be_visible()
    page.goto(f"/patients/{cast.maya.pk}/summary/")
    assert sides(page, paper) == 1
    expect(page.get_by_text("Long notes are cut")).to_have_count(0)


# ---- every page that somebody prints

STAFF = [
    "handout",
    "plan_summary",
    "discharge",
    "invite",
    "visit_note",
    "practice_history",
    "decisions",
    "chart",
]
OF_THE_SCREEN = (
    "header.bar, nav, button:not(.tick), .button:not([href^='tel:']), .skip, .play"
    ", .filters, #drills"
)


def on_paper(page: Page, address: str) -> Page:
    page.goto(address)
    page.emulate_media(media="print")
    return page


def test_who_is_folded_away_on_the_screen_stands_on_paper(
    desktop: Page, cast: Cast, site: str
) -> None:
    for number in range(11):
        acts.log(factories.plan(factories.patient(cast.elin, f"Olle {number}")))
    page = as_user(desktop, cast.elin, site)
    page.goto("/caseload/")
    row = page.locator(".caseload", has_text="Olle 3").last
    assert not row.is_visible()
    page.emulate_media(media="print")
    assert row.is_visible()
    expect(page.get_by_text("Show them")).to_be_hidden()


def test_no_navigation_and_no_button_is_printed(
    desktop: Page, phone: Page, cast: Cast, site: str
) -> None:
    links.issue(cast.maya.user, cast.elin)
    physio = as_user(desktop, cast.elin, site)
    patient = as_user(phone, cast.maya.user, site)
    pages = [(physio, reverse(name, args=[cast.maya.pk])) for name in STAFF]
    pages += [
        (physio, address)
        for address in (
            "/drills/",
            "/drills/dowel-hinge/",
            "/ladders/hip-hinge/",
            reverse("prescribe", args=[cast.plan.pk]),
        )
    ]
    pages += [
        (patient, address)
        for address in ("/today/", "/ladder/", "/ladder/1/dowel-hinge/", "/history/")
    ]
    left = {}
    for page, address in pages:
        seen = on_paper(page, address).locator(OF_THE_SCREEN).filter(visible=True)
        expect(page.locator("h1, h2").filter(visible=True).first).to_be_visible()
        left[address] = seen.all_inner_texts()
    assert {address: texts for address, texts in left.items() if texts} == {}


def test_a_patients_key_and_a_visit_note_are_whole_on_paper(
    desktop: Page, cast: Cast, site: str
) -> None:
    page = as_user(desktop, cast.elin, site)
    link = links.url(links.issue(cast.maya.user, cast.elin))
    links.set_pin_here(cast.maya.user, "4711", cast.elin)
    page.goto(f"/patients/{cast.maya.pk}/invite/")
    page.get_by_role("button", name="Show or print the link").click()
    expect(page.get_by_alt_text("QR code with the link for Maya Roos")).to_be_visible()
    page.emulate_media(media="print")
    # As a list it waits until the heading of the screen is gone too.
    expect(page.get_by_role("heading", level=1)).to_have_text(["Maya R.: your own page"])
    expect(page.get_by_text(link)).to_be_visible()
    expect(page.get_by_alt_text("QR code with the link for Maya Roos")).to_be_visible()
    on_paper(page, f"/patients/{cast.maya.pk}/visit-note/")
    note = page.locator("textarea").input_value().strip()
    expect(page.locator("pre")).to_be_visible()
    assert page.locator("pre").inner_text().strip() == note


def test_a_drill_handed_to_somebody_names_no_other_patient(
    desktop: Page, cast: Cast, site: str
) -> None:
    page = as_user(desktop, cast.elin, site)
    page.goto("/drills/dowel-hinge/")
    expect(page.get_by_role("link", name="Maya Roos", exact=True)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Maya Roos").filter(visible=True)).to_have_count(0)


def test_a_figure_that_moves_is_printed_standing_still(phone: Page, cast: Cast, site: str) -> None:
    page = as_user(phone, cast.maya.user, site)
    page.goto("/ladder/1/dowel-hinge/")
    page.locator(".hf.playing").wait_for()
    page.pdf()
    expect(page.locator(".hf.playing")).to_have_count(0)
    expect(page.locator(".hf .still").first).to_be_visible()


def test_get_help_on_paper_says_whom_to_call(phone: Page, cast: Cast, site: str) -> None:
    on_paper(as_user(phone, cast.maya.user, site), "/help/")
    expect(phone.get_by_text(cast.harbour.phone).filter(visible=True).first).to_be_visible()
