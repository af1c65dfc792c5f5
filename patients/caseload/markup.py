"""Rows of the caseload as HTML. A page has fifty, so they are written in one pass, and the words
that all of them share are looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from patients.caseload.page import CaseloadRow
from patients.caseload.reasons import Reason
from patients.models import CaseloadPlace
from patients.pictures.mini_ladder import mini_ladder


def rows_in_html(rows: Iterable[CaseloadRow], reader: str) -> SafeString:
    """List items. ``reader``: the name of whoever reads, who is told of other leads only."""
    page = _Page(reader)
    return SafeString("".join(page.item(row) for row in rows))


class _Page:
    """What the rows of a page share: words, and the beginning of every address."""

    def __init__(self, reader: str) -> None:
        self.reader = reader
        self.before, self.after = reverse("chart", args=[0]).rsplit("0", 1)
        self.to_visit = reverse("first_visit", args=[0]).rsplit("0", 1)[1]
        self.lead = escape(_("Lead: %(name)s."))
        self.rung = escape(_("Rung %(position)s/%(top)s"))
        self.complete = f'<span class="muted">{escape(_("Ladder complete"))}</span>'
        self.discharged = f'<span class="tag" data-tone="plain">{escape(_("Discharged"))}</span>'
        self.last_pain = f'<span class="vh">{escape(_("Last pain"))} </span>'
        self.not_reported = f"<small>{escape(_('Not reported'))}</small>"
        self.no_log = f'<small class="muted">{escape(_("No log yet"))}</small>'

    def item(self, row: CaseloadRow) -> str:
        pk = row.patient_id
        after = self.to_visit if row.place == CaseloadPlace.FIRST_VISIT else self.after
        return (
            f'<li><h3><a id="patient-{pk}" href="{self.before}{pk}{after}">'
            f'{escape(row.name)}</a></h3><p class="why">{self._why(row)}{self._whose(row)}</p>'
            f'<p class="rung">{self._rung(row)}</p><p class="days">{self._days(row)}</p>'
            f'<span class="pain-last" data-tone="{row.pain_tone}">{self._pain(row)}</span></li>\n'
        )

    def _why(self, row: CaseloadRow) -> str:
        return _in_html(row.reason) if row.place else self.discharged

    def _whose(self, row: CaseloadRow) -> str:
        words = escape(row.apart)
        if row.lead_name != self.reader and row.lead_name not in row.apart:
            words = f"{words} {self.lead % {'name': escape(row.lead_name)}}".strip()
        return f' <span class="muted">{words}</span>' if words else ""

    def _rung(self, row: CaseloadRow) -> str:
        rung = row.rung
        if rung is None:
            return self.complete if row.complete else ""
        words = self.rung % {"position": rung.position, "top": row.top}
        name = f' <br><span class="muted">{escape(rung.name)}</span>'
        return f"{mini_ladder(rung.position, row.top)}<span>{words}{name}</span>"

    def _days(self, row: CaseloadRow) -> str:
        if not row.spark or row.planned == "0":
            return row.spark
        return f'{row.spark}<span>{row.did}<span class="muted">/{row.planned}</span></span>'

    def _pain(self, row: CaseloadRow) -> str:
        if not row.practised:
            return self.no_log if row.rung else ""
        number = f"<b>{row.pain}</b>/10" if row.pain else self.not_reported
        day = f'<span class="muted">{escape(row.practised)}</span>'
        return f"{self.last_pain}{number} <br>{day}"


def _in_html(reason: Reason) -> str:
    what = f"<b>{escape(reason.what)}</b> " if reason.what else ""
    return f"{what}{escape(reason.more)}"
