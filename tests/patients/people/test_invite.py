"""A patient's link is handed over: scanned in the room, shown again only behind a PIN, and dead
where a colleague who saw it has left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import doors, links
from accounts.models import Event, PhoneLink, User
from patients.models import PatientSummary
from patients.verbs import people as people_verbs
from tests.accounts import phones
from tests.cast import Cast
from tests.patients import acts
from tests.patients.clinic_pages import HTMX, browser, chart, details, text

QR = '<img class="qr'
CODE = "data:image/svg+xml"


def address(cast: Cast) -> str:
    return reverse("invite", args=[cast.maya.pk])


def made(cast: Cast, by: User) -> Client:
    """The browser of a clinician who has just made Maya's link."""
    client = browser(by)
    client.post(reverse("invite_issue", args=[cast.maya.pk]))
    return client


def link_of(cast: Cast) -> PhoneLink:
    return PhoneLink.objects.get(user=cast.maya.user)


def with_pin(cast: Cast) -> str:
    """The path of Maya's link, which she opened and gave a PIN on her phone."""
    path = phones.new_link(cast.maya.user, cast.elin)
    phones.opened(path).post(reverse("pin"), {"pin": "4711"})
    return path


def told(kind: str) -> list[tuple[User | None, User | None]]:
    return [(row.actor, row.subject) for row in Event.objects.filter(kind=kind)]


def test_opening_the_invitation_makes_no_link_and_changes_none(cast: Cast) -> None:
    client = browser(cast.elin)
    before = acts.everything()
    assert "No link yet." in text(client.get(address(cast)))
    assert acts.everything() == before


def test_a_new_link_ends_the_old_one_and_signs_its_phones_out(cast: Cast) -> None:
    old = phones.new_link(cast.maya.user, cast.elin)
    on_phone = phones.opened(old)
    page = made(cast, cast.elin).get(address(cast))
    assert "Not opened yet" in text(page)
    assert not phones.signed_in(on_phone)
    assert Client().get(old).status_code == 410


# ---- a link without a PIN is shown once, to who made it


def test_who_made_a_link_sees_it_while_handing_it_over_also_after_a_reload(cast: Cast) -> None:
    client = made(cast, cast.elin)
    for _ in range(2):
        page = client.get(address(cast)).content.decode()
        assert QR in page
        assert links.url(link_of(cast)) in page


def test_nobody_else_of_the_clinic_sees_a_link_without_a_pin(cast: Cast) -> None:
    made(cast, cast.elin)
    for colleague in (cast.omar, cast.petra):
        client = browser(colleague)
        pages = [client.get(address(cast))]
        pages += [client.post(reverse("link_show", args=[cast.maya.pk]), follow=True)]
        pages += [client.get(reverse("patient_link", args=[cast.maya.user.pk]))]
        for page in pages:
            assert page.status_code == 200
            assert CODE not in page.content.decode()
            assert link_of(cast).opaque not in page.content.decode()
    assert told("link_shown") == []


def test_a_link_without_a_pin_is_not_shown_again_after_a_quarter_of_an_hour(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    client = made(cast, cast.elin)
    clock.shift(timedelta(minutes=15, seconds=1))
    for page in (
        client.get(address(cast)),
        client.post(reverse("link_show", args=[cast.maya.pk]), follow=True),
    ):
        assert CODE not in page.content.decode()
    assert "make a new one" in text(page)
    assert "has no PIN yet" in text(page)


def test_the_code_on_the_screen_is_not_printed_before_a_pin(cast: Cast) -> None:
    page = made(cast, cast.elin).get(address(cast)).content.decode()
    assert '<img class="qr screen"' in page
    assert "The code is printed once a PIN is set" in page
    assert "data-print" not in page


# ---- a link with a PIN


def test_a_link_with_a_pin_is_shown_again_and_that_is_recorded(cast: Cast) -> None:
    with_pin(cast)
    client = browser(cast.omar)
    assert CODE not in client.get(address(cast)).content.decode()
    assert told("link_shown") == []
    page = client.post(reverse("link_show", args=[cast.maya.pk])).content.decode()
    assert '<img class="qr" ' in page
    assert links.url(link_of(cast)) in page
    assert told("link_shown") == [(cast.omar, cast.maya.user)]


def test_a_locked_link_is_neither_shown_nor_printed(cast: Cast) -> None:
    path = with_pin(cast)
    for _ in range(5):
        phones.opened(path, pin="9999")
    client = browser(cast.elin)
    for name in ("link_show", "handout"):
        page = client.post(reverse(name, args=[cast.maya.pk]), follow=True)
        assert CODE not in page.content.decode()
        assert "has no PIN" in text(page) or "not shown" in text(page)
    assert told("link_shown") + told("link_printed") == []
    assert "Five wrong PINs" in text(client.get(address(cast)))


def test_a_handout_that_is_found_opens_nothing_without_the_pin(cast: Cast) -> None:
    """The paper on the bus: no code before a PIN, and behind its code a PIN is asked."""
    made(cast, cast.elin)
    client = browser(cast.elin)
    handout = reverse("handout", args=[cast.maya.pk])
    for page in (client.get(handout), client.post(handout)):
        assert CODE not in page.content.decode()
        assert "No code before a PIN." in text(page)
    path = phones.path_of(link_of(cast))
    phones.opened(path).post(reverse("pin"), {"pin": "4711"})
    assert CODE not in client.get(handout).content.decode()
    assert CODE in client.post(handout).content.decode()
    assert told("link_printed") == [(cast.elin, cast.maya.user)]
    assert not phones.signed_in(phones.opened(path))
    assert not phones.signed_in(phones.opened(path, pin="7391"))


@pytest.mark.parametrize("state", ["used", "expired", "ended"])
def test_a_dead_link_is_on_no_paper(clock: time_machine.Traveller, cast: Cast, state: str) -> None:
    path = phones.new_link(cast.maya.user, cast.elin)
    if state == "used":
        phones.opened(path)
    elif state == "expired":
        clock.shift(timedelta(days=15))
    else:
        links.revoke(cast.maya.user, cast.elin)
    handout = reverse("handout", args=[cast.maya.pk])
    client = browser(cast.elin)
    for page in (client.get(handout), client.post(handout), client.get(address(cast))):
        assert page.status_code == 200
        assert CODE not in page.content.decode()


# ---- for paper only, the PIN is typed in the clinic


def pin_here(cast: Cast, pin: str) -> Any:
    return browser(cast.elin).post(reverse("pin_here", args=[cast.maya.pk]), {"pin": pin})


def test_for_paper_the_pin_is_typed_in_the_clinic_and_then_the_code_is_printed(cast: Cast) -> None:
    made(cast, cast.elin)
    path = phones.path_of(link_of(cast))
    assert pin_here(cast, "4711").status_code == 303
    page = browser(cast.elin).get(address(cast))
    assert "PIN set" in text(page)
    assert CODE not in page.content.decode()
    shown = browser(cast.elin).post(reverse("link_show", args=[cast.maya.pk]))
    assert CODE in shown.content.decode()
    assert "Type the PIN you chose" in text(shown)
    assert not phones.signed_in(phones.opened(path))
    assert phones.signed_in(phones.opened(path, pin="4711"))
    assert link_of(cast).first_label == "Chrome, Android"
    assert told("pin_set") == [(cast.elin, cast.maya.user)]


def test_a_paper_with_a_pin_opens_after_months(clock: time_machine.Traveller, cast: Cast) -> None:
    made(cast, cast.elin)
    pin_here(cast, "4711")
    clock.shift(timedelta(days=100))
    path = phones.path_of(link_of(cast))
    assert phones.signed_in(phones.opened(path, pin="4711"))


def test_the_clinic_replaces_no_pin_that_the_patient_has(cast: Cast) -> None:
    path = with_pin(cast)
    answer = pin_here(cast, "80524")
    assert answer.status_code == 422
    assert "has a PIN already" in text(answer)
    assert not phones.signed_in(phones.opened(path, pin="80524"))
    assert phones.signed_in(phones.opened(path, pin="4711"))


def test_a_pin_that_is_none_is_refused_beside_its_field(cast: Cast) -> None:
    made(cast, cast.elin)
    answer = pin_here(cast, "1234")
    assert answer.status_code == 422
    assert 'id="id_pin_error"' in answer.content.decode()
    assert "<details open>" in answer.content.decode()
    assert link_of(cast).pin_hash == ""


def test_who_pressed_continue_while_the_pin_was_typed_needs_it_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the link and its use the PIN is set."""
    path = phones.new_link(cast.maya.user, cast.elin)
    look = doors.peek

    def looked(token: str) -> doors.Door | None:
        door = look(token)
        if link_of(cast).pin_hash == "":
            links.set_pin_here(cast.maya.user, "4711", cast.elin)
        return door

    monkeypatch.setattr(doors, "peek", looked)
    PhoneLink.objects.update(pin_hash="")
    assert not phones.signed_in(phones.opened(path))


def test_a_paper_with_a_pin_is_not_counted_as_unopened(cast: Cast) -> None:
    made(cast, cast.elin)
    assert PatientSummary.objects.get(patient=cast.maya).link_from is not None
    pin_here(cast, "4711")
    assert PatientSummary.objects.get(patient=cast.maya).link_from is None


# ---- the tablet says how it goes


def test_the_tablet_says_when_the_phone_has_opened_it_and_when_the_pin_is_set(cast: Cast) -> None:
    client = made(cast, cast.elin)

    def asked(was: str) -> Any:
        return client.get(address(cast), {"was": was}, headers=HTMX)

    assert "every 5s" in client.get(address(cast)).content.decode()
    assert asked("waiting").status_code == 204
    phone = phones.opened(phones.path_of(link_of(cast)))
    opened = asked("waiting")
    assert "Opened, no PIN yet" in text(opened)
    assert "on Chrome, Android." in text(opened)
    assert CODE not in opened.content.decode()
    assert asked("used").status_code == 204
    phone.post(reverse("pin"), {"pin": "4711"})
    done = asked("used")
    assert "Opened, PIN set" in text(done)
    assert "every 5s" not in done.content.decode()


def test_the_tablet_stops_asking_after_a_quarter_of_an_hour(
    clock: time_machine.Traveller, cast: Cast
) -> None:
    client = made(cast, cast.elin)
    clock.shift(timedelta(minutes=16))
    page = client.get(address(cast), {"was": "waiting"}, headers=HTMX)
    assert page.status_code == 200
    assert "every 5s" not in page.content.decode()


def test_the_details_say_when_and_on_what_a_link_was_first_opened(cast: Cast) -> None:
    client = browser(cast.elin)
    assert "None yet" in details(client, cast.maya)
    path = phones.new_link(cast.maya.user, cast.elin)
    assert "not opened yet" in details(client, cast.maya)
    phones.opened(path)
    assert "on Chrome, Android. No PIN yet." in details(client, cast.maya)


def test_a_locked_link_is_a_line_on_the_chart(cast: Cast) -> None:
    path = with_pin(cast)
    for _ in range(5):
        phones.opened(path, pin="9999")
    page = chart(browser(cast.elin), cast.maya)
    assert "The link of the phone is locked:</strong> five wrong PINs," in page
    assert f'<a href="{address(cast)}">New link</a>' in page


# ---- a colleague who saw a link leaves


def leave(cast: Cast, colleague: User) -> str:
    """What the owner reads before the press that ends a colleague's access."""
    owner = browser(cast.petra)
    page = text(owner.get(reverse("hand_over", args=[colleague.pk])))
    assert owner.post(reverse("hand_over", args=[colleague.pk])).status_code == 303
    return page


def test_a_link_dies_when_the_colleague_who_saw_it_leaves(cast: Cast) -> None:
    made(cast, cast.omar)
    copied = phones.path_of(link_of(cast))
    assert "1 patient’s link that" in leave(cast, cast.omar)
    at_home = Client()
    assert at_home.post(copied).status_code == 410
    assert not phones.signed_in(at_home)
    assert told("link_revoked") == [(cast.petra, cast.maya.user)]
    assert "Ended on" in details(browser(cast.elin), cast.maya)
    assert PatientSummary.objects.get(patient=cast.maya).link_from is None


def test_a_link_of_which_nobody_knows_who_saw_it_dies_too(cast: Cast) -> None:
    made(cast, cast.elin)
    PhoneLink.objects.update(issued_by=None)
    leave(cast, cast.omar)
    assert Client().post(phones.path_of(link_of(cast))).status_code == 410


def test_a_pin_that_was_typed_beside_the_colleague_protects_no_link_from_them(cast: Cast) -> None:
    link = links.issue(cast.maya.user, cast.omar)
    links.set_pin_here(cast.maya.user, "4711", cast.omar)
    assert "1 patient’s link that" in leave(cast, cast.omar)
    assert Client().post(phones.path_of(link), {"pin": "4711"}).status_code == 410


@pytest.mark.parametrize(
    "whose", ["of a colleague", "with a PIN typed elsewhere", "in use", "of another clinic"]
)
def test_other_links_stay_when_a_colleague_leaves(cast: Cast, whose: str) -> None:
    patient = cast.noor if whose == "of another clinic" else cast.maya
    by = {"of a colleague": cast.elin, "of another clinic": cast.ines}.get(whose, cast.omar)
    link = links.issue(patient.user, by)
    if whose == "with a PIN typed elsewhere":
        links.set_pin_here(patient.user, "4711", cast.elin)
    phone = phones.opened(phones.path_of(link)) if whose == "in use" else None
    assert "ends too" not in leave(cast, cast.omar)
    link.refresh_from_db()
    assert link.revoked_at is None
    assert phone is None or phones.signed_in(phone)


def test_no_pin_is_set_in_the_clinic_for_somebody_discharged(cast: Cast) -> None:
    made(cast, cast.elin)
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    answer = pin_here(cast, "4711")
    assert answer.status_code == 422
    assert "is discharged, so no PIN can be set" in text(answer)
