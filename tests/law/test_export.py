"""A person takes home everything that the clinic keeps about them, and nothing about anybody
else."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from google.fhir.r4 import json_format
from google.fhir.r4.proto.core.resources import bundle_and_contained_resource_pb2 as r4

from accounts import links
from accounts.csv_text import cell, plain, written
from accounts.models import Event, PhoneLink
from law import reach
from patients.models import Message, Patient
from patients.verbs import people as people_verbs
from tests import factories
from tests.accounts.phones import kept_as, new_link, opened
from tests.cast import Cast
from tests.law import marked
from tests.patients import acts
from tests.patients.clinic_pages import browser
from tests.patients.lived import live
from tests.patients.phone import phone_of

WORD = "quixotry"
#: Tables whose rows are about no single patient.
OF_NOBODY = {
    "auth.Group",
    "auth.Permission",
    "accounts.Clinic",
    "accounts.Count",
    "accounts.Installation",
    "accounts.Job",
    "accounts.Session",
    "contenttypes.ContentType",
    "law.Keeping",
    "patients.Band",
    "patients.SenderBeat",
    "trail.Seal",
}


def _opened(answer: Any) -> dict[str, str]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return _files(answer.content)


def _files(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _by_the_clinic(client: Client, patient: Patient) -> dict[str, str]:
    return _opened(client.post(reverse("export_person", args=[patient.pk])))


def _own(patient: Patient) -> dict[str, str]:
    return _opened(phone_of(patient).post(reverse("my_export")))


def test_every_table_is_in_the_export_or_is_of_nobody() -> None:
    """A new table is in it by itself, once a key leads from it to a patient or a person."""
    left_out = {model._meta.label for model in apps.get_models() if model not in reach.tables()}
    of_the_ladder = {model._meta.label for model in apps.get_app_config("curriculum").get_models()}
    assert left_out - of_the_ladder == OF_NOBODY


def test_every_word_about_the_person_is_in_it(cast: Cast) -> None:
    marked.mark(cast, WORD)
    files = _by_the_clinic(browser(cast.petra), cast.maya)
    missing = []
    for model, field in marked.columns():
        rows = json.loads(files[f"json/{model._meta.label_lower}.json"])
        assert len(rows) == reach.rows_of(cast.maya, model).count()
        kept = [row for row in reach.rows_of(cast.maya, model).values_list(field.name, flat=True)]
        missing += [
            field for row, value in zip(rows, kept, strict=True) if row[field.name] != value
        ]
    assert missing == []
    assert len([name for name in files if WORD in files[name]]) > 40


def test_every_row_says_every_column_but_what_opens_a_door(cast: Cast) -> None:
    live(cast)
    files = _by_the_clinic(browser(cast.petra), cast.maya)
    entry = json.loads(files["json/patients.practice.json"])[0]
    assert (entry["pain"], entry["by"]["name"]) == (7, "Maya Roos")
    assert set(entry) == {
        field.name for field in apps.get_model("patients.Practice")._meta.concrete_fields
    }
    link = json.loads(files["json/accounts.user.json"])[0]
    assert link["name"] == "Maya Roos"
    assert "password" not in link


def test_nothing_that_opens_a_door_is_in_it(cast: Cast) -> None:
    """Link, PIN, phones and sign-in: everything by which somebody could come in as the person."""
    phone = opened(new_link(cast.maya.user, cast.elin))
    links.set_pin(cast.maya.user, "2580")
    link = PhoneLink.objects.get(user=cast.maya.user)
    keys = [link.opaque, link.pin_hash, cast.maya.user.password, kept_as(phone)]
    assert all(len(key) > 20 for key in keys)
    session = str(phone.session.session_key)
    own = _opened(phone.post(reverse("my_export")))
    for files in (_by_the_clinic(browser(cast.petra), cast.maya), own):
        told = "".join(files.values())
        assert json.loads(files["json/accounts.phonelink.json"])
        assert json.loads(files["json/accounts.phone.json"])
        assert [key for key in [*keys, session] if key in told] == []


def test_nothing_of_another_person_is_in_it(cast: Cast) -> None:
    acts.log(factories.plan(cast.tomas), note="mine alone")
    for other in (cast.tomas, cast.noor):
        marked.write(other, WORD)
    live(cast)
    for files in (_by_the_clinic(browser(cast.petra), cast.maya), _own(cast.maya)):
        assert [name for name, text in files.items() if WORD in text.lower()] == []


def test_a_patient_takes_home_their_own_and_is_told_where_the_clinics_notes_are(
    cast: Cast,
) -> None:
    marked.mark(cast, WORD)
    files = _own(cast.maya)
    note = json.loads(files["json/patients.recordnote.json"])[0]
    assert note["text"] == "Kept by the clinic. Ask the clinic for it."
    assert "Ask the clinic for them: you may read them." in files["index.html"]
    assert "note-" not in "".join(
        one["resource"]["id"] for one in json.loads(files["fhir/bundle.json"])["entry"]
    ).replace("recordnote-", "note-")
    letter = json.loads(files["json/patients.letter.json"])[0]
    assert WORD in letter["text"]


def test_a_patient_who_has_finished_still_gets_it(cast: Cast) -> None:
    people_verbs.discharge(patient=cast.maya, by=cast.elin)
    assert "Maya Roos" in _own(cast.maya)["index.html"]


def test_the_tables_open_in_a_spreadsheet_and_start_no_formula(cast: Cast) -> None:
    live(cast)
    Message.objects.all().update(text='=HYPERLINK("x")')
    text = _by_the_clinic(browser(cast.elin), cast.maya)["tables/patients.message.csv"]
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["text"] for row in rows} == {'\'=HYPERLINK("x")'}
    assert [cell(value) for value in (None, True, "+46 70", [1], "a")] == [
        "",
        "yes",
        "'+46 70",
        "[1]",
        "a",
    ]


@pytest.mark.parametrize("between", ";,\t")
@pytest.mark.parametrize("words", ["a;=1+1", "a\n=1+1", "a\t@x", ";\r\n -1", '"a";=1', "=1;+46"])
def test_no_words_start_a_formula_whatever_stands_between_columns(words: str, between: str) -> None:
    text = written(["a", "b"], [[1, words], [2, [words]]]).removeprefix("\ufeff")
    # Whoever splits by semicolons knows no quotes that begin within a cell.
    rows = csv.reader(io.StringIO(text), delimiter=between)
    begins = [one.strip() for row in rows for one in row]
    assert not [one for one in begins if one.startswith(("=", "+", "-", "@"))]
    assert plain(cell(words)) == words


def _refused_by_fhir(bundle: str) -> str:
    """What a library that knows R4's codes, types and references says; empty if nothing."""
    try:
        json_format.json_fhir_string_to_proto(
            bundle, r4.Bundle, validate=True, default_timezone="UTC"
        )
    except Exception as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("own", [False, True])
def test_the_record_is_valid_fhir_r4(cast: Cast, own: bool) -> None:
    marked.mark(cast, WORD)
    files = _own(cast.maya) if own else _by_the_clinic(browser(cast.petra), cast.maya)
    text = files["fhir/bundle.json"]
    assert _refused_by_fhir(text) == ""
    kinds = {one["resource"]["resourceType"] for one in json.loads(text)["entry"]}
    assert {"Patient", "CarePlan", "Procedure", "Observation", "Flag", "Communication"} <= kinds
    assert "RelatedPerson" in kinds


def test_every_reference_leads_to_a_resource_of_the_bundle(cast: Cast) -> None:
    live(cast)
    marked.help_out(cast)
    text = _by_the_clinic(browser(cast.petra), cast.maya)["fhir/bundle.json"]
    bundle = json.loads(text)
    there = {
        f"{one['resource']['resourceType']}/{one['resource']['id']}" for one in bundle["entry"]
    }
    assert len(there) == len(bundle["entry"])
    assert set(_references(bundle)) <= there


def _references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for one in part for found in _references(one)]
    if not isinstance(part, dict):
        return []
    own = [part["reference"]] if isinstance(part.get("reference"), str) else []
    return own + [found for one in part.values() for found in _references(one)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"resourceType": "Observation", "status": "done", "code": {"text": "x"}},
        {"resourceType": "Patient", "gender": "woman"},
        {"resourceType": "CarePlan", "status": "active", "intent": "plan"},
    ],
)
def test_the_library_sees_a_wrong_code_and_what_is_missing(wrong: dict[str, Any]) -> None:
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": wrong}]}
    assert _refused_by_fhir(json.dumps(bundle)) != ""


def test_pain_that_nobody_told_is_unknown_and_never_zero(cast: Cast) -> None:
    acts.log(cast.plan, pain=None)
    text = _by_the_clinic(browser(cast.petra), cast.maya)["fhir/bundle.json"]
    pains = [
        one["resource"]
        for one in json.loads(text)["entry"]
        if one["resource"].get("code", {}).get("text", "").startswith("Pain, during")
    ]
    assert [(pain.get("valueInteger"), "dataAbsentReason" in pain) for pain in pains] == [
        (None, True)
    ]


def test_the_charts_open_by_themselves(cast: Cast) -> None:
    live(cast)
    files = _by_the_clinic(browser(cast.petra), cast.maya)
    assert {"pictures/pain.svg", "pictures/activities.svg"} <= set(files)
    for name in ("pictures/pain.svg", "pictures/activities.svg"):
        assert files[name].startswith('<svg class="chart')
        assert 'xmlns="http://www.w3.org/2000/svg"' in files[name]
        assert f'src="{name}"' in files["index.html"]


def test_the_trail_keeps_who_took_it_and_the_file_is_named_after_nobody(cast: Cast) -> None:
    answer = browser(cast.petra).post(reverse("export_person", args=[cast.maya.pk]))
    event = Event.objects.get(kind="exported")
    assert (event.actor, event.subject) == (cast.petra, cast.maya.user)
    assert "maya" not in answer["Content-Disposition"].lower()
    assert "no-store" in answer["Cache-Control"]
    _own(cast.maya)
    assert Event.objects.filter(kind="exported", actor=cast.maya.user).exists()


def test_a_colleague_who_does_not_lead_the_patient_reads_whom_to_ask(cast: Cast) -> None:
    answer = browser(cast.omar).get(reverse("export_person", args=[cast.maya.pk]))
    assert answer.status_code == 403
    assert "The owner of the clinic and the lead of the patient" in answer.content.decode()
    details = reverse("details", args=[cast.maya.pk])
    assert "Export everything" not in browser(cast.omar).get(details).content.decode()
    assert "Export everything" in browser(cast.elin).get(details).content.decode()


def test_the_command_writes_a_file_for_its_owner_alone(cast: Cast, tmp_path: Path) -> None:
    live(cast)
    file = tmp_path / "record.zip"
    call_command("export_person", cast.maya.pk, file, verbosity=0)
    assert "Maya Roos" in _files(file.read_bytes())["index.html"]
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="cannot be made"):
        call_command("export_person", cast.maya.pk, file, verbosity=0)
    with pytest.raises(CommandError, match="no patient"):
        call_command("export_person", 999_999, tmp_path / "other.zip", verbosity=0)
