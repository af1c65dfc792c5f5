"""The form of a screening: red flags, precautions with their fields, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, Lines, OneLine, moment
from curriculum import screening as content
from patients.models import Screening, ScreeningAnswer, ScreeningOutcome
from patients.verbs.screening import Examined, SentOn

OUTCOMES = [
    (ScreeningOutcome.CLEARED, _("Cleared")),
    (ScreeningOutcome.LIMITS, _("Cleared, with limits")),
    (ScreeningOutcome.NOT_CLEARED, _("Not cleared")),
]
#: With a weak or numb leg nobody brakes in time.
HOW_TO_TRAVEL = _("Ambulance, taxi, who drives. With a weak or numb leg the person does not drive.")
ANSWERS = [(ScreeningAnswer.NO, _("No")), (ScreeningAnswer.YES, _("Yes"))]


class FlagField(NamedTuple):
    """A red flag with its answer and its note."""

    flag: content.RedFlag
    answer: forms.BoundField
    note: forms.BoundField


class PrecautionField(NamedTuple):
    """A precaution with its tick, its note and what else it asks."""

    precaution: content.Precaution
    tick: forms.BoundField
    note: forms.BoundField
    fields: list[forms.BoundField]


class ScreeningForm(Form):
    """Every item in sight. "None of these" answers every red flag that is left with no, and says
    that no precaution is left out."""

    no_flags = forms.BooleanField(label=_("None of these"), required=False)
    no_precautions = forms.BooleanField(label=_("None of these"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )
    words = Lines(
        label=_("What was done, who was told; or the limits, in words"),
        required=False,
        max_length=2000,
        rows=3,
    )
    look_again_on = Day(
        label=_("Look again on"), required=False, help_text=_("Tomorrow when left empty.")
    )
    travels = OneLine(
        label=_("How the person travels"), required=False, max_length=200, help_text=HOW_TO_TRAVEL
    )
    left_at = moment(_("Left at"), _("Now when left empty."))
    examined_on = Day(label=_("Examined on"), required=False)
    examined_by = OneLine(label=_("Examined by"), required=False, max_length=200)
    finding = Lines(
        label=_("What was found"),
        required=False,
        max_length=2000,
        rows=2,
    )

    def __init__(self, *args: Any, before: Screening | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody is cleared by what a page chose for them.
        if before is None or before.allows:
            self.fields["outcome"].initial = ScreeningOutcome.CLEARED
        standing = {row.key: row for row in before.precautions.all()} if before else {}
        for flag in content.red_flags().values():
            self.fields[f"flag_{flag.key}"] = forms.ChoiceField(
                label=flag.term, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )
            self.fields[f"note_{flag.key}"] = self._line(_("Note"), 500)
        for precaution in content.precautions().values():
            row = standing.get(precaution.key)
            self.fields[f"has_{precaution.key}"] = forms.BooleanField(
                label=precaution.label, required=False, initial=row is not None
            )
            self.fields[f"note_{precaution.key}"] = self._line(
                _("Note"), 500, initial=row.note if row else ""
            )
            for field in precaution.fields:
                given = row.fields.get(field.key, "") if row else ""
                self.fields[f"{precaution.key}_{field.key}"] = _field(field, given)

    @staticmethod
    def _line(label: Any, limit: int, initial: str = "") -> OneLine:
        return OneLine(label=label, required=False, max_length=limit, initial=initial)

    def flags(self) -> Iterator[FlagField]:
        for flag in content.red_flags().values():
            yield FlagField(flag, self[f"flag_{flag.key}"], self[f"note_{flag.key}"])

    def precautions(self) -> Iterator[PrecautionField]:
        for precaution in content.precautions().values():
            fields = [self[f"{precaution.key}_{field.key}"] for field in precaution.fields]
            yield PrecautionField(
                precaution,
                self[f"has_{precaution.key}"],
                self[f"note_{precaution.key}"],
                fields,
            )

    def clean(self) -> None:
        ticked = any(self.cleaned_data.get(f"has_{key}") for key in content.precautions())
        if not ticked and not self.cleaned_data.get("no_precautions"):
            self.add_error(
                "no_precautions", _("Tick what is true of this person, or “None of these”.")
            )
        if ticked and self.cleaned_data.get("no_precautions"):
            self.add_error("no_precautions", _("Something is ticked: take that off, or this one."))

    def answers(self) -> dict[str, Any]:
        """What ``screen`` takes."""
        values = self.cleaned_data
        examined = None
        if values["examined_on"]:
            examined = Examined(values["examined_on"], values["examined_by"], values["finding"])
        return {
            "items": {**self._flag_answers(), **self._precaution_answers()},
            "notes": {
                key: values[f"note_{key}"]
                for key in (*content.red_flags(), *content.precautions())
                if values[f"note_{key}"]
            },
            "fields": {
                key: self._given(precaution) for key, precaution in content.precautions().items()
            },
            "outcome": values["outcome"],
            "words": values["words"],
            "look_again_on": values["look_again_on"],
            "examined": examined,
            "sent": SentOn(values["travels"], values["left_at"]),
        }

    def _flag_answers(self) -> dict[str, str]:
        left = ScreeningAnswer.NO if self.cleaned_data["no_flags"] else ScreeningAnswer.NOT_ASKED
        return {key: self.cleaned_data[f"flag_{key}"] or left for key in content.red_flags()}

    def _precaution_answers(self) -> dict[str, str]:
        # All of them are in sight, so one that is not ticked is answered.
        return {
            key: ScreeningAnswer.YES if self.cleaned_data[f"has_{key}"] else ScreeningAnswer.NO
            for key in content.precautions()
        }

    def _given(self, precaution: content.Precaution) -> dict[str, str]:
        given = {}
        for field in precaution.fields:
            value = self.cleaned_data[f"{precaution.key}_{field.key}"]
            if value not in {None, ""}:
                given[field.key] = value.isoformat() if field.kind == "day" else str(value)
        return given


def _field(field: content.PrecautionField, given: str) -> forms.Field:
    if field.choices:
        choices = [("", _("Not asked")), *((choice, choice) for choice in field.choices)]
        return forms.ChoiceField(label=field.label, choices=choices, required=False, initial=given)
    if field.kind == "day":
        return Day(label=field.label, required=False, initial=given)
    if field.kind == "number":
        widget = forms.NumberInput({"inputmode": "numeric", "min": 0, "max": 180})
        return forms.IntegerField(
            label=field.label,
            required=False,
            min_value=0,
            max_value=180,
            initial=given,
            widget=widget,
        )
    return OneLine(label=field.label, required=False, max_length=200, initial=given)
