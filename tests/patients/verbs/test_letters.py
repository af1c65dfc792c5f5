"""A letter: kept once, and only if it says something to somebody."""

from __future__ import annotations

from typing import Any

import pytest

from patients.models import Letter
from patients.rules.refusals import Refused
from patients.verbs import letters as letter_verbs
from tests.cast import Cast


@pytest.mark.parametrize(
    ("said", "code"),
    [({"addressee": " "}, "addressee_missing"), ({"text": ""}, "nothing_written")],
)
def test_no_letter_is_kept_that_says_nothing_or_goes_to_nobody(
    cast: Cast, said: dict[str, str], code: str
) -> None:
    whole: dict[str, Any] = {"addressee": "Dr Berg", "text": "Hello."} | said
    with pytest.raises(Refused) as refused:
        letter_verbs.write(patient=cast.maya, by=cast.elin, **whole)
    assert refused.value.code == code
    assert not Letter.objects.exists()
