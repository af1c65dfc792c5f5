"""Signs that nobody sees are left out wherever something is typed: in every form of the product, in
what is searched for, and in the questions of a command."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import typed
from accounts.models import Clinic, User
from curriculum.models import Ladder
from patients.models import Patient
from tests import access_forms, access_world
from tests.access_world import World
from tests.cast import Cast
from tests.patients.caseloads import listed
from tests.patients.clinic_pages import browser
from tests.test_bad_input import filled_in
from tests.typed_kinds import Kind
from tests.typed_table import FIELDS

#: Control characters, bidirectional controls, signs without a width, separators of lines.
UNSEEN = (
    "\x07\x1b\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    "\u200b\u2060\ufeff\u00ad\u3164"
)
BREAKS = "\u2028\u2029\x0b\x0c\x85"
HOSTILE = f"Jo{UNSEEN}hn{BREAKS}Roe"


def test_a_line_is_one_line_and_a_text_keeps_its_lines() -> None:
    assert typed.line(f"  {HOSTILE}\r\n\t2\x00 ") == "John Roe 2"
    assert typed.text(f" {HOSTILE}\r\n\t2\r3\x00 ") == "John\n\n\n\n\nRoe\n 2\n3"
    assert typed.line(None) == typed.text(None) == ""


@pytest.mark.parametrize(
    "kept", ["علی\u200cرضا", "👩\u200d⚕\ufe0f Kim", "क्\u200dष", "葛\U000e0100城", "Nguyễn", "محمد"]
)
def test_joiners_stay_where_a_script_needs_them(kept: str) -> None:
    assert typed.line(kept) == typed.text(kept) == kept


def test_a_joiner_between_latin_letters_makes_no_second_name() -> None:
    assert typed.line("Ma\u200dya\u200c Roos\u200d") == "Maya Roos"
    assert typed.line("Ma\u0308rta") == "M\u00e4rta"


@settings(max_examples=300)
@given(st.text(st.sampled_from(UNSEEN + BREAKS + "\u200c\u200d") | st.characters()))
def test_nothing_unseen_is_left_of_whatever_was_typed(text: str) -> None:
    for clean, may in ((typed.line, ""), (typed.text, "\n")):
        kept = clean(text)
        assert clean(kept) == kept
        assert [
            sign for sign in kept if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"}
        ] == [sign for sign in kept if sign in may]
        assert not set(kept) & set(UNSEEN)
        kept.encode()


# ---- every form, through the front door


def _is_text(kind: Kind) -> bool:
    """Whether the field takes words as they come."""
    return kind.kept and any("\u202e" in sample for sample in kind.survived)


FORMS = sorted(name for name, fields in FIELDS.items() if any(map(_is_text, fields.values())))


def _columns() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.name)
        for app in ("accounts", "patients", "law")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    ]


def _written_anywhere() -> dict[str, str]:
    """Every text of the database that holds a sign that nobody sees, by its column."""
    forbidden = set(UNSEEN + BREAKS)
    return {
        f"{model.__name__}.{name}": str(text)
        for model, name in _columns()
        for text in model._default_manager.values_list(name, flat=True)
        if forbidden & set(str(text))
    }


@pytest.mark.parametrize("name", FORMS)
def test_no_form_lets_an_unseen_sign_into_the_record(curriculum: Ladder, name: str) -> None:
    form = filled_in(access_world.build(), name)
    # The name that confirms an erasure is compared as it is typed.
    texts = [field for field, kind in form.fields.items() if _is_text(kind) and field != "typed"]
    said = {**form.right, **dict.fromkeys(texts, HOSTILE)}
    answer = form.browser.post(form.address, said)
    assert answer.status_code in {200, 303}, answer.content.decode()[:2000]
    assert _written_anywhere() == {}
    # The word of a ladder that is taken up is kept where it is offered to nobody new.
    if name not in {"assess_suggest", "ask_review", "caseload", "take_up"}:
        assert _holds("John"), "nothing was written"


def _holds(words: str) -> bool:
    return any(
        words in str(text)
        for model, name in _columns()
        for text in model._default_manager.values_list(name, flat=True)
    )


def test_what_the_body_tells_is_kept_without_them(curriculum: Ladder) -> None:
    world: World = access_world.build()
    for name, field in (("report", "words"), ("log_day", "words")):
        form = filled_in(world, name)
        right: Any = access_forms.typed(name, world)
        form.browser.post(form.address, {**right, field: HOSTILE, "kind": "other"})
    assert _holds("John")
    assert _written_anywhere() == {}


def test_lines_that_are_read_closely_lose_them_too(cast: Cast) -> None:
    said = {
        "name": "Astrid Alm",
        "lead": cast.elin.pk,
        "phone": "\u202d070 174\u200e 06 18\u202c",
        "email": "\u200bastrid@example.org\ufeff",
        "number": "\u206620601\u2069",
    }
    assert browser(cast.elin).post(reverse("patient_new"), said).status_code == 303
    astrid = Patient.objects.get(number="20601")
    assert (astrid.phone, astrid.email) == ("+46701740618", "astrid@example.org")


def test_a_name_copied_with_them_is_found_and_offered_without_them(cast: Cast) -> None:
    assert listed(cast.elin, q="\u2066ma\u200bya\u2069") == ["Maya Roos"]
    elin = browser(cast.elin)
    nobody = elin.post(reverse("caseload"), {"q": "\u202eZoe\u202c Zorn"}, follow=True)
    page = elin.get(f"{reverse('patient_new')}?look={nobody.context['filters'].look}")
    assert 'value="Zoe Zorn"' in page.content.decode()


@pytest.mark.django_db
def test_the_command_that_makes_a_clinic_leaves_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    call_command(
        "create_clinic",
        name="North\u202efield\u200b Physio",
        phone="555 0142",
        time_zone="Europe/Stockholm",
        owner_name="Olga\u2028Berg\x07",
        owner_email="olga@northfield.example\u200b",
        stdout=io.StringIO(),
    )
    assert Clinic.objects.get().name == "Northfield Physio"
    assert (User.objects.get().name, User.objects.get().email) == (
        "Olga Berg",
        "olga@northfield.example",
    )
