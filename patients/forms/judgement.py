"""Forms of the clinician's judgement: intake, first assessment, the patient's own activities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import Day, Form, OneLine
from curriculum.models import Criterion, Equipment, Fault, Level, Rung
from patients.forms.clinic_gate import OTHER_LADDER, Criteria
from patients.measures import AT_MOST
from patients.models import Activity, Intake, Patient, Plan
from patients.precautions import Precaution
from patients.visit_note import plans_on

SCALE = [(str(number), str(number)) for number in range(11)]


class IntakeForm(Form):
    reason = forms.CharField(
        label=_("Reason for coming"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    usual_pain = forms.TypedChoiceField(
        label=_("Usual pain this week, 0 to 10"),
        choices=[("", _("Unknown")), *SCALE],
        coerce=int,
        empty_value=None,
        required=False,
    )
    goal = forms.CharField(
        label=_("The patient’s own goal, in their words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    equipment = forms.ModelMultipleChoiceField(
        label=_("At home"),
        queryset=Equipment.objects.order_by("name"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in Precaution.choices:
            self.fields[key] = forms.BooleanField(label=label, required=False)
            note = forms.TextInput({"placeholder": _("Note")})
            self.fields[f"{key}_note"] = OneLine(label=_("Note"), required=False, max_length=300, widget=note)

    def precaution_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each tick with its note."""
        return [(self[key], self[f"{key}_note"]) for key in Precaution.values]

    def precautions(self) -> list[dict[str, str]]:
        """What ``people.take_intake`` takes. A note alone counts as its tick: nobody writes it for nothing."""
        said = self.cleaned_data
        return [
            {"key": key, "note": said[f"{key}_note"]} for key in Precaution.values if said[key] or said[f"{key}_note"]
        ]


def intake_initial(intake: Intake | None) -> dict[str, Any]:
    """The latest intake as the form shows it."""
    if intake is None:
        return {}
    ticked = {one["key"]: True for one in intake.precautions}
    notes = {f"{one['key']}_note": one["note"] for one in intake.precautions}
    usual = "" if intake.usual_pain is None else intake.usual_pain
    plain = {"reason": intake.reason, "goal": intake.goal, "usual_pain": usual, "equipment": intake.equipment}
    return {**plain, **ticked, **notes}


class AssessmentForm(Form):
    """What was seen and met on one plan. ``rung`` and ``level``: where to start instead of the suggestion."""

    fault = forms.ModelMultipleChoiceField(Fault.objects.all(), to_field_name="slug", required=False)
    words = OneLine(label=_("Something else, in your words"), required=False, max_length=200)
    criterion = Criteria(Criterion.objects.none(), required=False, error_messages=OTHER_LADDER)
    rung = forms.ModelChoiceField(Rung.objects.none(), required=False, label=_("Start on"))
    level = forms.ModelChoiceField(Level.objects.none(), required=False, label=_("Start with"))
    reason = OneLine(label=_("Reason"), required=False, max_length=500)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ladder = plan.ladder_id
        self._set("criterion", Criterion.objects.filter(rung__ladder=ladder).select_related("rung"))
        self._set("rung", plan.rungs())
        self._set("level", Level.objects.filter(rung__ladder=ladder).select_related("rung", "drill"))

    def _set(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = rows

    def ticked(self) -> list[Criterion]:
        return list(self.cleaned_data.get("criterion") or [])

    def faults(self) -> list[Fault]:
        return list(self.cleaned_data.get("fault") or [])


class ActivitiesForm(Form):
    """Up to three activities, in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, AT_MOST + 1):
            label = _("Activity {number}").format(number=number)
            self.fields[f"activity_{number}"] = OneLine(label=label, required=False, max_length=120)

    def words(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class RatingForm(Form):
    """0 to 10 for each activity that is due; nothing is preselected."""

    def __init__(self, *args: Any, activities: Iterable[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in activities:
            self.fields[f"activity_{one.pk}"] = forms.TypedChoiceField(
                label=one.words,
                choices=SCALE,
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
            )

    def scores(self) -> dict[int, int]:
        """Activity id -> score, of those that were answered."""
        answered = self.cleaned_data.items()
        return {int(name.removeprefix("activity_")): score for name, score in answered if score is not None}


class VisitDayForm(Form):
    """The day of a visit note; once valid, ``plans`` are those that ran then, older first."""

    plans: list[Plan]
    day = Day(label=_("Day"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.patient.clinic.today():
            raise forms.ValidationError(_("That day is still to come. Choose today or a day that was."))
        self.plans = plans_on(self.patient, day)
        if not self.plans:
            raise forms.ValidationError(_("No plan ran on that day, so there is nothing to note."))
        return day
