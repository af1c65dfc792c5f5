"""The form for a clinician's answer to a stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import Day
from curriculum.models import Level, Rung
from patients.forms.messages import AFTER_A_LEG, AFTER_A_STOP, WordsForm
from patients.models import Answer, Stop, StopCause
from patients.rules.periods import LOWER_DAYS
from patients.rules.refusals import Refused


def _each_with_those_above(passed: Sequence[Rung]) -> list[tuple[int, str]]:
    """Choices of a withdrawal, each with what goes along. ``passed``: highest first."""
    said = gettext("{rung}, and with it {above}")
    above = [", ".join(str(one) for one in passed[:number][::-1]) for number in range(len(passed))]
    return [
        (rung.pk, said.format(rung=rung, above=higher) if higher else str(rung))
        for rung, higher in zip(passed, above, strict=True)
    ]


class StopAnswerForm(WordsForm):
    """The answer to a stop; what goes with each action lies beside it."""

    action = forms.ChoiceField(
        label=_("What now"),
        choices=[(code, label) for code, label in Answer.choices if code != Answer.CORRECTED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the patient does next.")},
    )
    level = forms.ModelChoiceField(
        Level.objects.none(), label=_("Train lower on"), required=False, empty_label=None
    )
    until = Day(label=_("Until"), required=False, help_text=_("The last day."))
    away_until = Day(
        label=_("Pause until"),
        required=False,
        help_text=_("Leave empty: until you or the patient resume."),
    )
    rung = forms.ModelChoiceField(
        Rung.objects.none(),
        label=_("Rung to withdraw"),
        required=False,
        empty_label=None,
        help_text=_("Every passed rung above it goes too. This cannot be taken back."),
    )

    def __init__(
        self, *args: Any, stop: Stop, lower: Sequence[Level], passed: Sequence[Rung], **kwargs: Any
    ) -> None:
        # What fits a flare-up says too little, or the wrong thing, about a leg.
        self.offered = (
            AFTER_A_LEG if stop.cause in {StopCause.NUMB, StopCause.WEAK} else AFTER_A_STOP
        )
        until = stop.plan.clinic.today() + timedelta(days=LOWER_DAYS)
        super().__init__(*args, initial={"until": until}, **kwargs)
        self._offer(
            "level",
            Level.objects.select_related("drill", "rung"),
            [(one.pk, str(one)) for one in lower],
        )
        self._offer("rung", Rung.objects.all(), _each_with_those_above(passed))
        hidden = ({Answer.LOWER} if not lower else set()) | (
            {Answer.WITHDRAW} if not passed else set()
        )
        cast(forms.ChoiceField, self.fields["action"]).choices = [
            (code, label)
            for code, label in Answer.choices
            if code not in hidden and code != Answer.CORRECTED
        ]

    def _offer(self, name: str, queryset: Any, choices: Sequence[tuple[int, str]]) -> None:
        # The choices are at hand already: a page with a stop asks the database no more than one
        # without.
        field = cast("forms.ModelChoiceField[Any]", self.fields[name])
        field.queryset = queryset.filter(pk__in=[pk for pk, _label in choices])
        cast(forms.Select, field.widget).choices = choices

    def asked(self) -> dict[str, Any]:
        """What ``practice.answer_stop`` is to do."""
        said = self.cleaned_data
        action = self.cleaned_data["action"]
        asked: dict[str, Any] = {"action": action, "word": self.said()}
        if action == Answer.LOWER:
            asked |= {"level": said["level"], "until": said["until"]}
        elif action == Answer.PAUSE:
            asked |= {"until": said["away_until"]}
        elif action == Answer.WITHDRAW:
            asked |= {"level": said["rung"].levels.first() if said["rung"] else None}
        return asked

    def field_of(self, refused: Refused) -> str | None:
        """Beside which field a refusal belongs."""
        if refused.code in {"until_missing", "until_in_past"}:
            return "away_until" if self.cleaned_data.get("action") == Answer.PAUSE else "until"
        return {
            "reason_missing": "word",
            "too_long": "word",
            "goal_level": "level",
            "bad_choice": "action",
        }.get(refused.code)
