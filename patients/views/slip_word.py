"""Keeps in a cookie which decision and which answer a phone has shown, so that a slip is told once
and only to those who saw it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from accounts import kept_cookies
from accounts.http import PatientRequest
from accounts.parsing import row_id
from patients.today import slips
from patients.today.day import Today


class SlipWord:
    """The word of one page, and what the phone keeps of it.

    ``says``: whether the page says that a decision was pressed by mistake
    ``says_answer``: the same of an answer to a stop
    """

    def __init__(self, request: PatientRequest, now: Today, *, here: bool = True) -> None:
        """``here``: whether the page has a place for the word."""
        self._whose = f"{now.patient.pk}-{now.plan.pk if now.plan else 0}"
        self._before = self._kept(request)
        self.says = here and slips.word_is_due(now, self._before)
        self.says_answer = here and slips.answer_word_is_due(now, self._before)
        self._shown = slips.shown_by(
            now, self._before, says=self.says, says_answer=self.says_answer
        )

    def _kept(self, request: PatientRequest) -> slips.Shown:
        text = kept_cookies.kept(request, settings.SHOWN_COOKIE_NAME)
        whose, *rest = text.split(".")
        numbers = [row_id(part) or 0 for part in rest]
        # Another plan, or somebody else on the same phone, has shown nothing of this one.
        known = whose == self._whose and len(numbers) == len(slips.Shown())
        return slips.Shown(*numbers) if known else slips.Shown()

    def keep(self, response: HttpResponse) -> HttpResponse:
        if self._shown != self._before:
            text = ".".join(map(str, (self._whose, *self._shown)))
            kept_cookies.keep(response, settings.SHOWN_COOKIE_NAME, text)
        return response
