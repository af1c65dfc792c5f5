"""Forms for messages between the patient and the clinic: phrases to tick, and free text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, FormNumber, Lines
from patients.models import Plan, Symptom

Phrases = list[tuple[str, str | Promise]]


AFTER_A_STOP: Phrases = [
    ("settle", _("Flare-ups are common and usually settle.")),
    ("lighter", _("Go lighter and smaller for a few days, then build up again.")),
    ("usual", _("Go on as before. Stop the set when it is more than you are used to.")),
    ("call", _("I will call you to talk it through.")),
]


_WAIT = ("wait", _("Do no drill until we have spoken."))
_LEG: Phrases = [
    ("come", _("Please come in, so that I can look at your leg.")),
    ("eased", _("Good that it has eased. Go on as before, and tell me if it comes back.")),
]
_EMERGENCY: Phrases = [
    ("go", _("Go to the emergency department now, as we agreed. Do not wait for me.")),
    ("clear", _("Good that it was looked at. Go on as before, and call at once if it comes back.")),
]
#: What is said of each sign after somebody was reached, by the sign or the cause of its stop.
_OF_A_SIGN: dict[str, Phrases] = {
    Symptom.SADDLE: _EMERGENCY,
    Symptom.BLADDER: _EMERGENCY,
    Symptom.BOWEL: _EMERGENCY,
    Symptom.OTHER_NOW: _EMERGENCY,
    Symptom.WEAK: _LEG,
    Symptom.NUMB: _LEG,
    Symptom.BELOW_KNEE: _LEG,
    Symptom.FEVER: [
        ("fever", _("Let a doctor look at the fever today, as we agreed. Rest until it is gone.")),
        ("well", _("Good that you are well again. Go on as before, and tell me if it comes back.")),
    ],
    Symptom.CALF: [
        ("calf", _("Let a doctor look at your calf today, as we agreed.")),
        ("clear", _EMERGENCY[1][1]),
    ],
    Symptom.FALL: [
        ("fall", _("Please come in, so that I can look at you after the fall.")),
        ("unhurt", _("Good that nothing came of the fall. Go on as before.")),
    ],
}


def after_signs(kinds: Iterable[str]) -> Phrases:
    """The phrases that fit the signs of a stop, each once."""
    fitting = [_WAIT, *(phrase for kind in kinds for phrase in _OF_A_SIGN.get(kind, ()))]
    return list(dict(fitting).items())


AT_A_GATE: Phrases = [
    ("nearly", _("Nearly there.")),
    ("slow", _("Slow down the last repetitions.")),
    ("quality", _("Stop each set when the shape changes.")),
    ("look", _("I will look again at your next visit.")),
]


IN_A_MESSAGE: Phrases = [
    ("thanks", _("Thank you for telling me.")),
    ("fine", _("This is fine. Go on as planned.")),
    ("visit", _("We will look at it together at your next visit.")),
    ("ring", _("Please call the clinic so that we can talk.")),
]


#: To those who have gone quiet.
IN_SILENCE: Phrases = [
    ("quiet", _("I have seen no practice from you for a while. How is it going?")),
    ("again", _("You can begin again on any day. One set is enough to start with.")),
    ("change", _("If something keeps you from it, tell me: we can change the plan.")),
    ("ring", _("Please call the clinic so that we can talk.")),
]
#: To those who are ready by numbers: only a clinician who looks on says what comes next.
IN_AN_INVITATION: Phrases = [
    ("come", _("You have practised steadily. Please come in, so that I can watch you do it.")),
    ("book", _("Please call the clinic to find a time.")),
    ("on", _("Until then go on as planned.")),
]


class WordsForm(Form):
    """Phrases to tick and free text. ``text()`` joins them to one text."""

    offered: Phrases = []

    phrases = forms.MultipleChoiceField(
        label=_("Ready phrases"), required=False, widget=forms.CheckboxSelectMultiple
    )
    word = Lines(
        label=_("Your own words"),
        required=False,
        max_length=400,
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["phrases"]).choices = self.offered

    def text(self) -> str:
        ticked = self.cleaned_data.get("phrases", [])
        phrases = [str(text) for key, text in self.offered if key in ticked]
        own = self.cleaned_data.get("word", "")
        return " ".join([*phrases, own] if own else phrases)


class MessageForm(WordsForm):
    offered = IN_A_MESSAGE

    client_id = FormNumber()

    def clean(self) -> None:
        if not self.errors and not self.text():
            self.add_error("word", _("Write a few words first."))


class WriteToSeveralForm(MessageForm):
    """A message, and who gets it: plans of patients who are listed beside it."""

    plans = forms.ModelMultipleChoiceField(
        label=_("Who gets it"),
        queryset=Plan.objects.none(),
        error_messages={"required": _("Tick at least one of them.")},
    )

    def __init__(self, *args: Any, offered: Phrases, clinic_id: int, **kwargs: Any) -> None:
        self.offered = offered
        super().__init__(*args, **kwargs)
        running = Plan.objects.of_clinic(clinic_id).running().select_related("patient")
        cast("forms.ModelMultipleChoiceField[Plan]", self.fields["plans"]).queryset = running


class MyMessageForm(Form):
    """A message to the physio. The verb limits its length."""

    client_id = FormNumber()
    text = Lines(label=_("Your message"), required=False, rows=3)
