"""A colleague goes: their patients get another lead in the same act, or everybody sees that they
have none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import links, staff
from accounts.models import Event, Phone, User
from patients.models import Carer, Patient
from patients.rules.refusals import Refused
from patients.standing.usual_pain import usual_now
from patients.summaries import refresh as summaries
from patients.verbs import carers as carer_verbs
from patients.verbs import handover as handover_verbs
from patients.verbs import people as people_verbs
from patients.verbs import usual_pain as usual_pain_verbs
from patients.verbs import visits
from tests import factories
from tests.accounts.phones import code_of, code_on, new_link, opened, path_of, signed_in
from tests.cast import Cast
from tests.patients import acts
from tests.patients.acts import everything
from tests.patients.caseloads import asked, listed
from tests.patients.clinic_pages import browser, details, text
from tests.patients.phone import phone_of
from tests.together import at_once

NO_LEAD = "2 patients of Elin Ek have no lead who can sign in."


def ask(cast: Cast, person: User, **said: Any) -> Any:
    """The owner presses the button on the page of a colleague."""
    return browser(cast.petra).post(reverse("hand_over", args=[person.pk]), said, follow=True)


def let_in(cast: Cast) -> str:
    """The page on which Elin's access ends."""
    return text(browser(cast.petra).get(reverse("hand_over", args=[cast.elin.pk])))


def leads(*patients: Patient) -> list[User]:
    return [Patient.objects.get(pk=one.pk).lead for one in patients]


def test_the_owner_reads_how_many_patients_a_colleague_leads_before_ending_access(
    cast: Cast,
) -> None:
    client = browser(cast.petra)
    page = reverse("hand_over", args=[cast.elin.pk])
    assert f'href="{page}"' in client.get(reverse("staff")).content.decode()
    shown = text(client.get(page))
    assert "Elin Ek leads 2 patients." in shown
    assert "Omar Odeh leads no patients." in text(
        client.get(reverse("hand_over", args=[cast.omar.pk]))
    )
    assert "Ines" not in shown


def test_access_ends_and_all_patients_are_handed_over_in_one_act(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    factories.patient(cast.omar, "Olle Olsson")
    done = text(ask(cast, cast.elin, to=cast.omar.pk))
    assert "Elin Ek can no longer sign in." in done
    assert "Omar Odeh now leads 1 more patient." in done
    assert "no lead who can sign in" not in done
    assert sorted(listed(cast.omar)) == ["Maya Roos", "Olle Olsson"]
    assert leads(cast.maya, cast.tomas) == [cast.omar, cast.elin]
    assert summaries.differing([cast.maya.pk, cast.tomas.pk]) == {}


def test_the_hand_over_is_on_record_for_each_patient(cast: Cast) -> None:
    ask(cast, cast.elin, to=cast.omar.pk)
    rows = Event.objects.filter(actor=cast.petra)
    told = {(row.kind, row.subject) for row in rows}
    assert told == {
        ("staff_deactivated", cast.elin),
        ("patients_handed_over", cast.elin),
        ("patients_taken_over", cast.omar),
        ("lead_changed", cast.maya.user),
        ("lead_changed", cast.tomas.user),
    }
    assert len({row.request_id for row in rows} - {""}) == 1


def test_without_a_successor_access_ends_and_everybody_sees_who_has_no_lead(cast: Cast) -> None:
    ended = text(ask(cast, cast.elin, to=""))
    assert NO_LEAD in ended
    assert "more patient" not in ended
    assert leads(cast.maya) == [cast.elin]
    assert NO_LEAD in text(asked(cast.omar))
    assert "An owner of the clinic can hand them over." in text(asked(cast.omar))
    assert "no lead" not in text(asked(cast.ines))
    later = text(ask(cast, cast.elin, to=cast.omar.pk))
    assert "Omar Odeh now leads 2 more patients." in later
    assert "no lead who can sign in" not in text(asked(cast.omar))


def test_whoever_has_access_back_leads_as_before(cast: Cast) -> None:
    ask(cast, cast.elin, to="")
    elin = staff.reactivate(user=cast.elin, by=cast.petra)
    assert "no lead who can sign in" not in text(asked(elin))
    assert sorted(listed(elin)) == ["Maya Roos", "Tomas Tran"]


def test_patients_without_a_lead_go_to_somebody_and_not_to_later(cast: Cast) -> None:
    ask(cast, cast.elin, to="")
    answer = ask(cast, cast.elin, to="")
    assert answer.status_code == 422
    assert "Choose a colleague." in text(answer)


@pytest.mark.parametrize("who", ["elin", "ines", "maya"])
def test_patients_are_handed_to_an_active_colleague_of_the_clinic_and_to_nobody_else(
    cast: Cast, who: str
) -> None:
    person = cast.maya.user if who == "maya" else getattr(cast, who)
    staff.deactivate(user=cast.omar, by=cast.petra)
    client = browser(cast.petra)
    page = reverse("hand_over", args=[cast.elin.pk])
    before = everything()
    for to in (person, cast.omar):
        assert client.post(page, {"to": to.pk}).status_code == 422
        with pytest.raises(Refused):
            handover_verbs.end_access(user=cast.elin, by=cast.petra, to=to)
    assert everything() == before


@pytest.mark.parametrize("who", ["elin", "ines"])
def test_only_an_owner_of_the_clinic_hands_over(cast: Cast, who: str) -> None:
    for verb in (handover_verbs.end_access, handover_verbs.hand_over):
        with pytest.raises(Refused):
            verb(user=cast.elin, by=getattr(cast, who), to=cast.omar)
    assert leads(cast.maya) == [cast.elin]


def test_nobody_ends_their_own_access_here_either(cast: Cast) -> None:
    assert ask(cast, cast.petra, to=cast.elin.pk).status_code == 404
    with pytest.raises(Refused):
        handover_verbs.end_access(user=cast.petra, by=cast.petra, to=cast.elin)


@pytest.mark.django_db(transaction=True)
def test_a_note_written_while_the_lead_changes_is_lost_by_neither(cast: Cast) -> None:
    at_once(
        lambda: handover_verbs.end_access(user=cast.elin, by=cast.petra, to=cast.omar),
        lambda: usual_pain_verbs.set_usual_pain(patient=cast.maya, by=cast.omar, usual_pain=4),
        lambda: people_verbs.discharge(patient=cast.tomas, by=cast.omar),
    )
    assert leads(cast.maya) == [cast.omar]
    assert usual_now(Patient.objects.get(pk=cast.maya.pk)) == 4
    assert summaries.differing([cast.maya.pk, cast.tomas.pk]) == {}


def test_details_of_a_patient_whose_lead_is_gone_keep_that_lead_until_another_is_chosen(
    cast: Cast,
) -> None:
    staff.deactivate(user=cast.elin, by=cast.petra)
    client = browser(cast.omar)
    page = reverse("patient_edit", args=[cast.maya.pk])
    form = client.get(page)
    chosen = form.context["form"]["lead"].value()
    assert (
        f'<option value="{cast.elin.pk}" selected>Elin Ek (no access)</option>'
        in form.content.decode()
    )
    client.post(page, {"name": "Maya Roos", "lead": chosen, "referral_note": "Likes to garden."})
    assert leads(cast.maya) == [cast.elin]
    client.post(page, {"name": "Maya Roos", "lead": cast.omar.pk})
    assert leads(cast.maya) == [cast.omar]
    assert "no access" not in client.get(page).content.decode()
    assert client.post(page, {"name": "Maya Roos", "lead": cast.elin.pk}).status_code == 422


def test_a_new_patient_is_led_by_somebody_who_can_sign_in(cast: Cast) -> None:
    staff.deactivate(user=cast.elin, by=cast.petra)
    answer = browser(cast.omar).post(
        reverse("patient_new"), {"name": "Vera Viklund", "lead": cast.elin.pk}
    )
    assert answer.status_code == 422


def test_however_many_patients_a_colleague_leads_the_database_is_asked_as_often(cast: Cast) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            handover_verbs.hand_over(user=cast.elin, by=cast.petra, to=cast.omar)
        counts.append(len(asked_for))
        for number in range(20):
            factories.patient(cast.elin, f"Patient {number}")
    assert counts[0] == counts[1]


def test_the_patients_pages_name_the_clinic_while_the_lead_cannot_sign_in(cast: Cast) -> None:
    acts.log(cast.plan, pain=8)
    phone = phone_of(cast.maya)
    pages = [reverse(name) for name in ("today", "my_messages", "ladder", "history")]
    assert "Elin sees this" in text(phone.get(pages[0]))
    staff.deactivate(user=cast.elin, by=cast.petra)
    assert "Harbour Physio sees this" in text(phone.get(pages[0]))
    assert [page for page in pages if "Elin" in text(phone.get(page))] == []
    assert "Elin E. (no access)" in details(browser(cast.omar), cast.maya)


def test_an_owner_sees_which_phones_a_colleagues_links_let_in(cast: Cast) -> None:
    """A colleague could have opened a link at home: of a patient, or of somebody who helps."""
    carer_verbs.name(patient=cast.maya, name="Rut Roos", by=cast.elin)
    carer = Carer.objects.get()
    phone = opened(new_link(carer.user, cast.elin))
    opened(new_link(cast.tomas.user, cast.omar))
    page = let_in(cast)
    assert "1 phone was let in by a link that Elin Ek made" in page
    assert reverse("carer_link", args=[carer.pk]) in page
    assert "Tomas" not in page.partition("was let in")[2]
    ask(cast, cast.elin)
    assert "1 phone was let in" in let_in(cast)
    browser(cast.petra).post(reverse("phone_end", args=[Phone.objects.get(user=carer.user).pk]))
    assert not signed_in(phone)
    assert "was let in" not in let_in(cast)


def test_a_phone_counts_where_a_colleague_typed_the_pin_beside_the_code(cast: Cast) -> None:
    link = links.issue(cast.maya.user, by=cast.petra)
    browser(cast.elin).post(reverse("pin_here", args=[cast.maya.pk]), {"pin": "4711"})
    opened(path_of(link), pin="4711")
    assert "1 phone was let in by a link that Elin Ek made" in let_in(cast)


def test_a_phone_counts_that_a_colleagues_short_code_opened(cast: Cast) -> None:
    """Whoever made it may have heard the PIN, and typed both at home."""
    links.issue(cast.maya.user, by=cast.petra)
    links.set_pin(cast.maya.user, "4711")
    desk = browser(cast.elin)
    code = code_on(desk.post(reverse("link_code", args=[cast.maya.user.pk])))
    assert "was let in" not in let_in(cast)
    Client().post(reverse("open_code"), {"code": code, "pin": "4711"})
    assert "1 phone was let in by a link that Elin Ek made" in let_in(cast)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        again = code_of(cast.maya.user)
        Client().post(reverse("open_code"), {"code": again, "pin": "4711"})
        assert Phone.objects.filter(user=cast.maya.user).count() == 2
        assert "1 phone was let in by a link that Elin Ek made" in let_in(cast)


def test_visits_of_somebody_who_leads_nobody_are_handed_over_too(cast: Cast) -> None:
    """Somebody stood in for three weeks and leaves before the visits are over."""
    visit = visits.plan(
        patient=cast.maya, by=cast.elin, day=cast.harbour.today(), clinician=cast.omar
    )
    page = text(browser(cast.petra).get(reverse("hand_over", args=[cast.omar.pk])))
    assert "1 visit with Omar Odeh is planned." in page
    assert 'name="to"' in page
    ask(cast, cast.omar, to="")
    page = text(browser(cast.petra).get(reverse("hand_over", args=[cast.omar.pk])))
    assert "Hand over</button>" in page
    done = text(ask(cast, cast.omar, to=cast.elin.pk))
    assert "Elin Ek now has 1 more visit." in done
    visit.refresh_from_db()
    assert visit.clinician == cast.elin


def test_a_visit_saved_while_a_colleague_leaves_makes_neither_wait_for_ever(cast: Cast) -> None:
    """Every verb of visits locks the patient first, so a hand-over does."""
    visits.plan(patient=cast.maya, by=cast.elin, day=cast.harbour.today(), clinician=cast.omar)
    with CaptureQueriesContext(connection) as asked_for:
        handover_verbs.hand_over(user=cast.omar, by=cast.petra, to=cast.elin)
    said = [one["sql"] for one in asked_for]
    patients = next(n for n, sql in enumerate(said) if 'FROM "patients_patient"' in sql)
    assert patients < next(n for n, sql in enumerate(said) if 'UPDATE "patients_visit"' in sql)
