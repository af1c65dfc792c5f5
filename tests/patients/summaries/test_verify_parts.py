"""`manage.py verify` can be run in parts, tells how far it is, and goes on where it was stopped."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from patients.models import PatientSummary
from patients.summaries import verify, verify_summaries
from tests.cast import Cast


def _verify(*options: str) -> tuple[list[str], list[str], int]:
    """What it found, what it told of its progress, and its exit code."""
    found = StringIO()
    told = StringIO()
    code = 0
    try:
        call_command("verify", *options, stdout=found, stderr=told)
    except CommandError as error:
        code = error.returncode
    return found.getvalue().splitlines(), told.getvalue().splitlines(), code


def test_a_part_looks_at_its_own_rows_and_every_part_has_a_name(cast: Cast) -> None:
    names = [name for name, _check in verify.parts()]
    assert len(set(names)) == len(names) == len(verify.CHECKS)
    PatientSummary.objects.filter(patient=cast.maya).update(last_pain=7)
    found, told, code = _verify("--part", "summaries")
    assert (code, len(found)) == (1, 1)
    assert found[0] == f"summary of patient {cast.maya.pk}: differs in last_pain"
    assert told[-1].startswith("summaries: 1 differences, ")
    found, told, code = _verify("--part", "mails", "--part", "slips")
    assert (code, [line.partition(":")[0] for line in told]) == (0, ["slips", "mails"])
    assert found == ["What was looked at holds. The rest was left out."]
    with pytest.raises(CommandError, match="invalid choice: 'everything'"):
        call_command("verify", "--part", "everything")


def test_it_goes_on_with_the_part_and_the_patient_at_which_it_was_stopped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_summaries, "CHUNK", 2)
    first, second, third, *_ = PatientSummary.objects.order_by("patient").values_list(
        "patient", flat=True
    )
    PatientSummary.objects.filter(patient__in=[first, third]).update(last_pain=7)
    _found, told, code = _verify("--from-part", "summaries", "--patients", f"{first}-{second}")
    assert (code, told[0]) == (1, f"summaries: up to patient {second} ...")
    assert [line.partition(":")[0] for line in told] == ["summaries"] * 2 + ["database-and-trail"]
    found, _told, code = _verify("--part", "summaries", "--patients", f"{second}-")
    assert (code, found) == (1, [f"summary of patient {third}: differs in last_pain"])
    for nonsense in ("x", "3", "-3", "3-x"):
        with pytest.raises(CommandError, match="numbers of patients"):
            call_command("verify", f"--patients={nonsense}")


def test_it_mends_what_lists_read_first_when_asked(cast: Cast) -> None:
    PatientSummary.objects.filter(patient=cast.maya).update(last_pain=7)
    found, told, code = _verify("--repair-summaries")
    assert (code, found) == (
        0,
        ["1 summaries mended.", "Every rule holds, and every summary says what its tables say."],
    )
    assert told[0].endswith("patients compared ...")
    assert {line.partition(":")[0] for line in told[1:]} >= {
        name for name, _check in verify.parts()
    }
