"""The forms of a first visit's steps, filled in with what was typed before and is not saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import SCALE, Form, OneLine
from curriculum.models import Criterion, Rung
from patients.forms.assessment import AssessmentForm
from patients.forms.days import DaysForm
from patients.forms.people import IntakeForm
from patients.models import EVERY_DAY
from patients.standing.training_days import WITH_LOAD

#: What a form sends that is no answer of a person.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "opened", "go", "look", "password", "credential"})
OWN_DAYS = "own"
#: How a rung is answered at the first visit.
ALL_MET = "met"
BY_POINT = "points"
NOT_YET = "not"

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def answers_in(post: QueryDict) -> dict[str, list[str]]:
    """What a person typed into a page, to keep it."""
    return {name: values for name, values in post.lists() if name not in NOT_TYPED and any(values)}


def opened_at(post: QueryDict) -> datetime | None:
    """When the page was opened that sends this; None = it does not say."""
    try:
        moment = datetime.fromisoformat(post.get("opened", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def as_post(kept: Mapping[str, Sequence[str]]) -> QueryDict:
    """A draft as a page sends it."""
    typed = QueryDict(mutable=True)
    for name, values in kept.items():
        typed.setlist(name, list(values))
    return typed


def filled(form: AnyForm, draft: QueryDict | None) -> AnyForm:
    """The form with the answers of a draft, none of which is judged yet."""
    if draft is not None and not form.is_bound:
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(draft, {}, form.add_prefix(name))
    return form


class StoryForm(IntakeForm):
    """The intake as the first visit asks for it: usual pain as numbers to tap."""

    usual_pain = forms.TypedChoiceField(
        label=_("Usual pain this week, 0 to 10"),
        choices=[*SCALE, ("", _("Unknown"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class SeeForm(AssessmentForm):
    """The first assessment with one answer a rung: all of it met, by point, or not yet."""

    def answer(self, rung: Rung) -> str:
        """How a rung is answered; empty = not looked at."""
        return str(self.data.get(f"rung-{rung.pk}", "")) if self.is_bound else ""

    def ticked(self) -> list[Criterion]:
        """The criteria of the rungs that are met as a whole, and those ticked by point."""
        by_point = super().ticked()
        asked = self._criteria().values()
        if not self.is_bound:
            return by_point
        whole = [one for one in asked if self.answer(one.rung) == ALL_MET]
        left = {one.rung_id for one in asked if self.answer(one.rung) in (ALL_MET, NOT_YET)}
        return [*whole, *(one for one in by_point if one.rung_id not in left)]

    def set_aside(self) -> dict[Criterion, str]:
        """Only a rung that is answered by point sets a criterion aside."""
        return {
            criterion: why
            for criterion, why in super().set_aside().items()
            if self.answer(criterion.rung) not in (ALL_MET, NOT_YET)
        }


class VisitDaysForm(DaysForm):
    """The days of practice: usual ones by one tap, or others."""

    pattern = forms.ChoiceField(
        label=_("Days of practice"),
        choices=[
            (str(EVERY_DAY), _("Every day")),
            (str(WITH_LOAD), _("Mon, Wed, Fri")),
            (OWN_DAYS, _("Other days")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose at least one day of the week.")},
    )

    def clean(self) -> None:
        super().clean()
        own = self.cleaned_data.get("pattern") == OWN_DAYS
        if own and not self.cleaned_data.get("weekdays") and "weekdays" not in self.errors:
            self.add_error("weekdays", _("Choose at least one day of the week."))

    def mask(self) -> int:
        pattern: str = self.cleaned_data["pattern"]
        return super().mask() if pattern == OWN_DAYS else int(pattern)

    @staticmethod
    def of(mask: int) -> dict[str, Any]:
        usual = mask in (EVERY_DAY, WITH_LOAD)
        return DaysForm.of(mask) | {"pattern": str(mask) if usual else OWN_DAYS}


class SetAsideForm(Form):
    reason = OneLine(
        label=_("Why it ends here"),
        max_length=500,
        help_text=_("For the record. What the steps have written stays."),
        error_messages={"required": _("Write why the first visit ends here.")},
    )
