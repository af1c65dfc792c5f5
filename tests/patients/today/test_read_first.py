"""Words that somebody reads first, wherever a patient types them: the patient sees at once where to
get help, the clinic sees the words before others, and nothing is made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic
from patients.models import Message, PatientSummary, Pause, Practice, ReviewRequest, Stop
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from patients.verbs import plan as plan_verbs
from tests import access_table
from tests.cast import Cast
from tests.patients import acts
from tests.patients.phone import phone_of, save, sheet
from tests.typed_table import FIELDS

HTMX = {"HX-Request": "true"}
TELLING = "I can’t pee since Tuesday. The stick helps."
DARK = "I want to end my life"
LIST = "You cannot hold your poo or feel it come"


class Typed(NamedTuple):
    """Where a patient types words that a column keeps: an address, a field, the other fields."""

    address: str
    field: str
    others: Callable[[Client], dict[str, Any]] = lambda phone: {}


#: Every column of words that a patient types, and after a comma where else.
BY_THE_PATIENT: dict[str, Typed] = {
    "Message.text": Typed("my_messages", "text"),
    "Practice.note": Typed("log_day", "note", lambda phone: sheet(phone) | {"done-1": "1"}),
    "Pause.reason": Typed("my_pause", "words", lambda phone: {"reason": "ill"}),
    "ReviewRequest.words": Typed("ask_review", "words"),
    "Report.words": Typed("report", "words"),
    "Report.words, with a log": Typed(
        "log_day", "words", lambda phone: sheet(phone) | {"done-1": "1", "kind": "other"}
    ),
}
#: Every other column of words: only the clinic types them, or the product itself. A name, which the
#: patient may put right, is no message.
BY_THE_CLINIC = {
    "Activity.words",
    "Band.name",
    "Finding.words",
    "FirstVisit.set_aside",
    "Intake.goal",
    "Intake.reason",
    "Letter.addressee",
    "Letter.text",
    "Letter.why",
    "Letter.words",
    "LevelChoice.reason",
    "LookedAgain.words",
    "NotOffered.ladder",
    "PlanTemplate.name",
    "TemplateDose.word",
    "PainLimits.reason",
    "PainLimits.second",
    "Patient.email",
    "Patient.formal_name",
    "Patient.name",
    "Patient.number",
    "Patient.other_phone",
    "Patient.phone",
    "Patient.referral_note",
    "Plan.end_reason",
    "PracticeFeed.token_digest",
    "Precaution.note",
    "Prescription.max_depth",
    "Prescription.reason",
    "Prescription.why_more",
    "Prescription.word",
    "RecordNote.text",
    "Review.note",
    "ReviewTick.why",
    "Screening.examined_by",
    "Screening.finding",
    "Screening.travels",
    "Screening.words",
    "ScreeningItem.note",
    "StopAnswer.finding",
    "StopAnswer.word",
    "StopTry.words",
    "Tick.why",
    "UsualPain.word",
    "VisitFeed.token_digest",
    "Withdrawal.reason",
    "Withdrawal.to_patient",
}
#: Names of columns that hold a key, or what another column says.
KEYS = {"client_id", "judged", "key", "reason_for", "same_as", "sorts_as", "spelling", "variant"}


def _holds_words(model: type[models.Model], field: Any) -> bool:
    if field.name in KEYS:
        return False
    erasable = field.name in getattr(model, "erasable", ())
    return erasable or (
        isinstance(field, models.CharField | models.TextField) and not field.choices
    )


def _columns_of_words() -> set[str]:
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("patients").get_models()
        for field in model._meta.concrete_fields
        if _holds_words(model, field)
    }


def _text_fields_of_patients() -> set[tuple[str, str]]:
    """Every field for text on a form that a patient may send."""
    for_patients = {
        row.name
        for row in access_table.rows()
        if row.method == "POST" and row.outcomes["patient"].strip("*") in {"200", "303"}
    }
    return {
        (address, name)
        for address in for_patients & FIELDS.keys()
        for name, kind in FIELDS[address].items()
        if kind.words
    }


def _columns_of_patients() -> set[str]:
    return {name.partition(",")[0] for name in BY_THE_PATIENT}


def test_every_column_of_words_says_who_types_it() -> None:
    """A new one fails here until somebody has decided whether a patient types it."""
    assert _columns_of_words() == _columns_of_patients() | BY_THE_CLINIC


def test_every_field_for_words_on_a_patients_form_is_looked_through_below() -> None:
    typed = {(where.address, where.field) for where in BY_THE_PATIENT.values()}
    assert typed == _text_fields_of_patients()


def _address(cast: Cast, where: Typed) -> str:
    on_a_day = where.address == "log_day"
    return reverse(where.address, args=[cast.harbour.today()] if on_a_day else [])


def _send(cast: Cast, where: Typed, text: str, phone: Client | None = None, **more: Any) -> Any:
    phone = phone or phone_of(cast.maya)
    data = where.others(phone) | {where.field: text}
    return phone.post(_address(cast, where), data, **more)


def _shown(phone: Client) -> str:
    return phone.get(reverse("read_first")).content.decode()


@pytest.mark.parametrize("column", BY_THE_PATIENT)
def test_telling_words_lead_to_get_help_at_once_and_reach_the_clinic_once(
    cast: Cast, column: str
) -> None:
    phone = phone_of(cast.maya)
    answer = _send(cast, BY_THE_PATIENT[column], TELLING, phone)
    assert (answer.status_code, answer["Location"]) == (303, reverse("read_first"))
    page = _shown(phone)
    assert page.count(LIST) == 2  # also in the header, as on every page
    assert "Elin sees them before other messages" in page
    assert "Please talk to somebody now" not in page
    message = Message.objects.get()
    assert (message.read_first, message.text) == (True, TELLING)


@pytest.mark.parametrize("column", BY_THE_PATIENT)
def test_everyday_words_lead_where_they_always_did(cast: Cast, column: str) -> None:
    phone = phone_of(cast.maya)
    answer = _send(cast, BY_THE_PATIENT[column], "The stick helps.", phone)
    assert answer["Location"] != reverse("read_first")
    assert not Message.objects.filter(read_first=True).exists()
    assert phone.get(reverse("read_first"))["Location"] == reverse("today")


@pytest.mark.parametrize(
    "text", ["Jag kan inte kissa", "No puedo orinar", "Wasserlassen geht nicht"]
)
def test_every_language_is_looked_through(cast: Cast, text: str) -> None:
    _send(cast, BY_THE_PATIENT["Message.text"], text)
    assert Message.objects.get().read_first


def test_a_hit_makes_no_stop_no_band_no_mail_and_closes_nothing(
    cast: Cast, mailoutbox: list[Any]
) -> None:
    phone = phone_of(cast.maya)
    save(phone, cast.harbour.today(), note=TELLING)
    entry = Practice.objects.get()
    assert (entry.band, entry.note) == (None, TELLING)
    assert not Stop.objects.exists()
    assert mailoutbox == []
    assert phone.get(reverse("today")).status_code == 200
    acts.tick_all(cast.plan, 1, cast.elin)


def test_with_scripts_the_phone_opens_the_same_page(cast: Cast) -> None:
    for column in ("Practice.note", "Message.text"):
        answer = _send(cast, BY_THE_PATIENT[column], TELLING, headers=HTMX)
        assert answer["HX-Redirect"] == reverse("read_first"), column
        assert answer.content == b""


def test_the_page_leads_on_to_where_the_form_would_have_led(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    _send(cast, BY_THE_PATIENT["Message.text"], TELLING, phone)
    assert f'href="{reverse("my_messages")}#newest"' in _shown(phone)


def test_words_of_self_harm_get_their_own_text_and_the_crisis_number(cast: Cast) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(
        crisis_number="90 101", emergency_text="Ring 112."
    )
    phone = phone_of(cast.maya)
    _send(cast, BY_THE_PATIENT["Message.text"], DARK, phone)
    page = _shown(phone)
    own = page[page.index('<main id="main"') :]
    assert "Please talk to somebody now" in own
    assert 'href="tel:90101"' in own
    assert "Ring 112." in own
    assert LIST not in own
    assert "back" not in own.replace("background", "").lower()
    assert Message.objects.get().read_first


def test_the_crisis_number_stands_before_the_emergency_number(cast: Cast) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(crisis_number="90101", emergency_number="112")
    phone = phone_of(cast.maya)
    _send(cast, BY_THE_PATIENT["Message.text"], DARK, phone)
    own = _shown(phone).partition('<main id="main"')[2]
    assert own.index('href="tel:90101"') < own.index('href="tel:112"')
    assert "Call the clinic" not in own


def test_without_a_crisis_number_the_emergency_number_stands_alone(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    _send(cast, BY_THE_PATIENT["Message.text"], DARK, phone)
    page = _shown(phone)
    assert "call the emergency number" in page
    assert "Talk to somebody, " not in page


def test_both_kinds_of_words_get_both_texts_the_own_one_first(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    _send(cast, BY_THE_PATIENT["Message.text"], f"{DARK}. {TELLING}", phone)
    own = _shown(phone).partition('<main id="main"')[2]
    assert own.index("Please talk to somebody now") < own.index(LIST)


def _refused_log(cast: Cast, phone: Client, **more: Any) -> Any:
    """A sheet with repetitions that are no number."""
    wrong = sheet(phone) | {"done-1": "1", "reps-1": "many", "note": TELLING}
    address = reverse("log_day", args=[cast.harbour.today()])
    return phone.post(address, wrong, **more)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refused_form_shows_the_list_keeps_the_words_and_passes_them_on(
    cast: Cast, headers: dict[str, str]
) -> None:
    phone = phone_of(cast.maya)
    answer = _refused_log(cast, phone, headers=headers)
    assert answer.status_code == 422
    own = answer.content.decode().partition('<main id="main"')[2]
    assert LIST in own
    assert "I can’t pee since Tuesday" in own
    assert not Practice.objects.exists()
    assert Message.objects.get().text == TELLING


def test_what_was_passed_on_and_then_saved_is_one_message(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    _refused_log(cast, phone)
    _refused_log(cast, phone)
    save(phone, cast.harbour.today(), note=TELLING)
    _send(cast, BY_THE_PATIENT["ReviewRequest.words"], TELLING, phone)
    assert Message.objects.get().practice == Practice.objects.get()
    message_verbs.mark_read(plan=cast.plan, by=cast.elin)
    _send(cast, BY_THE_PATIENT["ReviewRequest.words"], TELLING, phone)
    assert Message.objects.filter(read_at=None).count() == 1


def test_a_text_too_long_for_a_message_reaches_the_clinic_by_its_telling_sentence(
    cast: Cast,
) -> None:
    text = "It was a long day. " * 100 + "I cannot pee! " + "Thanks. " * 100
    answer = _send(cast, BY_THE_PATIENT["Message.text"], text)
    assert answer.status_code == 422
    assert Message.objects.get().text == "I cannot pee"


def test_words_for_a_request_that_is_open_already_are_passed_on(cast: Cast) -> None:
    plan_verbs.request_review(plan=cast.plan, by=cast.maya.user, words="It feels easy.")
    _send(cast, BY_THE_PATIENT["ReviewRequest.words"], TELLING)
    assert ReviewRequest.objects.get().words == "It feels easy."
    assert Message.objects.get().text == TELLING


def test_the_reason_of_a_pause_stays_with_the_pause_too(cast: Cast) -> None:
    _send(cast, BY_THE_PATIENT["Pause.reason"], TELLING)
    assert Pause.objects.get().reason == f"Ill: {TELLING}"


def test_somebody_let_go_sees_the_list_and_that_nobody_reads(cast: Cast) -> None:
    phone = phone_of(cast.maya)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = _send(cast, BY_THE_PATIENT["Message.text"], TELLING, phone)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert LIST in page.partition('<main id="main"')[2]
    assert "Nothing was sent" in page
    assert not Message.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["plain", "htmx"])
def test_a_log_sent_after_the_plan_has_ended_shows_the_list_and_what_was_typed(
    cast: Cast, headers: dict[str, str]
) -> None:
    phone = phone_of(cast.maya)
    given = sheet(phone)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    address = reverse("log_day", args=[cast.harbour.today()])
    late = phone.post(address, given | {"note": TELLING}, headers=headers)
    assert late.status_code == 422
    whole = late.content.decode()
    shown = whole.partition('<main id="main"')[2] or whole
    for words in (LIST, "Nothing was saved", "pee since Tuesday"):
        assert words in shown
    assert not Message.objects.exists()


@pytest.mark.both
def test_the_words_of_the_clinic_are_nobodys_to_read_first(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.elin)
    answer = client.post(reverse("thread", args=[cast.maya.pk]), {"word": TELLING})
    assert answer["Location"] != reverse("read_first")
    assert not Message.objects.get().read_first
    with acts.database_refuses("message_read_first_is_of_a_patient"):
        Message.objects.filter(from_patient=False).update(read_first=True)


def test_the_chart_marks_what_to_read_first_and_shows_it_even_below_newer_ones(cast: Cast) -> None:
    for text in (TELLING, *(f"Day {number} was fine." for number in range(8))):
        message_verbs.write(plan=cast.plan, by=cast.maya.user, text=text)
    client = Client()
    client.force_login(cast.elin)
    page = client.get(reverse("chart", args=[cast.maya.pk])).content.decode()
    assert page.count(">Read first</span>") == 1
    unread = page[page.index("I can’t pee") :]
    assert "Day 7 was fine." in unread
    assert "Day 7" not in page[: page.index("I can’t pee")]
    assert PatientSummary.objects.get(patient=cast.maya).unread_since is not None
