"""How people are addressed, and names that the person or the owner puts right."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import names, staff
from accounts.models import Event, User
from accounts.refusals import Refused
from tests.cast import Cast


@pytest.mark.parametrize(
    ("name", "first", "short"),
    [
        ("Maya Roos", "Maya", "Maya R."),
        ("maya roos", "maya", "maya r."),
        ("Dr. Jane Roe", "Jane", "Jane R."),
        ("Dr Jane Roe", "Jane", "Jane R."),
        ("Prof. Dr. med. Jonas Ek", "Jonas", "Jonas E."),
        ("Prof.Dr.med. Jonas Ek", "Jonas", "Jonas E."),
        ("Dipl.-Ing. Jonas Ek", "Jonas", "Jonas E."),
        ("Mrs Siobhan O'Hara", "Siobhan", "Siobhan O."),
        ("Jane Roe, PT, DPT", "Jane", "Jane R."),
        ("Jane Roe MSc", "Jane", "Jane R."),
        ("Muster, Anna", "Anna", "Anna M."),
        ("van der Berg, Anna", "Anna", "Anna B."),
        ("Roe, Dr. Jane", "Jane", "Jane R."),
        ("Smith, John (DOB 03/04/1961)", "John", "John S."),
        ("Anna (Kasia) Nowak", "Anna", "Anna N."),
        ("Martin King Jr.", "Martin", "Martin K."),
        ("Anna-Lena Müller-Lüdenscheidt", "Anna-Lena", "Anna-Lena M."),
        # Nobody knows a first name here.
        ("Dr. Roe", "Dr. Roe", "Dr. Roe"),
        ("Roe, Dr.", "Dr. Roe", "Dr. Roe"),
        ("Mrs van der Berg", "Mrs van der Berg", "Mrs van der Berg"),
        ("J. Roe", "J. Roe", "J. Roe"),
        ("J. R. R. Roe", "J. R. R. Roe", "J. R. R. Roe"),
        ("Ng", "Ng", "Ng"),
        ("Ø", "Ø", "Ø"),
        ("王小明", "王小明", "王小明"),
        # What looks like a title and is a name.
        ("Pan Wei", "Pan", "Pan W."),
        ("Mag Olsson", "Mag", "Mag O."),
        ("Md. Rahman", "Md.", "Md. R."),
        ("Miss", "Miss", "Miss"),
        ("", "", ""),
        (", ,", "", ""),
    ],
)
def test_titles_and_surname_first_do_not_get_in_the_way(name: str, first: str, short: str) -> None:
    assert (names.first_name(name), names.short_name(name)) == (first, short)


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_whatever_the_name_is_somebody_is_addressed(name: str) -> None:
    if names.has_letter(name):
        assert names.has_letter(names.first_name(name))
        assert names.has_letter(names.short_name(name))
    assert names.first_name(names.first_name(name)) == names.first_name(name)


@settings(max_examples=200)
@given(
    first=st.sampled_from(["Maya", "Anna-Lena", "Øyvind", "Łukasz", "Na"]),
    surname=st.sampled_from(["Roos", "van der Berg", "O’Hara", "Müller-Lüdenscheidt", "Ng"]),
    title=st.sampled_from(["", "Dr. ", "Prof. Dr. med. ", "Mrs ", "Frau Dr. "]),
    behind=st.sampled_from(["", ", PT", ", MSc, PhD", " DPT"]),
    turned=st.booleans(),
)
def test_the_same_person_is_addressed_alike_however_the_name_is_written(
    first: str, surname: str, title: str, behind: str, *, turned: bool
) -> None:
    name = f"{surname}, {title}{first}{behind}" if turned else f"{title}{first} {surname}{behind}"
    assert names.first_name(name) == first
    assert names.spoken(name) == f"{first} {surname}"


# ---- staff


def say(who: User, name: str, formal_name: str = "") -> Any:
    client = Client()
    client.force_login(who)
    return client.post(reverse("my_name"), {"name": name, "formal_name": formal_name})


def named(person: User) -> tuple[str, str]:
    fresh = User.objects.get(pk=person.pk)
    return fresh.name, fresh.formal_name


def test_a_member_of_the_staff_puts_their_own_names_right_and_it_is_on_record(cast: Cast) -> None:
    assert say(cast.elin, "Dr. Elin Ek", "Dr. med. Elin Ek, PT").status_code == 303
    assert named(cast.elin) == ("Dr. Elin Ek", "Dr. med. Elin Ek, PT")
    event = Event.objects.get(kind="name_changed")
    assert (event.actor, event.subject) == (cast.elin, cast.elin)
    say(cast.elin, " Dr.  Elin Ek ", "Dr. med. Elin Ek, PT")
    assert Event.objects.filter(kind="name_changed").count() == 1


@pytest.mark.parametrize("typed", ["", "...", "\u200b\u2060", "x" * 201])
def test_nobody_is_without_a_name(cast: Cast, typed: str) -> None:
    answer = say(cast.elin, typed)
    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.content.decode()
    assert named(cast.elin) == ("Elin Ek", "")
    with pytest.raises(Refused):
        staff.put_names_right(user=cast.elin, by=cast.elin, name=typed, formal_name="")


def test_an_owner_puts_the_names_of_a_colleague_right(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    page = client.get(reverse("staff_change", args=[cast.omar.pk])).content.decode()
    assert 'value="Omar Odeh"' in page
    said = {"name": "Omar Odeh-Ali", "email": "omar@harbour.example", "role": "clinician"}
    answer = client.post(
        reverse("staff_change", args=[cast.omar.pk]), said | {"formal_name": "Omar Odeh-Ali, PT"}
    )
    assert answer.status_code == 303
    assert named(cast.omar) == ("Omar Odeh-Ali", "Omar Odeh-Ali, PT")
    event = Event.objects.get(kind="name_changed")
    assert (event.actor, event.subject) == (cast.petra, cast.omar)


def test_a_refused_role_keeps_the_old_name_too(cast: Cast, client: Client) -> None:
    client.force_login(cast.petra)
    said = {"name": "Petra Pine", "email": "petra@harbour.example", "role": "clinician"}
    assert client.post(reverse("staff_change", args=[cast.petra.pk]), said).status_code == 422
    assert named(cast.petra) == ("Petra Palm", "")


@pytest.mark.parametrize("who", ["omar", "ines", "maya"])
def test_a_colleague_cannot_nor_an_owner_elsewhere(cast: Cast, who: str) -> None:
    person = cast.maya.user if who == "maya" else getattr(cast, who)
    with pytest.raises(Refused) as refused:
        staff.put_names_right(user=cast.elin, by=person, name="Ella Ek", formal_name="")
    assert refused.value.code == "not_a_colleague"
    assert named(cast.elin) == ("Elin Ek", "")


@pytest.mark.both
def test_a_patients_formal_name_is_kept_in_one_place(cast: Cast) -> None:
    with pytest.raises(Refused):
        staff.put_names_right(user=cast.maya.user, by=cast.petra, name="M", formal_name="")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.maya.user.pk).update(formal_name="Maya Lovisa Roos")


def test_mails_greet_by_the_first_name_and_come_from_the_formal_one(
    cast: Cast, client: Client
) -> None:
    say(cast.petra, "Palm, Petra", "Dr. Petra Palm")
    client.force_login(cast.petra)
    said = {"name": "Strand, Dr. Jonas", "email": "jonas@x.example", "role": "clinician"}
    client.post(reverse("staff_invite"), said | {"formal_name": "Dr. Jonas Strand"})
    sent = mail.outbox[-1]
    assert sent.subject == "Dr. Petra Palm invites you to Hinge Ladder"
    assert str(sent.body).startswith("Hello Jonas,")
    assert "Dr. Petra Palm invites you to work" in sent.body
    assert named(User.objects.get(email="jonas@x.example"))[1] == "Dr. Jonas Strand"
