"""A clinic takes its list of patients over, looks at it first, and may do it again: nothing is
saved by halves, and nothing of a paper record ticks, passes or screens."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Event
from law.erasing.erase import erase
from law.listing.importing import take_over
from law.listing.reading import COLUMNS, Unreadable, decoded, read
from law.refusals import Refused
from patients.models import Pass, Patient, Plan, RecordNote, Review, Screening, Stop, Tick
from patients.standing.identity import Details, details_of
from patients.verbs import identity as identity_verbs
from patients.verbs import people as people_verbs
from patients.verbs import stops as stop_verbs
from tests.cast import Cast
from tests.law.marked import found
from tests.patients import acts
from tests.patients.clinic_pages import browser, text
from tests.patients.lived import live
from tests.patients.rules.failing import DiskFull, failing_at

# It is about pages.
pytestmark = pytest.mark.slow_on_postgres

LIST = """number,name,formal_name,born_on,sex,phone,email,lead,paper_rung,paper_note
20601,Astrid Alm,Astrid Maria Alm,1957-05-02,woman,070 174 06 18,astrid@x.example,,4,Likes it slow.
20602,Bo Berg,,,,,,omar@harbour.example,,
"""
#: What an import never makes.
NEVER = (Pass, Plan, Review, Screening, Tick)


def _choose(client: Client, content: str | bytes) -> Any:
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("list.csv", content, content_type="text/csv")
    return client.post(reverse("people_list"), {"file": file})


def _keep(client: Client, content: str) -> Any:
    return client.post(reverse("people_list"), {"text": content, "keep": "on"}, follow=True)


def test_the_list_is_looked_at_before_anything_is_saved(cast: Cast) -> None:
    owner = browser(cast.petra)
    before = acts.everything()
    page = text(_choose(owner, LIST))
    assert acts.everything() == before
    assert "Nothing is saved yet." in page
    assert "Astrid Alm</th> <td>New</td>" in page[page.index("What becomes") :]
    kept = text(_keep(owner, LIST))
    assert "Taken over: 2 new, 0 changed." in kept
    astrid = Patient.objects.get(clinic=cast.harbour, number="20601")
    assert (astrid.name, astrid.formal_name, str(astrid.born_on), astrid.sex, astrid.email) == (
        "Astrid Alm",
        "Astrid Maria Alm",
        "1957-05-02",
        "woman",
        "astrid@x.example",
    )
    assert (astrid.lead, Patient.objects.get(number="20602").lead) == (cast.petra, cast.omar)
    assert Event.objects.filter(kind="list_imported", actor=cast.petra).count() == 1


def test_what_the_page_keeps_hidden_is_the_list_that_was_looked_at(cast: Cast) -> None:
    owner = browser(cast.petra)
    form = _choose(owner, LIST).context["form"]
    assert (form.initial["text"], form.initial["keep"]) == (LIST, True)


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    owner = browser(cast.petra)
    _keep(owner, LIST)
    before = acts.everything()
    page = text(_keep(owner, LIST))
    assert "Taken over: 0 new, 0 changed." in page
    assert acts.everything() == before


def test_the_rung_of_a_paper_record_is_a_note_and_opens_nothing(cast: Cast) -> None:
    before = {model: model._default_manager.count() for model in NEVER}
    _keep(browser(cast.petra), LIST)
    note = RecordNote.objects.get(patient__number="20601")
    assert note.text == (
        "From the paper record: rung 4. For the first visit: look at it again. Likes it slow."
    )
    assert {model: model._default_manager.count() for model in NEVER} == before


def test_an_empty_cell_changes_nothing_and_a_new_one_does(cast: Cast) -> None:
    owner = browser(cast.petra)
    _keep(owner, LIST)
    page = text(_keep(owner, "number,name,email\n20601,Astrid Alm-Ek,\n"))
    assert "Taken over: 0 new, 1 changed." in page
    astrid = Patient.objects.get(number="20601")
    assert (astrid.name, astrid.email) == ("Astrid Alm-Ek", "astrid@x.example")
    assert astrid.formal_name == "Astrid Maria Alm"


def test_whoever_is_discharged_and_another_clinics_people_stay_as_they_are(cast: Cast) -> None:
    for patient, by in ((cast.tomas, cast.elin), (cast.noor, cast.ines)):
        identity_verbs.identify(patient=patient, by=by, details=Details(number="7"))
    people_verbs.discharge(patient=cast.tomas, by=cast.elin)
    page = text(_choose(browser(cast.petra), "number,name\n7,Somebody Else\n"))
    assert "Discharged: left as it is" in page
    _keep(browser(cast.petra), "number,name\n7,Somebody Else\n")
    names = set(Patient.objects.filter(number="7").values_list("name", flat=True))
    assert names == {"Tomas Tran", "Noor Nadim"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (",Bo Berg,,,,,,", "The clinic’s own number is missing."),
        ("1,,,,,,,", "Write a name."),
        ("1,Bo,2/5/1957,,,,,", "“2/5/1957” is no day. Write it as 1957-05-02."),
        ("1,Bo,2957-05-02,,,,,", "Nobody is born on that day"),
        ("1,Bo,,lady,,,,", "“lady” is none of woman, man, other."),
        ("1,Bo,,,call me,,,", "no"),
        ("1,Bo,,,,070 174 06 19,,", "Write the first phone before another one."),
        ("1,Bo,,,,,nobody,", "Write an e-mail address"),
        ("1,Bo,,,,,,ines@hilltop.example", "Nobody of the clinic signs in as"),
        ("20601,Bo,,,,,,", "This number stands in line 2 too."),
        (f"{'9' * 41},Bo,,,,,,", "Keep it under 40 characters."),
    ],
)
def test_a_line_that_is_wrong_says_why_and_nothing_is_saved(
    cast: Cast, line: str, sentence: str
) -> None:
    head = "number,name,born_on,sex,phone,other_phone,email,lead\n20601,Astrid Alm,,,,,,\n"
    owner = browser(cast.petra)
    before = acts.everything()
    for answer in (_choose(owner, f"{head}{line}\n"), _keep(owner, f"{head}{line}\n")):
        assert answer.status_code == 422
        page = text(answer)
        assert "1 line is wrong." in page
        assert sentence in page[page.index("What becomes of it") :]
    assert acts.everything() == before


def test_nothing_stays_when_the_database_fails_in_the_middle(cast: Cast) -> None:
    before = acts.everything()
    for nth in (5, 20, 40):
        with pytest.raises(DiskFull), failing_at(nth):
            take_over(lines=read(LIST), by=cast.petra, keep=True)
        assert acts.everything() == before


@pytest.mark.parametrize("by", ["elin", "maya"])
def test_only_an_owner_takes_a_list_over(cast: Cast, by: str) -> None:
    person = cast.maya.user if by == "maya" else cast.elin
    with pytest.raises(Refused):
        take_over(lines=read(LIST), by=person, keep=True)


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode("utf-8-sig"),
        LIST.encode("utf-16"),
        LIST.replace(",", ";").encode(),
        LIST.replace(",", "\t").replace("\n", "\r\n").encode(),
        LIST.replace("number,name", "Number, Name").encode(),
    ],
)
def test_every_way_in_which_a_spreadsheet_saves_a_list_is_read(content: bytes) -> None:
    lines = read(decoded(content))
    assert [(line.number, line.cell("number"), line.cell("name")) for line in lines] == [
        (2, "20601", "Astrid Alm"),
        (3, "20602", "Bo Berg"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file."),
        ("number,name\n1,Börje\n".encode("cp1252"), "CSV UTF-8"),
        (b"name\nBo\n", "number"),
        (b"number,name,diagnosis\n", "diagnosis"),
        (b"number,name,name\n", "twice"),
        (b"\x89PNG\r\n\x1a\n\x00", "CSV UTF-8"),
        (b"number,name\n1,a\x00b\n", "This is no table."),
        (b"number,name\n" + b"1,Bo\n" * 201, "200 people at a time"),
    ],
)
def test_what_is_no_list_is_said_beside_the_file(cast: Cast, content: bytes, sentence: str) -> None:
    answer = _choose(browser(cast.petra), content)
    assert (answer.status_code, sentence in text(answer)) == (422, True)


def test_the_empty_list_names_the_columns_that_are_read(cast: Cast) -> None:
    answer = browser(cast.petra).get(reverse("people_list_template"))
    head = answer.content.decode().removeprefix("\ufeff").strip()
    assert tuple(head.split(",")) == COLUMNS
    assert read(head) == []
    with pytest.raises(Unreadable):
        read("")


def test_the_list_of_one_clinic_is_taken_over_by_another(cast: Cast) -> None:
    _keep(browser(cast.petra), LIST)
    ours = Details(number="1", phone="+46 70 174 06 19")
    identity_verbs.identify(patient=cast.maya, by=cast.elin, details=ours)
    out = browser(cast.petra).post(reverse("people_list_out")).content.decode()
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [row["name"] for row in rows if row["number"]] == ["Maya Roos", "Astrid Alm", "Bo Berg"]
    assert "Noor" not in out
    assert Event.objects.filter(kind="list_exported", actor=cast.petra).exists()
    numbered = "\n".join(line for line in out.splitlines() if not line.startswith(","))
    page = text(_keep(browser(cast.ines), numbered))
    assert "Taken over: 3 new, 0 changed." in page
    for number in ("1", "20601", "20602"):
        here, there = (
            Patient.objects.get(clinic=clinic, number=number)
            for clinic in (cast.harbour, cast.hilltop)
        )
        assert (here.name, details_of(here)) == (there.name, details_of(there))


def test_a_person_goes_with_their_export_is_erased_here_and_is_taken_over_there(
    cast: Cast,
) -> None:
    """What goes along is who they are. The gates are asked again: nothing of them is imported."""
    live(cast)
    identity_verbs.identify(patient=cast.maya, by=cast.elin, details=Details(number="1"))
    owner = browser(cast.petra)
    packed = owner.post(reverse("export_person", args=[cast.maya.pk])).content
    out = owner.post(reverse("people_list_out")).content.decode()
    waiting = list(Stop.objects.filter(patient=cast.maya, answer=None))
    for stop in waiting:
        stop_verbs.answer(stop=stop, by=cast.elin, action="carry_on", word="Go on.")
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    erase(patient=cast.maya, by=cast.petra, typed="1", why="She moves to Hilltop and asked for it.")
    assert found("Maya") == []
    only_her = "\n".join(line for line in out.splitlines() if not line.startswith(","))
    page = text(_keep(browser(cast.ines), only_her))
    assert "Taken over: 1 new, 0 changed." in page
    there = Patient.objects.get(clinic=cast.hilltop, number="1")
    assert (there.name, there.running_plan(), there.screenings.count()) == ("Maya Roos", None, 0)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert len(json.loads(archive.read("json/patients.practice.json"))) == 1


def test_the_command_says_first_and_saves_when_it_is_told_to(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST)
    call_command("import_patients", file, owner_email="petra@harbour.example", verbosity=0)
    assert not Patient.objects.filter(number="20601").exists()
    call_command("import_patients", file, owner_email="petra@harbour.example", keep=True)
    assert Patient.objects.filter(clinic=cast.harbour, number="20601").exists()
    for email, content in (("elin@harbour.example", LIST), ("petra@harbour.example", "x")):
        file.write_text(content)
        with pytest.raises(CommandError):
            call_command("import_patients", file, owner_email=email, keep=True)
