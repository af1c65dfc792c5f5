"""Types bad input into every form.

The answer must show a sentence at the field, keep the input, save nothing, and not break.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from accounts import links
from curriculum.models import Ladder
from patients.verbs import stops as stop_verbs
from tests import access_arranged, access_forms, access_world
from tests.access_table import rows
from tests.access_world import World
from tests.accounts import steps
from tests.accounts.phones import code_of
from tests.factories import PASSWORD
from tests.patients.acts import OF_THE_BODY, everything
from tests.patients.phone import phone_of
from tests.typed_kinds import SCRIPT, Kind
from tests.typed_table import BUTTONS, FIELDS

POSTS = {row.name: row for row in rows() if row.method == "POST"}
PIN = "2580"
#: Each field of a form with what is typed into it, one after the other.
Tries = Iterator[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Form:
    """A form with the right values, in the browser of a person who may send it."""

    browser: Client
    address: str
    right: dict[str, Any]
    fields: dict[str, Kind]


def _may(world: World, name: str) -> Client:
    outcomes = POSTS[name].outcomes
    who = next(
        column
        for column in ("nobody", "patient", "clinician", "owner")
        if outcomes[column].strip("*") in {"200", "303"}
        or (name, column) in {("mfa_add_webauthn", "clinician"), ("open_code", "nobody")}
    )
    return _browser(world, who)


def _browser(world: World, who: str) -> Client:
    person = world.people[who]
    browser = phone_of(person.patient) if person and person.is_patient else Client()
    if person and not person.is_patient:
        browser.force_login(person)
        steps.prove(browser, person)
    browser.raise_request_exception = False
    return browser


def _answered(world: World) -> None:
    stop_verbs.answer(stop=world.stop, by=world.cast.elin, action="carry_on", word="Fine.")


#: What a form needs beside what ``access_world`` arranges.
BEFORE: dict[str, Callable[[World], Any]] = {
    "mfa_authenticate": lambda world: steps.app_of(world.cast.omar),
    "phone_link": lambda world: links.set_pin(world.cast.maya.user, PIN),
    "open_code": lambda world: links.set_pin(world.cast.maya.user, PIN),
    "ask_review": _answered,
    "my_level": _answered,
}


def filled_in(world: World, name: str) -> Form:
    access_arranged.arrange(name, "POST", world)
    if name in BEFORE:
        BEFORE[name](world)
    browser = _may(world, name)
    address = access_world.address(name, world)
    fields = FIELDS[name]
    right = access_forms.typed(name, world)
    if name == "phone_link":
        right = {"pin": PIN}
    if name == "open_code":
        right = {"code": code_of(world.cast.maya.user), "pin": PIN}
    if name == "mfa_authenticate":
        browser.post(reverse("account_login"), access_forms.typed("account_login", world))
    if name == "account_reset_password_from_key":
        address = browser.get(address)["Location"]
        right = {"password1": PASSWORD + "!"}
    if name in {"rate", "discharge"}:
        mine = [f"activity_{activity.pk}" for activity in world.cast.maya.activities.all()]
        right = {key: right[key] for key in mine}
        fields = dict.fromkeys(mine, fields["activity"])
    return Form(browser, address, right, fields)


@contextmanager
def _undone(browser: Client) -> Iterator[None]:
    start = transaction.savepoint()
    cookies = dict(browser.cookies)
    cache.clear()
    yield
    transaction.savepoint_rollback(start)
    browser.cookies.clear()
    browser.cookies.update(cookies)


def test_every_form_of_the_product_is_in_the_table() -> None:
    assert FIELDS.keys() | BUTTONS == POSTS.keys()
    assert not FIELDS.keys() & BUTTONS


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_whatever_is_typed_comes_back_with_a_sentence_or_is_taken_whole(
    curriculum: Ladder, name: str
) -> None:
    _type(name, _in_turn)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_all_that_can_be_typed_comes_back_or_is_taken_whole(curriculum: Ladder, name: str) -> None:
    _type(name, _all)


def _type(name: str, chosen: Callable[[str, dict[str, Kind]], Tries]) -> None:
    world = access_world.build()
    form = filled_in(world, name)
    before = everything()
    wrong: list[tuple[str, str, str]] = []
    for field, tries in chosen(name, form.fields):
        repeated: list[Any] = [form.right.get(field, "1"), "x\x00"]
        for typed in (*tries, repeated):
            with _undone(form.browser):
                answer = form.browser.post(form.address, {**form.right, field: typed})
                faults = _faults(answer, form, field, typed)
                if answer.status_code == 422 and _rows(everything(), name) != _rows(before, name):
                    faults.append("half-saved")
                wrong += [(field, str(typed)[:40], fault) for fault in faults]
    assert wrong == []


def _in_turn(name: str, fields: dict[str, Kind]) -> Tries:
    """Into each field two of what its kind may be sent: all of it over all forms.

    PostgreSQL gets the next two.
    """
    begin = sorted(FIELDS).index(name) + (connection.vendor != "sqlite")
    turns: Counter[Kind] = Counter()
    for field, kind in fields.items():
        tries = (*kind.refused, *kind.survived)
        half = (len(tries) + 1) // 2
        yield field, tries[(begin + turns[kind]) % half :: half]
        turns[kind] += 1


def _all(name: str, fields: dict[str, Kind]) -> Tries:
    for field, kind in fields.items():
        yield field, (*kind.refused, *kind.survived)


def _rows(tables: dict[str, list[str]], form: str) -> dict[str, list[str]]:
    """The tables that a refusal must not change.

    It may write an audit event, and count a try of a PIN. What a log tells of the body is kept.
    """
    told = OF_THE_BODY if form == "log_day" else set()
    return {
        name: rows
        for name, rows in tables.items()
        if name not in {"accounts_event", "accounts_phonelink", *told}
    }


def _faults(answer: Any, form: Form, field: str, typed: Any) -> list[str]:
    """What is wrong with the answer to a form in which only one field was bad."""
    kind = form.fields[field]
    status = answer.status_code
    faults = ["raw markup"] if SCRIPT in answer.content.decode() else []
    # Only an id that the page made itself can lead nowhere.
    allowed = (
        {422}
        if typed in kind.refused
        else {200, 303, 422} | (set() if kind.refused or kind.kept else {404})
    )
    if status not in allowed:
        faults.append(f"answered {status}")
    return (
        [*faults, *_unsaid(answer, kind, field, typed), *_lost(answer, form, field, typed)]
        if status == 422
        else faults
    )


def _unsaid(answer: Any, kind: Kind, field: str, typed: Any) -> Iterator[str]:
    """Sentences that the page does not show, or shows at another field."""
    body = answer.content.decode()
    errors = _errors(answer)
    yield from (f"unsaid: {text[:80]}" for _, text in errors if escape(text) not in body)
    if typed in kind.refused and errors and field not in dict(errors):
        yield f"said beside {sorted(dict(errors))}"
    if 'data-tone="stop"' not in body:
        yield "no sentence"


def _errors(answer: Any) -> list[tuple[str, str]]:
    """The errors of the forms of the page, as pairs of field and sentence."""
    wrong = [(name, texts) for form in _forms(answer) for name, texts in form.errors.items()]
    return [(name, str(text)) for name, texts in wrong for text in texts]


def _forms(answer: Any) -> list[BaseForm]:
    contexts = [part.flatten() for part in answer.context or [] if hasattr(part, "flatten")]
    shown = [value for part in contexts for value in part.values()]
    return list(
        {
            id(value): value for value in shown if isinstance(value, BaseForm) and value.is_bound
        }.values()
    )


def _lost(answer: Any, form: Form, field: str, typed: Any) -> Iterator[str]:
    """Fields whose input did not come back."""
    expected = {**form.right, field: typed if form.fields[field].kept else None}
    for name, value in expected.items():
        if isinstance(value, str) and not _kept(answer.content.decode(), name, value):
            yield f"lost {name}"


def _kept(body: str, name: str, value: str) -> bool:
    shown = (value, value.strip(), " ".join(value.split()))
    return (
        "password" in name
        or name in {"pin", "done-1", "client_id"}
        or any(escape(text) in body for text in shown)
    )


# ---- what is taken as it is


#: Everything that is written down by one and read by another, in an order in which all of it can
#: happen.
WRITTEN = [
    "clinic",
    "patient_edit",
    "staff_invite",
    "intake",
    "activities",
    "stop_answer",
    "finding",
    "prescribe",
]
WRITTEN += [
    "choose_level",
    "not_yet",
    "thread",
    "my_messages",
    "ask_review",
    "paper",
    "log_day",
    "withdraw",
    "my_pause",
]


def test_markup_that_was_typed_is_shown_as_it_was_typed(curriculum: Ladder) -> None:
    world = access_world.build()
    for name in WRITTEN:
        browser = _may(world, name)
        right = access_forms.typed(name, world)
        words = {
            field: f"{SCRIPT}{field}"
            for field, kind in FIELDS[name].items()
            if kind.kept and SCRIPT in kind.survived
        }
        answer = browser.post(access_world.address(name, world), {**right, **words})
        assert answer.status_code == 303, (name, _errors(answer))
    pages = list(_pages(world))
    assert [where for where, page in pages if SCRIPT in page] == []
    assert sum(page.count(escape(SCRIPT)) for _, page in pages) > 40


def _pages(world: World) -> Iterator[tuple[tuple[str, str], str]]:
    """Every page of the product, for each person who may see it."""
    for row in rows():
        for who in ("patient", "clinician", "owner"):
            if row.method == "GET" and row.outcomes[who] == "200":
                answer = _browser(world, who).get(access_world.address(row.name, world))
                yield (row.name, who), answer.content.decode()
