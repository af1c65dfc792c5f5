"""The table of what a standard for secure software asks names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "asvs.md").read_text().splitlines()
    if re.match(r"\| \d", line)
]
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", path.read_text(), re.MULTILINE)
}


def test_every_row_is_shown_by_a_test_that_exists_or_by_the_security_page() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 50
    for number, _asked, holds, shown in ROWS:
        named = re.findall(r"`(test_\w+)`", shown)
        assert holds, number
        assert named or "SECURITY.md" in shown, number
        assert set(named) <= TESTS, (number, set(named) - TESTS)
