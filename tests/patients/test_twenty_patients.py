"""Twenty patients by hand: what each reads, what the clinic sees, and which mails leave, at noon of
a working day, at night and on a Sunday. Everything goes through the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from tests.cast import Cast
from tests.hours import STOCKHOLM
from tests.patients import happenings, twenty
from tests.patients.clinic_pages import chart
from tests.patients.phone import words_of
from tests.patients.story import Story


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


# What decides is Python over a few rows, the same on both databases.
pytestmark = pytest.mark.slow_on_postgres

#: A Wednesday, and the night before it.
NOON = at("2026-03-04 12:00")
NIGHT = at("2026-03-04 02:30")
SUNDAY = at("2026-03-08 10:00")


@pytest.mark.parametrize("moment", [NOON, NIGHT], ids=["noon", "night"])
@pytest.mark.parametrize("row", twenty.TWENTY, ids=lambda row: row.who)
def test_each_reads_what_helps_and_reaches_those_who_must_know(
    clock: time_machine.Traveller, cast: Cast, row: happenings.Patient, moment: datetime
) -> None:
    story = Story(clock, cast, row)
    story.play(moment)
    assert [*_wrong(story), *_wrong_numbers(story, moment)] == []


def _wrong(story: Story) -> list[str]:
    """Where a row of the table differs from what happens, in words."""
    row = story.row
    before = story.answer or story.phone.get(reverse("today"))
    page = story.phone.get(reverse("today") + "?drill")
    shown = " ".join(unescape(words_of(answer)) for answer in (before, page))
    heading, why = story.row_of_the_caseload()
    pairs = {
        "form": ([], _missing(row.form, story.form if row.form else "")),
        "day": (row.day, str(page.context["today"].state)),
        "drill": (row.drill, 'id="sets"' in page.content.decode()),
        "reads": ([], _missing(row.reads, shown)),
        "never": (list(row.never), _missing(row.never, shown)),
        "listed": (row.listed, heading),
        "why": ([], _missing([row.why], why)),
        "urgent": (list(row.urgent), story.mailed("urgent")),
        "mail": (list(row.mail), story.mailed("plain")),
        "chart": ([], _missing(row.chart, chart(story.clinic, story.patient))),
    }
    return [
        f"{what}: not {due} but {found}" for what, (due, found) in pairs.items() if due != found
    ]


def _missing(sentences: Iterable[str], page: str) -> list[str]:
    """Those that the page does not say, whatever the case of the letters."""
    return [sentence for sentence in sentences if sentence.lower() not in page.lower()]


#: The buttons of an urgent page, the first one first. The clinic answers at noon, and not at night.
DIALLED = {
    ("now", NOON): ["112", "1177", "0812345"],
    ("now", NIGHT): ["112", "1177"],
    ("today", NOON): ["1177", "0812345", "112"],
    ("today", NIGHT): ["1177", "112"],
}


def _wrong_numbers(story: Story, moment: datetime) -> list[str]:
    if story.row.day != "urgent":
        return []
    urgency = "now" if happenings.NOW[0] in story.row.reads else "today"
    due = DIALLED[urgency, moment]
    found = story.numbers_to_dial()
    return [] if found == due else [f"dials: not {due} but {found}"]


URGENT = happenings.Patient(
    who="saddle", happened=(happenings.Tells(("saddle",)),), day="urgent", listed="Stopped"
)
SOON = happenings.Patient(
    who="one numb leg",
    happened=(happenings.Tells(("numb",), side="left"),),
    day="stopped",
    listed="Stopped",
)
#: Nobody has looked. Whom the sender writes to at each moment; the first is that of the report.
#: Urgent ones come again after an hour of opening time, 8 to 17 from Monday to Friday.
LATER: list[tuple[happenings.Patient, list[tuple[str, Sequence[str]]]]] = [
    (
        URGENT,
        [
            ("2026-03-04 12:00", happenings.EVERYBODY),
            ("2026-03-04 12:59", happenings.NOBODY),
            ("2026-03-04 13:00", happenings.EVERYBODY),
            ("2026-03-04 14:00", happenings.EVERYBODY),
        ],
    ),
    (
        URGENT,
        [
            ("2026-03-04 02:30", happenings.EVERYBODY),
            ("2026-03-04 08:59", happenings.NOBODY),
            ("2026-03-04 09:00", happenings.EVERYBODY),
        ],
    ),
    (
        URGENT,
        [
            ("2026-03-08 10:00", happenings.EVERYBODY),
            ("2026-03-09 08:59", happenings.NOBODY),
            ("2026-03-09 09:00", happenings.EVERYBODY),
        ],
    ),
    (
        SOON,
        [
            ("2026-03-04 12:00", happenings.LEAD),
            ("2026-03-05 11:59", happenings.NOBODY),
            ("2026-03-05 12:00", happenings.THE_OTHERS),
            ("2026-03-20 12:00", happenings.NOBODY),
        ],
    ),
    (
        SOON,
        [
            ("2026-03-04 02:30", happenings.LEAD),
            ("2026-03-05 02:29", happenings.NOBODY),
            ("2026-03-05 02:30", happenings.THE_OTHERS),
        ],
    ),
    (
        SOON,
        [
            ("2026-03-08 10:00", happenings.LEAD),
            ("2026-03-09 23:59", happenings.NOBODY),
            ("2026-03-10 00:00", happenings.THE_OTHERS),
        ],
    ),
]


@pytest.mark.parametrize(("row", "moments"), LATER)
def test_while_nobody_looks_the_mails_come_again_or_reach_the_others(
    clock: time_machine.Traveller,
    cast: Cast,
    row: happenings.Patient,
    moments: list[tuple[str, Sequence[str]]],
) -> None:
    story = Story(clock, cast, row)
    story.play(at(moments[0][0]))
    found = [(moments[0][0], (*story.mailed("urgent"), *story.mailed("plain")))]
    for moment, _whom in moments[1:]:
        clock.move_to(at(moment))
        found.append((moment, tuple(story.send())))
    assert found == moments
