"""The form of the first assessment."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, OneLine
from curriculum.models import Criterion, Fault, Level, Rung
from patients.forms.borrowing import offer_days
from patients.forms.gate import OTHER_LADDER, Criteria, MarkedForm
from patients.models import Plan


class AssessmentForm(MarkedForm):
    """What the clinician saw at the assessment.

    ``fault``, ``words``: the faults that were seen, and another one in words.
    ``criterion``: the criteria that were met.
    ``rung``, ``level``: where to start instead of the suggestion.
    ``reason``: why the clinician does not follow the suggestion.
    ``borrow``, ``borrow_until``: a level of a locked rung to practise for now, and its last day.
    """

    fault = forms.ModelMultipleChoiceField(
        Fault.objects.none(), to_field_name="slug", required=False
    )
    words = OneLine(label=_("Something else, in your words"), required=False, max_length=200)
    criterion = Criteria(Criterion.objects.none(), required=False, error_messages=OTHER_LADDER)
    rung = forms.ModelChoiceField(Rung.objects.none(), required=False, label=_("Start on"))
    level = forms.ModelChoiceField(Level.objects.none(), required=False, label=_("Start with"))
    reason = OneLine(label=_("Reason"), required=False, max_length=500)
    borrow = forms.ModelChoiceField(Level.objects.none(), required=False)
    borrow_until = Day(label=_("Set for now, until"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._propose_days(plan)
        ladder = plan.ladder_id
        self._set("fault", plan.ladder.own_faults())
        self._set("criterion", Criterion.objects.filter(rung__ladder=ladder).select_related("rung"))
        self._set("rung", plan.rungs())
        levels = Level.objects.filter(rung__ladder=ladder).select_related("rung", "drill")
        self._set("level", levels)
        self._set("borrow", levels)

    def _propose_days(self, plan: Plan) -> None:
        """Propose the last day of a borrowed level, also to a page that had nothing to ask yet."""
        field = self.fields["borrow_until"]
        offer_days(field, plan.clinic.today())
        if self.is_bound and "borrow_until" not in self.data:
            data = cast(QueryDict, self.data).copy()
            data["borrow_until"] = field.initial.isoformat()
            self.data = data

    def _set(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = rows

    def ticked(self) -> list[Criterion]:
        return list(self.cleaned_data.get("criterion") or [])

    def faults(self) -> list[Fault]:
        return list(self.cleaned_data.get("fault") or [])

    def _criteria(self) -> dict[int, Criterion]:
        field = cast("forms.ModelMultipleChoiceField[Criterion]", self.fields["criterion"])
        return {criterion.pk: criterion for criterion in field.queryset or ()}

    def set_aside(self) -> dict[Criterion, str]:
        """The criteria that do not apply, each with the reason."""
        return self.marks.reasons(self._criteria())

    def start(self) -> dict[str, Any]:
        """The arguments of the verb ``assessment.start``."""
        names = ("words", "rung", "level", "reason", "borrow", "borrow_until")
        given = {name: self.cleaned_data[name] for name in names}
        return {
            "criteria": self.ticked(),
            "not_applying": self.set_aside(),
            "figures": self.marks.figures(self._criteria()),
            "faults": self.faults(),
            **given,
        }
