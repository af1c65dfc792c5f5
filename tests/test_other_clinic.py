"""Two clinics on one installation: nothing that one clinic wrote is read or changed by the people
of another, whatever ids, names and queries they send."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts import links
from curriculum.models import Ladder
from patients.caseload.order import Cursor
from patients.models import CaseloadPlace
from tests import access_forms, access_world, other_clinic
from tests.access_table import Row, rows
from tests.access_try import Answer, Trying, trying
from tests.access_world import Data, World
from tests.other_clinic import TWIN, WORD, OtherClinic
from tests.patients import acts
from tests.typed_table import FIELDS

ROWS = rows()
#: One of each kind of person, and whose page it is where the access table gives both the same.
OURS = {
    "patient": None,
    "carer": "patient",
    "discharged": "patient",
    "clinician": None,
    "owner": "clinician",
}
#: The word as far as a person types it: what comes back as typed does not look like a leak.
TYPED = WORD[:-2].lower()

# Who may do what is decided by queries that are the same on both databases.
pytestmark = pytest.mark.slow_on_postgres


@pytest.fixture
def world(curriculum: Ladder) -> World:
    return access_world.build()


@pytest.fixture
def other(world: World) -> OtherClinic:
    return other_clinic.build()


def _ids(other: OtherClinic) -> Data:
    """Their ids, under every name that a view, a form or a query could go by."""
    level = acts.level(other.plan, 2).pk
    rung = acts.rung(other.plan, 2).pk
    people = dict.fromkeys(
        ("lead", "to", "cover", "by", "user", "person", "clinician"), other.zeno.pk
    )
    patient = dict.fromkeys(("pk", "id", "patient", "patient_id"), other.zia.pk)
    plan = dict.fromkeys(("plan", "plan_id", "plans"), other.plan.pk)
    clinic = dict.fromkeys(("clinic", "clinic_id"), other.clinic.pk)
    entry = dict.fromkeys(("practice", "corrects", "entry"), other.entry.pk)
    stands = {
        "stop": other.stop.pk,
        "finding": other.finding.pk,
        "note": other.note.pk,
        "visit": other.visit.pk,
        "seen": other.plan.seen,
    }
    ladder = {"ladder": other.ladder.pk, "level": level, "rung": rung, "goal": rung, "whole": rung}
    rated = {f"activity_{other.activity.pk}": 4}
    return {**people, **patient, **plan, **clinic, **entry, **stands, **ladder, **rated}


def _own_rows(who: str) -> list[Row]:
    """The rows in which this person meets something that nobody before them in ``OURS`` met."""
    like = OURS[who]
    return [row for row in ROWS if like is None or row.outcomes[who] != row.outcomes[like]]


def _both(one: Trying, who: str, **asked: Any) -> Iterator[tuple[str, Any]]:
    """What writes, by htmx too for one person: a guard does not look at how something was sent."""
    yield "plain", one.send(**asked)
    if who == "clinician" and one.row.method == "POST":
        yield "htmx", one.send(htmx=True, **asked)


@pytest.mark.parametrize("who", OURS)
def test_no_answer_holds_a_word_of_another_clinic_nor_changes_a_row_of_it(
    world: World, other: OtherClinic, who: str
) -> None:
    browser = world.browser(who)
    ids = _ids(other)
    before = other_clinic.rows(other.clinic)
    query = urlencode({**ids, "who": "clinic", "name": TYPED, "day": world.cast.harbour.today()})
    faults = []
    for row in _own_rows(who):
        with trying(world, browser, row, lambda: other_clinic.rows(other.clinic)) as one:
            right = access_forms.typed(row.name, world) if row.method == "POST" else {}
            typed = {key: ids[key] for key in ids.keys() - FIELDS.get(row.name, {}).keys()} | right
            asked = {"typed": typed if right or row.method == "POST" else {}}
            for how, answer in _both(one, who, address=f"{one.address()}?{query}", **asked):
                faults += [
                    (row.name, row.method, how, what) for what in _faults(row, who, how, answer)
                ]
                assert answer.observed in (None, before)
    assert faults == []


def _faults(row: Row, who: str, how: str, answer: Any) -> Iterator[str]:
    if WORD in answer.shown:
        yield f"leaked: {answer.shown[answer.shown.index(WORD) - 60 :][:90]}"
    told = row.by_htmx(who) if how == "htmx" else row.outcomes[who]
    if answer.outcome != told and not (row.method == "GET" and answer.outcome in {"404", "422"}):
        yield f"{answer.outcome}, not {told}"


# ---- their ids in an address


def _elsewhere(name: str, other: OtherClinic) -> list[Data]:
    """What stands in the address, one after the other replaced by theirs."""
    pks: Data = {
        "patients": other.zia.pk,
        "plans": other.plan.pk,
        "findings": other.finding.pk,
        "notes": other.note.pk,
        "visits": other.visit.pk,
        "letters": other.letter.pk,
        "stops": other.stop.pk,
        "log": other.entry.pk,
        "today": other.zia.reports.get().pk,
        "phones": other.phone.pk,
        "sign-ins": other.sign_in.pk,
        "people": other.zia.user.pk,
        "carers": other.carer.pk,
        "staff": other.zeno.pk,
        "bands": other.band.pk,
        "templates": other.template.pk,
        "account": other.passkey.pk,
    }
    if name in {"staff_invitation", "staff_invite_again"}:
        pks["staff"] = other.invited.pk
    theirs = {
        "pk": pks.get(access_world.folder(name)),
        "criterion_pk": acts.criteria(other.plan, 2)[0].pk,
        "rung_pk": acts.rung(other.plan, 1).pk,
    }
    parts = access_world.addresses()[name].pattern.regex.groupindex
    return [{key: theirs[key]} for key in parts if key in theirs]


@pytest.mark.parametrize("who", OURS)
def test_no_id_of_another_clinic_in_an_address_opens_or_writes(
    world: World, other: OtherClinic, who: str
) -> None:
    browser = world.browser(who)
    met = {}
    for row in _own_rows(who):
        with trying(world, browser, row) as one:
            for instead in _elsewhere(row.name, other):
                for how, answer in _both(one, who, address=one.address(**instead)):
                    met[row.name, row.method, how, *instead] = answer
    faults = {asked: one.outcome for asked, one in met.items() if _opened(asked, one)}
    assert faults == {}
    assert len(met) > (75 if OURS[who] is None else 0)


def _opened(asked: tuple[str, ...], answer: Answer) -> bool:
    name, _method, _how, *instead = asked
    closed = {"in", "403", "404"}
    if instead != ["pk"]:
        # A plan of ours, with a rung or a criterion of another ladder; to take that off is nothing.
        closed |= {"422"} | ({"303", "200"} if name == "untick" else set())
    return answer.outcome not in closed or WORD in answer.shown


def test_no_link_of_another_clinic_shows_the_staff_whose_it_is(
    world: World, other: OtherClinic
) -> None:
    token = links.url(other.zia.user.phone_link).rstrip("/").rpartition("/")[2]
    for row in (row for row in ROWS if row.name == "phone_link"):
        with trying(world, world.browser("owner"), row) as one:
            for _how, answer in _both(one, "owner", address=reverse("phone_link", args=[token])):
                assert answer.outcome == "410"
                assert WORD not in answer.shown


# ---- their ids in a form


#: The addresses whose form names a level.
OF_LEVEL = (
    "prescribe",
    "sign_proposal",
    "choose_level",
    "borrow",
    "paper",
    "paper_week",
    "my_level",
    "draft",
)


#: The addresses whose form makes a template.
OF_TEMPLATE = ("plan_template_new", "keep_as_template")


def _forms(world: World, other: OtherClinic) -> dict[str, list[Data]]:
    """What a form is filled in with instead."""
    level = acts.level(other.plan, 2).pk
    rung = acts.rung(other.plan, 2).pk
    theirs = [one.pk for one in acts.criteria(other.plan, 2)]
    zeno = other.zeno.pk
    ours = [one.pk for one in acts.criteria(world.cast.plan, 2)]
    until = world.cast.harbour.today() + timedelta(days=3)
    return {
        **{name: [{"level": level}] for name in OF_LEVEL},
        # Without a number: what is told of the body is kept even if the log is refused.
        "log_day": [{"level": level, "pain": ""}, {"corrects": other.entry.pk, "pain": ""}],
        **{name: [{"cover": zeno}] for name in ("cover", "staff_cover")},
        "patient_new": [{"lead": zeno}],
        "patient_edit": [{"lead": zeno}],
        "hand_over": [{"to": zeno}],
        **{name: [{"after": other.band.pk}] for name in ("bands", "band")},
        "assign": [{"goal": rung}, {"ladder": other.ladder.pk}],
        **{name: [{"goal_rung": rung}] for name in OF_TEMPLATE},
        "template_dose": [{"level": level}],
        "goal": [{"goal_rung": rung}],
        "place": [{"criteria": theirs}, {"criteria": [*ours, *theirs]}],
        "decide": [{"seen": other.plan.seen}],
        "not_yet": [{"seen": other.plan.seen}],
        "stop_answer": [
            {"action": "lower", "level": level, "until": until},
            {"action": "withdraw", "rung": rung},
        ],
        "assess": [
            {"criterion": theirs},
            {"criterion": [*ours, *theirs]},
            {"rung": rung, "reason": "Seen."},
            {"level": level},
            {"borrow": level, "borrow_until": until},
        ],
    }


@pytest.mark.parametrize("who", ["patient", "clinician", "owner"])
def test_no_id_of_another_clinic_in_a_form_is_taken(
    world: World, other: OtherClinic, who: str
) -> None:
    browser = world.browser(who)
    forms = _forms(world, other)
    met = {}
    for row in _written_by(who, forms):
        with trying(world, browser, row) as one:
            for nth, instead in enumerate(forms[row.name]):
                typed = {**access_forms.typed(row.name, world), **instead}
                for how, answer in _both(one, who, typed=typed):
                    met[row.name, how, nth] = answer
    assert met
    assert {asked: one.outcome for asked, one in met.items() if _taken(one)} == {}


def _written_by(who: str, forms: dict[str, list[Data]]) -> list[Row]:
    """The rows in which this person's form writes something."""
    posts = [row for row in ROWS if row.method == "POST" and row.name in forms]
    return [row for row in posts if row.outcomes[who].endswith("*")]


def _taken(answer: Answer) -> bool:
    return answer.outcome not in {"422", "404"} or WORD in answer.shown


def test_the_number_of_another_clinics_form_stands_for_nothing(
    world: World, other: OtherClinic
) -> None:
    """A form has a number so that it is saved once: per plan, not for everybody."""
    for row in (
        row for row in ROWS if (row.name, row.method) in {("log_day", "POST"), ("paper", "POST")}
    ):
        who = "patient" if row.name == "log_day" else "clinician"
        with trying(world, world.browser(who), row) as one:
            typed = access_forms.typed(row.name, world) | {"client_id": other.entry.client_id}
            assert one.send(typed=typed).outcome == "303*"


# ---- names, searched for and typed

SEARCHES = [
    {"who": "clinic"},
    {"who": "clinic", "show": "needs"},
    {"who": "clinic", "rung": "RUNG"},
    {"who": "clinic", "after": "AFTER"},
    {"who": "mine", "after": "AFTER"},
    {"q": TYPED},
    {"q": TYPED.upper()},
    {"q": "zi"},
    {"q": "tyra"},
    {"q": "tyra", "after": " tyra a_1"},
    {"q": "zebrafi", "who": "clinic", "after": " a_1"},
]


def _searched(
    browser: Client, asked: dict[str, str], other: OtherClinic, how: dict[str, str]
) -> Any:
    cursor = Cursor(CaseloadPlace.STOP, other.stop.at - timedelta(days=30), 0)
    filled = {"RUNG": acts.rung(other.plan, 2).slug, "AFTER": str(cursor)}
    wanted = {key: filled.get(word, word) for key, word in asked.items()}
    if "q" in asked:
        return browser.post(reverse("caseload"), wanted, headers=how, follow=True)
    return browser.get(reverse("caseload"), wanted, headers=how)


def test_a_caseload_finds_its_own_clinics_people_alone(world: World, other: OtherClinic) -> None:
    theirs = Client()
    faults = []
    theirs.force_login(other.zeno)
    ours = [world.browser(who) for who in ("clinician", "colleague", "owner")]
    for asked in SEARCHES:
        for how in ({}, {"HX-Request": "true"}):
            for browser in ours:
                if _names_them(_searched(browser, asked, other, how)):
                    faults.append((asked, how))
            assert _names_them(_searched(theirs, asked, other, how)), asked
    assert faults == []


def _names_them(answer: Any) -> bool:
    page = answer.content.decode()
    return WORD in page or TWIN in page


def test_a_name_of_another_clinic_is_no_namesake(world: World, other: OtherClinic) -> None:
    for name in (TWIN, f"Zia {WORD}"):
        answer = world.browser("clinician").post(
            reverse("patient_new"), {"name": name, "lead": world.cast.elin.pk}
        )
        assert answer.status_code == 303


def test_the_word_is_all_over_the_pages_of_its_own_clinic(world: World, other: OtherClinic) -> None:
    theirs = Client()
    theirs.force_login(other.owner)
    shown = {
        row.name
        for row in ROWS
        if row.method == "GET"
        for instead in _elsewhere(row.name, other)[:1]
        if WORD in theirs.get(access_world.address(row.name, world, **instead)).content.decode()
    }
    assert len(shown) > 25
    assert {"chart", "decisions", "practice_history", "thread", "intake", "visit_note"} <= shown
