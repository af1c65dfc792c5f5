"""The form for a clinician's answer to a stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, OneLine
from curriculum.models import Level, Rung
from patients.forms.messages import AFTER_A_LEG, AFTER_A_STOP, WordsForm
from patients.models import Answer, Contact, Stop
from patients.rules.periods import LOOK_AGAIN_AFTER_A_LEG, LOOK_AGAIN_AFTER_PAIN, LOWER_DAYS

LOOK_AGAIN = [
    ("tomorrow", _("Tomorrow")),
    ("three_days", _("In 3 days")),
    ("day", _("On a day")),
    ("not", _("Not needed")),
]
LOOK_AGAIN_AFTER = {"tomorrow": LOOK_AGAIN_AFTER_A_LEG, "three_days": LOOK_AGAIN_AFTER_PAIN}


def _each_with_those_above(passed: Sequence[Rung]) -> list[tuple[int, str]]:
    """Choices of a rung to withdraw. A label names the higher rungs that go too.

    ``passed``: the passed rungs, highest first.
    """
    label = gettext("{rung}, and with it {above}")
    above = [
        ", ".join(str(rung) for rung in passed[:number][::-1]) for number in range(len(passed))
    ]
    return [
        (rung.pk, label.format(rung=rung, above=higher) if higher else str(rung))
        for rung, higher in zip(passed, above, strict=True)
    ]


class LookedAgainForm(Form):
    """That somebody looked at the patient again, in words if they like, and when they look next."""

    words = OneLine(label=_("What you saw"), required=False, max_length=2000)
    look_again_on = Day(
        label=_("Look again on"), required=False, help_text=_("Leave empty: not needed any more.")
    )

    #: The field that shows each refusal, by the code of the refusal.
    FIELDS: ClassVar[dict[str, str]] = {
        "look_again_in_past": "look_again_on",
        "too_long": "words",
    }


class StopAnswerForm(WordsForm):
    """The answer to a stop. Each action has fields of its own."""

    contact = forms.ChoiceField(
        label=_("Contact"), choices=Contact.choices, widget=forms.RadioSelect, required=False
    )
    contact_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}),
        help_text=_("Now when left empty."),
        error_messages={"invalid": _("Give a day and a time.")},
    )
    finding = forms.CharField(
        label=_("What was told or found"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For the record: the patient does not read it."),
    )
    action = forms.ChoiceField(
        label=_("What now"),
        choices=[(code, label) for code, label in Answer.choices if code != Answer.CORRECTED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the patient does next.")},
    )
    level = forms.ModelChoiceField(
        Level.objects.none(), label=_("Train lower on"), required=False, empty_label=None
    )
    look_again = forms.ChoiceField(
        label=_("Look again"), choices=LOOK_AGAIN, widget=forms.RadioSelect, required=False
    )
    look_again_on = Day(label=_("Look again on"), required=False)
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
        self,
        *args: Any,
        stop: Stop,
        lower: Sequence[Level],
        passed: Sequence[Rung],
        waiting: Sequence[Stop],
        **kwargs: Any,
    ) -> None:
        # Phrases for a flare-up would be wrong for symptoms in a leg.
        self.offered = AFTER_A_LEG if stop.needs_contact else AFTER_A_STOP
        self.waiting = waiting
        self.today = stop.patient.clinic.today()
        self.proposed = "tomorrow" if stop.is_in_a_leg else "three_days"
        initial = {
            "until": self.today + timedelta(days=LOWER_DAYS),
            "look_again": self.proposed,
        }
        super().__init__(*args, initial=initial, **kwargs)
        for name in () if stop.needs_contact else ("contact", "contact_at", "finding"):
            del self.fields[name]
        self._offer(
            "level",
            Level.objects.select_related("drill", "rung"),
            [(level.pk, str(level)) for level in lower],
        )
        self._offer("rung", Rung.objects.all(), _each_with_those_above(passed))
        self._offer_actions({Answer.LOWER: bool(lower), Answer.WITHDRAW: bool(passed)})

    def _offer_actions(self, possible: dict[Answer, bool]) -> None:
        cast(forms.ChoiceField, self.fields["action"]).choices = [
            (code, label)
            for code, label in Answer.choices
            if possible.get(Answer(code), True) and code != Answer.CORRECTED
        ]

    def _offer(self, name: str, queryset: Any, choices: Sequence[tuple[int, str]]) -> None:
        # The choices are read already, so a page with a stop needs no more queries than another.
        field = cast("forms.ModelChoiceField[Any]", self.fields[name])
        field.queryset = queryset.filter(pk__in=[pk for pk, _label in choices])
        cast(forms.Select, field.widget).choices = choices

    def answer(self) -> dict[str, Any]:
        """The arguments of the verb ``stops.answer``."""
        cleaned = self.cleaned_data
        action = cleaned["action"]
        arguments: dict[str, Any] = {
            "action": action,
            "word": self.text(),
            "contact": cleaned.get("contact", ""),
            "at": cleaned.get("contact_at"),
            "finding": cleaned.get("finding", ""),
            "look_again_on": self._look_again_on(),
            "covers": self._covers(),
        }
        if action == Answer.LOWER:
            arguments |= {"level": cleaned["level"], "until": cleaned["until"]}
        elif action == Answer.PAUSE:
            arguments |= {"until": cleaned["away_until"]}
        elif action == Answer.WITHDRAW:
            rung = cleaned["rung"]
            arguments |= {"level": rung.levels.first() if rung else None}
        return arguments

    def clean(self) -> None:
        if self.cleaned_data.get("look_again") == "day" and not self.cleaned_data.get(
            "look_again_on"
        ):
            self.add_error("look_again_on", _("Choose the day."))

    def _look_again_on(self) -> date | None:
        """The day that was chosen; a form that does not say takes the proposed one."""
        chosen = self.cleaned_data["look_again"] or self.proposed
        if chosen == "day":
            day: date | None = self.cleaned_data["look_again_on"]
            return day
        return self.today + LOOK_AGAIN_AFTER[chosen] if chosen in LOOK_AGAIN_AFTER else None

    def _covers(self) -> list[Stop]:
        """The stops that the page showed, of those that wait."""
        shown = set(cast(QueryDict, self.data).getlist("covers"))
        return [stop for stop in self.waiting if str(stop.pk) in shown]

    def refusal_fields(self) -> dict[str, str]:
        """The field that shows each refusal, by the code of the refusal."""
        until = "away_until" if self.cleaned_data.get("action") == Answer.PAUSE else "until"
        return {
            "contact_missing": "contact",
            "finding_missing": "finding",
            "day_in_future": "contact_at",
            "look_again_in_past": "look_again_on",
            "sent_on": "action",
            "until_missing": until,
            "until_in_past": until,
            "reason_missing": "word",
            "too_long": "word",
            "goal_level": "level",
            "bad_choice": "action",
        }
