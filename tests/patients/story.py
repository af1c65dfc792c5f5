"""Plays what happened to one patient of the table of twenty, by requests alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from patients.models import Patient, Stop
from tests.cast import Cast
from tests.factories import newest
from tests.patients import acts, caseloads, happenings
from tests.patients.clinic_pages import browser
from tests.patients.phone import phone_of, save, words_of

NAME = "Tove Twenty"
#: What the owner has typed: open from Monday to Friday, and every number.
OWNERS_PAGE = {
    "name": "Harbour Physio",
    "country": "SE",
    "time_zone": "Europe/Stockholm",
    "phone": "08 123 45",
    "emergency_number": "112",
    "advice_number": "1177",
    "advice_name": "Nurse, day and night",
    "urgent_again_minutes": "60",
    "easier_days": "on",
    "read_after_discharge": "on",
    "pain_fine_to": "3",
    "pain_fine_rise_to": "5",
    "pain_stop_from": "6",
    "pain_rise_stop": "3",
    "pain_high": "8",
    "pain_rise_high": "2",
    **{f"open_{weekday}": "8-17" for weekday in range(5)},
}
SIDED = {"weak", "numb", "below_knee", "calf"}
TAKE_BACK = re.compile(r'action="(/today/how/\d+/take-back/)"')


class Story:
    """``answer``: the last page that the patient saw after sending something.

    Of the mails those count that left since the moment at which the table looks.
    """

    answer: Any = None
    patient: Patient

    def __init__(self, clock: time_machine.Traveller, cast: Cast, row: happenings.Patient) -> None:
        self.clock = clock
        self.cast = cast
        self.row = row
        self._mails: list[tuple[str, str]] = []

    def play(self, moment: datetime) -> None:
        """Everything that happened, so that it ends at ``moment``."""
        days = sum(act.count for act in self.row.happened if isinstance(act, happenings.Days))
        self.clock.move_to(moment - timedelta(days=days))
        assert browser(self.cast.petra).post(reverse("clinic"), OWNERS_PAGE).status_code == 303
        self._first_visit(self.row.visit)
        for act in self.row.happened:
            self._happens(act)
            if isinstance(act, happenings.Days):
                self._mails.clear()

    def _happens(self, act: happenings.Act) -> None:
        match act:
            case happenings.Days():
                self.clock.shift(timedelta(days=act.count))
            case happenings.Practises():
                self._practises(act)
            case happenings.Tells():
                self._tells(act)
            case happenings.Usual():
                self._from_the_phone("my_usual_pain", usual=str(act.pain))
            case happenings.TakesBack():
                self._takes_back()
            case happenings.IsDischarged():
                self._press("discharge", self.patient.pk)
            case happenings.AnswersTheMilder():
                self._answers_the_milder()
        self.send()

    # ---- the clinic

    @property
    def clinic(self) -> Client:
        return browser(self.cast.elin)

    def _press(self, address: str, *arguments: int, **fields: Any) -> None:
        answer = self.clinic.post(reverse(address, args=arguments), fields)
        assert answer.status_code == 303, answer.content.decode()

    def _first_visit(self, visit: happenings.Visit) -> None:
        lead = str(self.cast.elin.pk)
        self._press("patient_new", name=NAME, lead=lead)
        self.patient = Patient.objects.get(user__name=NAME)
        self._press("intake", self.patient.pk, usual_pain=str(visit.usual))
        if visit.screened:
            self._press("screening", self.patient.pk, **_asked(visit))
        if visit.plan:
            ladder = newest()
            goal = ladder.rungs.order_by("-position")[0]
            days = [str(day) for day in range(7)]
            fields = {"ladder": ladder.pk, "goal": goal.pk, "weekdays": days}
            self._press("assign", self.patient.pk, **fields)

    def _answers_the_milder(self) -> None:
        milder = Stop.objects.get(patient=self.patient, cause="below_knee")
        said = {"contact": "spoken", "finding": "Strength equal.", "word": "Go on gently."}
        covers = [stop.pk for stop in Stop.objects.filter(patient=self.patient)]
        self._press("stop_answer", milder.pk, action="carry_on", covers=covers, **said)

    def row_of_the_caseload(self) -> tuple[str, str]:
        """The heading under which the patient stands, and the words of the row."""
        page = caseloads.asked(self.cast.elin, who="clinic").content.decode()
        before, found, after = page.partition(f">{NAME}</a></h3>")
        if not found:
            return "", ""
        words = after.partition('<p class="why">')[2].partition("</p>")[0]
        return caseloads.HEADING.findall(before)[-1].strip(), " ".join(unescape(words).split())

    # ---- the phone

    @property
    def phone(self) -> Client:
        return phone_of(Patient.objects.get(pk=self.patient.pk))

    @property
    def form(self) -> str:
        """ "How is it today?" as the patient reads it."""
        return unescape(words_of(self.phone.get(reverse("report"))))

    def numbers_to_dial(self) -> list[str]:
        """What the buttons of the page dial, from the top."""
        page = words_of(self.phone.get(reverse("today")))
        buttons = page.partition('<div class="calls">')[2].partition("</div>")[0]
        return re.findall(r'href="tel:([^"]+)"', buttons)

    def _from_the_phone(self, address: str, **fields: Any) -> None:
        self.answer = self.phone.post(reverse(address), fields, follow=True)
        assert self.answer.status_code == 200

    def _practises(self, act: happenings.Practises) -> None:
        said = {"pain": act.pain, "kind": act.leg, f"side-{act.leg}": act.side}
        typed = {name: value for name, value in said.items() if value not in {None, ""}}
        day = self.cast.harbour.today()
        if act.sets:
            assert save(self.phone, day, **typed).status_code == 303
        else:
            sheet = {"client_id": acts.new_id(), "reps-1": "10", **typed}
            self.answer = self.phone.post(reverse("log_day", args=[day]), sheet, follow=True)

    def _tells(self, act: happenings.Tells) -> None:
        pain = "" if act.pain is None else str(act.pain)
        sides = {f"side-{sign}": act.side for sign in act.signs if act.side and sign in SIDED}
        said = {"kind": list(act.signs), "growing": act.growing, "words": act.words, "pain": pain}
        self._from_the_phone("report", client_id=acts.new_id(), **said, **sides)

    def _takes_back(self) -> None:
        found = TAKE_BACK.search(self.phone.get(reverse("report")).content.decode())
        assert found is not None
        self.answer = self.phone.post(found[1], follow=True)
        assert self.answer.status_code == 200

    # ---- the mails

    def send(self) -> list[str]:
        """Run the sender; who was written to this time, in alphabetical order."""
        mail.outbox.clear()
        call_command("send_notices", verbosity=0)
        for message in mail.outbox:
            kind = "urgent" if message.subject.startswith("Urgent") else "plain"
            self._mails.append((kind, message.to[0].partition("@")[0]))
        return sorted(message.to[0].partition("@")[0] for message in mail.outbox)

    def mailed(self, kind: str) -> list[str]:
        """Whom urgent or plain mails have reached since the moment."""
        return sorted(who for of, who in self._mails if of == kind)


def _asked(visit: happenings.Visit) -> dict[str, str]:
    """The form of the screening as it was filled in."""
    said = {"no_flags": "on", "outcome": "cleared"}
    if visit.precaution is None:
        said["no_precautions"] = "on"
    else:
        key, note = visit.precaution
        said |= {f"has_{key}": "on", f"note_{key}": note}
    if visit.not_cleared:
        said |= {"flag_saddle": "yes", "outcome": "not_cleared", "words": visit.not_cleared}
        said["travels"] = "By ambulance."
    return said
