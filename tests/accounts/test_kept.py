"""A kept part of a page shows what it was given and nothing of the page or person before."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.templatetags import kept
from tests import house, template_names
from tests.cast import Cast
from tests.patients.phone import phone_of

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def shown(**values: Any) -> str:
    """The part that says when a page is old, as a page shows it."""
    names = " ".join(f"{name}={name}" for name in values)
    page = engines["django"].from_string(f'{{% kept "patients/today/_cues.html" {names} %}}')
    return " ".join(page.render({**values, "user": "Maya"}).split())


def test_other_values_are_another_part_and_the_same_are_written_once() -> None:
    kept.written.cache_clear()
    first = shown(lines=("Soft knees.",))
    assert "<li>Soft knees.</li>" in first
    assert "<li>Flat back.</li>" in shown(lines=("Flat back.",))
    assert shown(lines=("Soft knees.",)) == first
    assert kept.written.cache_info().misses == 2


def test_words_that_are_safe_make_those_of_a_person_no_safer() -> None:
    page = engines["django"].from_string('{% kept "patients/today/_lead.html" days=days %}')
    assert "<b>x</b>" in page.render({"days": SafeString("<b>x</b>")})
    assert "&lt;b&gt;x&lt;/b&gt;" in page.render({"days": "<b>x</b>"})


def test_what_somebody_sends_at_length_fills_no_memory() -> None:
    kept.written.cache_clear()
    for number in range(3):
        assert f"{number}<" in shown(lines=("x" * 3000 + str(number),))
    assert kept.written.cache_info().currsize == 0


def test_words_that_were_typed_into_the_door_are_not_kept(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    kept.written.cache_clear()
    typed = "A word of mine. " * 80
    answer = phone.post(reverse("ask_review"), {"words": typed})
    assert answer.status_code == 422
    assert typed[:1000] in answer.content.decode()
    kept_before = kept.written.cache_info().currsize
    phone.post(reverse("ask_review"), {"words": typed + "And one more."})
    assert kept.written.cache_info().currsize == kept_before


@pytest.mark.parametrize(
    "value", [datetime(2026, 11, 28, 9, tzinfo=UTC), ["a list"]], ids=["moment", "list"]
)
def test_what_hangs_on_the_hour_or_may_change_is_not_kept(value: object) -> None:
    with pytest.raises(TypeError):
        shown(lines=value)
    assert shown(lines=(date(2026, 11, 28),))


def _tokens(phone: Client) -> set[str]:
    page = phone.get(reverse("today")).content.decode()
    return set(TOKEN.findall(page))


def test_a_form_in_a_kept_part_sends_the_token_of_its_own_page(cast: Cast) -> None:
    """Two phones show the same part, and each can send its form."""
    phones = [phone_of(cast.maya), phone_of(cast.maya)]
    for phone in phones:
        phone.handler.enforce_csrf_checks = True
    (first,), (second,) = map(_tokens, phones)
    assert first != second
    for phone, token in zip(phones, (first, second), strict=True):
        sent = phone.post(reverse("ask_review"), {"words": "", "csrfmiddlewaretoken": token})
        assert sent.status_code == 303, token
        taken_back = phone.post(reverse("take_back_review"), {"csrfmiddlewaretoken": token})
        assert taken_back.status_code == 303


#: Names that a kept part may do without: what is shown only where a form came back, or an id that
#: a part of it has elsewhere.
LEFT_OUT = {"error", "id", "problem"}


def test_every_name_that_a_kept_part_looks_up_is_given_to_it() -> None:
    """One that is not given reads as empty, also where the page around it has it."""
    pages = [str(path.relative_to(house.ROOT / "templates")) for path in house.templates()]
    tags = [(page, tag) for page in pages for tag in template_names.kept(page)]
    assert len(tags) > 40
    for page, tag in tags:
        used = template_names.used(tag.name)
        assert (page, tag.name, used - set(tag.names) - LEFT_OUT) == (page, tag.name, set())
        assert (page, tag.name, set(tag.names) - used) == (page, tag.name, set())
