"""Six people over twelve weeks, session by session: the same is proposed as by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from patients.models import ProposalKind
from patients.standing.load.course import Dose, Logged, Setting, aim_of, read_course
from patients.standing.load.parts import Aim, DoneSet, Proposal, Scale, Session, Unit
from patients.standing.load.proposal import propose
from tests.patients.standing.load.twelve_weeks import PEOPLE, Person, cells

MONDAY = date(2026, 1, 5)
PLAIN = {ProposalKind.WEIGHT, ProposalKind.BACK, ProposalKind.RETURN}


class Course:
    """One person's doses and sessions. A proposal that is to be signed is signed at once."""

    def __init__(self, person: Person) -> None:
        self.person = person
        weight, sets, reps = person.start
        scale = Scale(Unit.BANDS if person.marks else Unit.KILOGRAMS, person.weights)
        self.setting = Setting(scale, person.high)
        self.doses = [Dose(MONDAY, _at(MONDAY, 6), Aim(weight, sets, reps), person.high)]
        self.logged: list[Logged] = []
        self.low = reps

    def proposed(self, day: date) -> Proposal:
        return propose(read_course(self.doses, self.logged, self.setting, day))

    def sign(self, day: date, hour: int) -> str:
        proposal = self.proposed(day)
        if proposal.to_sign:
            self.add(day, proposal, hour)
        return self.words(proposal)

    def add(self, day: date, proposal: Proposal, hour: int = 18) -> None:
        dose = Dose(day, _at(day, hour), proposal.aim, proposal.top, proposal.kind)
        self.doses.append(dose)

    def train(self, day: date, said: dict[str, Any]) -> None:
        aim = aim_of(read_course(self.doses, self.logged, self.setting, day))
        known = any(one.session.heaviest == aim.weight for one in self.logged)
        reserve = self.person.reserve or (3 if known else 2)
        whole: dict[str, Any] = {"reserve": reserve} | said
        weight = whole.pop("weight", aim.weight)
        reps = round(aim.sets * aim.reps * whole.pop("share", 1))
        session = Session(day, [DoneSet(reps, weight)], **whole)
        self.logged.append(Logged(session, _at(day, 12)))

    def words(self, proposal: Proposal) -> str:
        aim = proposal.aim
        kind = str(proposal.kind)
        usual = (aim.sets, aim.reps) == (self.person.start[1], self.low)
        if kind in PLAIN:
            assert usual, proposal
            return f"{kind} {aim.weight:g}"
        amount = f"{aim.sets}x{aim.reps}"
        said = {
            "reps": f"reps {aim.reps}",
            "hold": "hold",
            "restart": f"restart {amount} @ {aim.weight:g}",
            "big_step": f"big_step {amount} @ {aim.weight:g}",
        }
        return said.get(kind, f"{kind} {amount}")


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def lived(person: Person) -> list[list[str]]:
    course = Course(person)
    weeks = []
    for week in range(1, 13):
        row = []
        for nth, after in enumerate((0, 2, 4), 1):
            said = person.said.get((week, nth), {})
            day = MONDAY + timedelta(weeks=week - 1, days=after)
            row.append("none" if said is None else _day(course, day, said))
        weeks.append(row)
    return weeks


def _day(course: Course, day: date, said: dict[str, Any]) -> str:
    before = course.sign(day, 7) if course.logged else ""
    course.train(day, said)
    after = course.sign(day, 18)
    return f"{before}, {after}" if before.startswith("restart") else after


@pytest.mark.parametrize("name", PEOPLE)
def test_the_same_is_proposed_week_by_week_as_by_hand(name: str) -> None:
    person = PEOPLE[name]
    assert lived(person) == cells(person)
