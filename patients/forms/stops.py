"""The form for a clinician's answer to a stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, Lines, OneLine, moment
from curriculum import screening as content
from curriculum.models import Level, Rung
from patients.forms.messages import AFTER_A_STOP, WordsForm, after_signs
from patients.forms.screening import HOW_TO_TRAVEL
from patients.forms.screening import OUTCOMES as SCREENING_OUTCOMES
from patients.models import Answer, Contact, Stop, StopTry
from patients.models.stops import PAUSING
from patients.rules.periods import LOOK_AGAIN_AFTER_A_LEG, LOOK_AGAIN_AFTER_PAIN, LOWER_DAYS
from patients.standing.lower import LowerLevel
from patients.standing.red_flags import told_flags
from patients.standing.tries import enough_tries
from patients.standing.working_time import after_working_time
from patients.verbs.screening import Examined
from patients.wording.dosage import dosage_in_words
from patients.wording.stops import signs_of_stop

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


def _offered(offer: LowerLevel) -> str:
    """'Wall 15 cm behind: 2 × 10, went well three times'."""
    parts = [dosage_in_words(offer.dose)]
    if offer.lacks_weight:
        parts.append(gettext("weight not set yet"))
    if offer.proposed:
        parts.append(gettext("went well three times"))
    return gettext("{level}: {dose}").format(level=offer.level, dose=", ".join(parts))


def _kinds(stop: Stop) -> list[str]:
    """The signs of a stop. What an older entry told of a leg is the cause itself."""
    return [sign.kind for sign in signs_of_stop(stop)] or [stop.cause]


#: What is answered by trying again.
NOT_REACHED = "not_reached"
#: When somebody tries again, as it is proposed, in working time: a clinic default.
TRY_AGAIN = timedelta(hours=2)
#: The same of something urgent, at any hour.
TRY_AGAIN_URGENT = timedelta(hours=1)
_OUTCOME_FIELDS = ("outcome", "examined_by", "examined_on", "travels")
_CONTACT_FIELDS = ("contact", "contact_at", "try_again_at", "finding")


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

    contact = forms.ChoiceField(label=_("Contact"), widget=forms.RadioSelect, required=False)
    contact_at = moment(_("When"), _("Now when left empty."))
    try_again_at = moment(_("Try again at"))
    finding = Lines(
        label=_("What was told or found"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=_("For the record: the patient does not read it. Of a letter: to whom it went."),
    )
    action = forms.ChoiceField(
        label=_("What now"),
        choices=[(code, label) for code, label in Answer.choices if code != Answer.CORRECTED],
        widget=forms.RadioSelect,
        required=False,
    )
    level = forms.ModelChoiceField(
        Level.objects.none(),
        label=_("Train lower on"),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label=_("Cleared for training?"),
        choices=SCREENING_OUTCOMES,
        widget=forms.RadioSelect,
        required=False,
    )
    examined_by = OneLine(
        label=_("Examined by"),
        required=False,
        max_length=200,
        help_text=_("A call examines nobody: who did, for example at the hospital?"),
    )
    examined_on = Day(label=_("Examined on"), required=False)
    travels = OneLine(
        label=_("How the person travels"), required=False, max_length=200, help_text=HOW_TO_TRAVEL
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
        lower: Sequence[LowerLevel],
        passed: Sequence[Rung],
        waiting: Sequence[Stop],
        tries: Sequence[StopTry] = (),
        **kwargs: Any,
    ) -> None:
        # Phrases for a flare-up would be wrong for such signs, and each sign has its own.
        self.offered = after_signs(_kinds(stop)) if stop.asks_contact else AFTER_A_STOP
        self.stop = stop
        self.waiting = waiting
        self.tries = tries
        self.clinic = stop.patient.clinic
        self.proposed = "tomorrow" if stop.asks_contact else "three_days"
        best = next((offer.level.pk for offer in lower if offer.proposed), None)
        super().__init__(*args, initial=self._initial() | {"level": best}, **kwargs)
        if stop.asks_contact:
            self._offer_contacts()
        left_out = () if stop.asks_contact else _CONTACT_FIELDS
        for name in left_out if stop.is_urgent else (*left_out, *_OUTCOME_FIELDS):
            del self.fields[name]
        self._offer(
            "level",
            Level.objects.select_related("drill", "rung"),
            # The proposed one comes first, in sight.
            [
                (offer.level.pk, _offered(offer))
                for offer in sorted(lower, key=lambda offer: not offer.proposed)
            ],
        )
        self._offer("rung", Rung.objects.all(), _each_with_those_above(passed))
        self._offer_actions({Answer.LOWER: bool(lower), Answer.WITHDRAW: bool(passed)})

    def _initial(self) -> dict[str, Any]:
        return {
            "until": self.clinic.today() + timedelta(days=LOWER_DAYS),
            "look_again": self.proposed,
            "try_again_at": self._try_again_at(),
        }

    def _try_again_at(self) -> datetime:
        if self.stop.is_urgent:
            return timezone.now() + TRY_AGAIN_URGENT
        return after_working_time(timezone.now(), TRY_AGAIN, self.clinic)

    def _offer_contacts(self) -> None:
        letter = enough_tries(self.tries)
        cast(forms.ChoiceField, self.fields["contact"]).choices = [
            *((code, label) for code, label in Contact.choices if letter or code != Contact.LETTER),
            (NOT_REACHED, _("Could not reach")),
        ]

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
            "outcome": cleaned.get("outcome", ""),
            "examined": self._examined(),
            "travels": cleaned.get("travels", ""),
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

    def _examined(self) -> Examined | None:
        """Somebody's examination, if the answer says whose and when."""
        given = self.cleaned_data
        by = given.get("examined_by")
        day = given.get("examined_on")
        return Examined(day, by, given["finding"]) if by and day else None

    @property
    def red_flags(self) -> list[tuple[str, bool]]:
        """Each red flag, and whether what waits told of it; those told first."""
        told = told_flags(self.waiting)
        flags = content.red_flags()
        keys = sorted(flags, key=lambda key: key not in told)
        return [(flags[key].term, key in told) for key in keys]

    @property
    def not_reached(self) -> bool:
        return self.cleaned_data.get("contact") == NOT_REACHED

    def clean(self) -> None:
        given = self.cleaned_data
        if self.not_reached:
            if not given.get("try_again_at"):
                self.add_error("try_again_at", _("Say when somebody tries again."))
            return
        if given.get("contact") in PAUSING and "action" not in self.errors:
            # Nothing else is possible, so nothing else is asked.
            given["action"] = given["action"] or Answer.PAUSE
        if not given.get("action") and "action" not in self.errors:
            self.add_error("action", _("Choose what the patient does next."))
        self._check_level()
        if given.get("look_again") == "day" and not given.get("look_again_on"):
            self.add_error("look_again_on", _("Choose the day."))

    def _check_level(self) -> None:
        given = self.cleaned_data
        lower = given.get("action") == Answer.LOWER
        if lower and not given.get("level") and "level" not in self.errors:
            self.add_error("level", _("Choose the level to train lower on."))

    def a_try(self) -> dict[str, Any]:
        """The arguments of the verb ``stops.could_not_reach``."""
        given = self.cleaned_data
        return {"try_again_at": given["try_again_at"], "words": given["finding"]}

    def _look_again_on(self) -> date | None:
        """The day that was chosen; a form that does not say takes the proposed one."""
        chosen = self.cleaned_data["look_again"] or self.proposed
        if chosen == "day":
            day: date | None = self.cleaned_data["look_again_on"]
            return day
        return (
            self.clinic.today() + LOOK_AGAIN_AFTER[chosen] if chosen in LOOK_AGAIN_AFTER else None
        )

    def _covers(self) -> list[Stop]:
        """The stops that the page showed, of those that wait."""
        shown = set(cast(QueryDict, self.data).getlist("covers"))
        return [stop for stop in self.waiting if str(stop.pk) in shown]

    def refusal_fields(self) -> dict[str, str]:
        """The field that shows each refusal, by the code of the refusal."""
        until = "away_until" if self.cleaned_data.get("action") == Answer.PAUSE else "until"
        return {
            "contact_missing": "contact",
            "letter_too_early": "contact",
            "outcome_missing": "outcome",
            "examined_missing": "examined_by",
            "examined_too_early": "examined_on",
            "examined_in_future": "examined_on",
            "contact_too_early": "contact_at",
            "not_cleared_pauses": "action",
            "spoken_without_words": "word",
            "answer_without_words": "word",
            "try_again_in_past": "try_again_at",
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
