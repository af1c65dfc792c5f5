"""A patient's link: what it opens, what it refuses, and that looking changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import links
from accounts.models import Clinic, Event, Phone, PhoneLink, User
from accounts.refusals import Refused
from patients.models import Message, Report, Stop
from patients.verbs import messages as message_verbs
from patients.verbs import people as people_verbs
from tests.accounts.phones import new_link, opened, path_of, signed_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_link_can_be_looked_at_many_times_and_still_opens(cast: Cast, client: Client) -> None:
    path = new_link(cast.maya.user, cast.elin)
    before = (PhoneLink.objects.values().get(), Event.objects.count())
    for _ in range(40):
        assert client.get(path).status_code == 200
    assert (PhoneLink.objects.values().get(), Event.objects.count()) == before
    assert not signed_in(client)
    assert signed_in(opened(path))


def test_the_page_behind_the_link_tells_a_finder_nothing_about_the_patient(
    cast: Cast, client: Client
) -> None:
    page = client.get(new_link(cast.maya.user, cast.elin)).content.decode()
    assert "Harbour Physio" in page
    assert "Maya" not in page
    assert "Elin" not in page


def test_a_link_not_opened_within_14_days_opens_nothing(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        path = new_link(cast.maya.user, cast.elin)
    with time_machine.travel(NOW + timedelta(days=14, seconds=1)):
        assert Client().get(path).status_code == 410
        assert not signed_in(opened(path))
    with time_machine.travel(NOW + timedelta(days=13, hours=23)):
        assert signed_in(opened(path))


def test_a_new_link_kills_the_old_one_and_signs_the_phones_out(cast: Cast) -> None:
    old = new_link(cast.maya.user, cast.elin)
    lost = opened(old)
    assert signed_in(lost)
    fresh = new_link(cast.maya.user, cast.omar)
    assert not signed_in(lost)
    assert Client().post(old).status_code == 410
    assert signed_in(opened(fresh))


def test_a_link_taken_back_opens_nothing_and_signs_the_phones_out(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    using = opened(path)
    clinic = Client()
    clinic.force_login(cast.omar)
    assert clinic.post(reverse("link_revoke", args=[cast.maya.user.pk])).status_code == 303
    assert not signed_in(using)
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize("spoil", ["generation", "opaque", "signature", "salt", "nonsense"])
def test_a_forged_link_looks_like_any_other_dead_one(
    cast: Cast, client: Client, spoil: str
) -> None:
    link = links.issue(cast.maya.user, cast.elin)
    opaque, generation, signature = path_of(link).split("/")[2].split(".")
    forged = {
        "generation": f"{opaque}.{int(generation) + 1}.{signature}",
        "opaque": f"{opaque[:-1]}x.{generation}.{signature}",
        "signature": f"{opaque}.{generation}.{signature[:-1]}",
        "salt": Signer(salt="other", sep=".").sign(f"{opaque}.{generation}"),
        "nonsense": "\N{PILE OF POO}",
    }[spoil]
    real = PhoneLink.objects.get()
    PhoneLink.objects.filter(pk=real.pk).update(first_used_at=NOW)
    used_up = client.get(path_of(real))
    answer = client.get(reverse("phone_link", args=[forged]))
    assert answer.status_code == used_up.status_code == 410
    assert answer.content == used_up.content


def test_a_link_stays_good_while_the_old_secret_key_is_named(
    cast: Cast, settings: Settings
) -> None:
    path = new_link(cast.maya.user, cast.elin)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key altogether, just as long as the first one was"
    assert Client().get(path).status_code == 200


def test_a_phone_already_signed_in_goes_to_today(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    mine = opened(path)
    for answer, status in ((mine.get(path), 302), (mine.post(path), 303)):
        assert answer.status_code == status
        assert answer["Location"] == reverse("today")


def test_a_shared_phone_changes_hands_only_by_continue(cast: Cast) -> None:
    shared = opened(new_link(cast.maya.user, cast.elin))
    other = new_link(cast.tomas.user, cast.elin)
    assert b"Somebody else is signed in" in shared.get(other).content
    assert b"Maya" in shared.get("/me/").content
    shared.post(other)
    assert b"Tomas" in shared.get("/me/").content
    assert [entry.user for entry in Phone.objects.all()] == [cast.tomas.user]


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_see_a_preview_and_use_nothing_up(cast: Cast, client: Client, method: str) -> None:
    path = new_link(cast.maya.user, cast.elin)
    client.force_login(cast.omar)
    answer = getattr(client, method)(path)
    assert answer.status_code == {"get": 200, "post": 403}[method]
    assert b"nothing was opened or used up" in answer.content
    assert PhoneLink.objects.get().first_used_at is None
    assert signed_in(opened(path))


def test_staff_of_another_clinic_see_a_dead_link(cast: Cast, client: Client) -> None:
    path = new_link(cast.maya.user, cast.elin)
    client.force_login(cast.ines)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 410
        assert b"Harbour" not in answer.content
    assert PhoneLink.objects.get().first_used_at is None


@pytest.mark.parametrize("who", ["ines", "maya", "tomas"])
def test_only_a_clinician_of_the_clinic_issues_or_takes_back_a_link(cast: Cast, who: str) -> None:
    stranger = getattr(cast, who)
    by = stranger if isinstance(stranger, User) else stranger.user
    path = new_link(cast.maya.user, cast.elin)
    for verb in (links.issue, links.revoke):
        with pytest.raises(Refused, match="patient’s own clinic"):
            verb(cast.maya.user, by)
    assert signed_in(opened(path))


def test_a_colleague_needs_no_link_and_gets_none(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    assert client.get(reverse("patient_link", args=[cast.elin.pk])).status_code == 404
    assert client.post(reverse("link_revoke", args=[cast.elin.pk])).status_code == 404
    with pytest.raises(Refused):
        links.issue(cast.elin, cast.petra)


def test_the_address_in_qr_and_message_comes_from_public_url_alone(
    cast: Cast, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://hinge.example.org"
    assert links.url(links.issue(cast.maya.user, cast.elin)).startswith(
        "https://hinge.example.org/p/"
    )


def test_the_page_sends_its_address_nowhere_and_is_never_kept(cast: Cast, client: Client) -> None:
    answer = client.get(new_link(cast.maya.user, cast.elin))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_continue_needs_the_key_that_came_with_the_page(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert PhoneLink.objects.get().first_used_at is None


def test_pressing_continue_is_rate_limited(cast: Cast, client: Client) -> None:
    codes = [client.post(reverse("phone_link", args=["x.1.y"])).status_code for _ in range(21)]
    assert codes == [410] * 20 + [429]


def discharged(cast: Cast, *, reads_on: bool) -> tuple[str, Client]:
    """The path of Maya's link, and her phone, after her discharge."""
    Clinic.objects.filter(pk=cast.harbour.pk).update(read_after_discharge=reads_on)
    path = new_link(cast.maya.user, cast.elin)
    phone = opened(path)
    phone.post(reverse("pin"), {"pin": "4711"})
    elin = Client()
    elin.force_login(cast.elin)
    assert elin.post(reverse("discharge", args=[cast.maya.pk])).status_code == 303
    return path, phone


def test_a_discharged_persons_link_opens_nothing(cast: Cast) -> None:
    """Where the clinic has chosen that reading ends with the discharge."""
    path, phone = discharged(cast, reads_on=False)
    for answer in (Client().get(path), Client().post(path, {"pin": "4711"})):
        assert answer.status_code == 410
    assert not signed_in(opened(path, pin="4711"))
    for name in ("ladder", "history", "my_messages", "rate"):
        assert phone.get(reverse(name))["Location"] == reverse("today")
    page = phone.get(reverse("today")).content.decode()
    assert "You have finished with Elin" in page
    assert "Your ladder, history and messages are closed now." in page
    assert "You climbed" not in page
    assert reverse("history") not in page


def test_a_discharged_person_reads_on_where_the_clinic_lets_them(cast: Cast) -> None:
    path, phone = discharged(cast, reads_on=True)
    other = opened(path, pin="4711")
    for reader in (phone, other):
        for name in ("today", "ladder", "history", "my_messages"):
            assert reader.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("reads_on", [True, False])
def test_after_a_discharge_nothing_is_written_but_how_one_feels(cast: Cast, reads_on: bool) -> None:
    message_verbs.write(plan=cast.plan, by=cast.elin, text="Your secret sentence.")
    _, phone = discharged(cast, reads_on=reads_on)
    answer = phone.post(reverse("my_messages"), {"text": "My leg is numb.", "client_id": "late"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "My leg is numb." in page
    assert "Nothing was sent: your plan has ended." in page
    assert f"Call the clinic, {cast.harbour.phone}" in page
    assert ("Your secret sentence." in page) == reads_on
    assert not Message.objects.filter(text="My leg is numb.").exists()
    said = {"kind": "numb", "side-numb": "left", "client_id": "told", "pain": ""}
    assert phone.post(reverse("report"), said).status_code == 303
    assert Report.objects.filter(patient=cast.maya).exists()
    assert Stop.objects.unanswered().filter(patient=cast.maya).exists()


def test_who_is_taken_on_again_reads_again(cast: Cast) -> None:
    path, phone = discharged(cast, reads_on=False)
    people_verbs.take_back(patient=cast.maya, by=cast.elin)
    assert phone.get(reverse("history")).status_code == 200
    assert signed_in(opened(path, pin="4711"))


def test_the_link_of_a_person_who_may_not_come_in_opens_nothing(cast: Cast) -> None:
    path = new_link(cast.maya.user, cast.elin)
    using = opened(path)
    User.objects.filter(pk=cast.maya.user.pk).update(is_active=False)
    assert not signed_in(using)
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize("stranger", ["ines", "noor", "tomas"])
def test_strangers_neither_see_nor_take_back_a_link(
    cast: Cast, client: Client, stranger: str
) -> None:
    path = new_link(cast.maya.user, cast.elin)
    person = getattr(cast, stranger)
    client.force_login(getattr(person, "user", person))
    for answer in (
        client.get(reverse("patient_link", args=[cast.maya.user.pk])),
        client.post(reverse("link_revoke", args=[cast.maya.user.pk])),
    ):
        assert answer.status_code == (404 if stranger == "ines" else 403)
        assert b"Maya" not in answer.content
    assert signed_in(opened(path))


def test_the_way_in_is_on_record_from_the_link_to_the_pin(cast: Cast) -> None:
    mine = opened(new_link(cast.maya.user, cast.elin))
    mine.post(reverse("pin"), {"pin": "4711"})
    Client().post(path_of(PhoneLink.objects.get()), {"pin": "9999"})
    rows = Event.objects.filter(subject=cast.maya.user).order_by("pk")
    told = [(row.kind, row.actor) for row in rows]
    assert told == [
        ("link_issued", cast.elin),
        ("link_used", cast.maya.user),
        ("pin_set", cast.maya.user),
        ("pin_refused", None),
    ]
