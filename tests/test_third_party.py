"""What others made is named, with its licence."""

from __future__ import annotations

import re

import pytest

from tests import third_party

pytestmark = pytest.mark.only_sqlite


def test_the_list_is_that_of_the_pinned_packages() -> None:
    written = third_party.PAGE.read_text()
    assert written == third_party.page(), "run: .venv/bin/python -m tests.third_party"
    assert not re.search(r"\| +\|$", written, re.MULTILINE)
