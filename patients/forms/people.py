"""Forms about a patient: name and lead, the intake, and the first plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import SCALE, SCALE_OF_TEN, Form, Lines, OneLine
from accounts.models import Clinic, User
from accounts.names import has_letter
from accounts.parsing import row_id
from curriculum.library import by_ladder
from curriculum.models import Equipment, Ladder, Rung
from patients.caseload.namesakes import Namesake, namesakes_of
from patients.forms.identity import IdentityForm, identity_initial
from patients.forms.visits import OF_VISIT, NextVisitFields, initial_of_visit
from patients.models import EVERY_DAY, Intake, Patient
from patients.models.names import same_as
from patients.standing.ladders_offered import offered, why_not
from patients.standing.training_days import mask_of
from patients.standing.visits import later_visit


class LeadField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the clinic's staff. A person who can no longer sign in has a mark."""

    def label_from_instance(self, obj: User) -> str:
        return obj.name if obj.is_active else _("%(name)s (no access)") % {"name": obj.name}


class PatientForm(IdentityForm):
    """Who a patient is, with lead and referral note. The lead is a colleague of ``by`` who can sign
    in, or the current lead of ``patient``."""

    name = OneLine(
        label=_("Name"), max_length=200, error_messages={"required": _("Write the patient’s name.")}
    )
    lead = LeadField(label=_("Lead"), queryset=User.objects.none(), empty_label=None)
    referral_note = Lines(
        label=_("Referral note"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=_("For the clinic only. The patient does not see it."),
    )

    def __init__(self, *args: Any, by: User, patient: Patient | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinic = by.clinic
        self.order_fields(["name"])
        current_lead = Q(pk=patient.lead_id) if patient is not None else Q()
        leads = User.objects.staff_of(by.clinic).filter(Q(is_active=True) | current_lead)
        field = self.fields["lead"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = leads
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not has_letter(name):
            raise ValidationError(_("Write the patient’s name."))
        return name


class NewPatientForm(PatientForm):
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        #: Patients who already have the typed name. ``another``: the name that the next press sends
        #: to say that this is another person.
        self.namesakes: list[Namesake] = []
        self.another = ""
        self.fields["name"].widget.attrs["autofocus"] = not self.is_bound

    def clean_name(self) -> str:
        name = super().clean_name()
        same = same_as(name)
        if self.data.get("another") == same:
            self.another = same
            return name
        self.namesakes = namesakes_of(self.clinic, name)
        if self.namesakes:
            self.another = same
            raise ValidationError(_("Somebody of this name is there already."))
        return name


class EditPatientForm(PatientForm, NextVisitFields):
    """Who the patient is, and the next visit."""

    def other_fields(self) -> dict[str, Any]:
        """What else the form says of the patient, but the visit."""
        return {name: v for name, v in super().other_fields().items() if name not in OF_VISIT}


def initial(patient: Patient) -> dict[str, Any]:
    """The initial values of ``EditPatientForm``."""
    return {
        **identity_initial(patient),
        "name": patient.name,
        "lead": patient.lead_id,
        "referral_note": patient.referral_note,
        **initial_of_visit(later_visit(patient)),
    }


class LadderForm(Form):
    """Which ladder: the newest edition of each that the clinic offers. The first one is chosen
    unless another is.

    It accepts any ladder. The verb refuses one that is not offered, and says who decided so.
    """

    ladder = forms.ModelChoiceField(
        label=_("Ladder"),
        queryset=Ladder.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a ladder.")},
    )

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinic = clinic
        self.offered = list(offered(clinic.pk))
        field = cast("forms.ModelChoiceField[Ladder]", self.fields["ladder"])
        field.queryset = Ladder.objects.newest()
        field.choices = [(ladder.pk, str(ladder)) for ladder in self.offered]
        if self.offered:
            self.initial.setdefault("ladder", self.offered[0].pk)

    @property
    def asks(self) -> bool:
        """Whether the ladder is a question: several are offered, or none of them was meant."""
        meant = str(self["ladder"].value())
        return len(self.offered) > 1 or meant not in {str(one.pk) for one in self.offered}

    @property
    def gone(self) -> str:
        """Why the ladder that a draft names has to be chosen anew; empty = it has not."""
        ladder = Ladder.objects.filter(pk=row_id(str(self["ladder"].value())) or 0).first()
        why = why_not(self.clinic, ladder) if ladder is not None and not self.is_bound else None
        return str(why or "")


def goals_by_ladder(rungs: Iterable[Rung]) -> list[tuple[Any, Any]]:
    """Rungs as choices under the names of their ladders; first the top, of whatever ladder."""
    ordered = sorted(rungs, key=lambda rung: (rung.ladder.slug, -rung.position))
    grouped = [
        (ladder.name, [(rung.pk, str(rung)) for rung in own]) for ladder, own in by_ladder(ordered)
    ]
    return [("", _("To the top of the ladder")), *grouped]


class AssignForm(LadderForm):
    """The first plan: which ladder, on which weekdays, up to which rung."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of practice"),
        coerce=int,
        choices=[(bit, name) for bit, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    goal = forms.ModelChoiceField(
        label=_("How high?"), queryset=Rung.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Rung]", self.fields["goal"])
        field.queryset = Rung.objects.filter(ladder__in=Ladder.objects.newest())
        rungs = Rung.objects.filter(ladder__in=self.offered).select_related("ladder")
        field.choices = goals_by_ladder(rungs)
        self.initial.setdefault("weekdays", [bit for bit in WEEKDAYS if EVERY_DAY >> bit & 1])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        goal = self.cleaned_data.get("goal")
        ladder = self.cleaned_data.get("ladder")
        if goal is not None and ladder is not None and goal.ladder_id != ladder.pk:
            self.add_error("goal", _("The goal must be a rung of this ladder."))
        return cleaned

    def mask(self) -> int:
        return mask_of(self.cleaned_data["weekdays"])

    def goal_rung(self) -> Rung | None:
        """The goal as the verb ``gate.assign`` takes it. None means the top."""
        goal: Rung | None = self.cleaned_data["goal"]
        if goal is None:
            return None
        top = Rung.objects.filter(ladder_id=goal.ladder_id).order_by("-position").first()
        return None if goal == top else goal


class UsualPainForm(Form):
    usual_pain = forms.TypedChoiceField(
        label=_("Usual pain this week"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("Not known")), *SCALE_OF_TEN],
    )


class UsualSeenForm(Form):
    """What a clinician notes on seeing that the usual pain went up."""

    word = OneLine(label=_("A word for the record"), max_length=500)


class IntakeForm(Form):
    reason = Lines(
        label=_("Reason for coming"),
        required=False,
        max_length=2000,
        rows=2,
    )
    usual_pain = forms.TypedChoiceField(
        label=_("Usual pain this week, 0 to 10"),
        choices=[("", _("Unknown")), *SCALE],
        coerce=int,
        empty_value=None,
        required=False,
    )
    goal = Lines(
        label=_("The patient’s own goal, in their words"),
        required=False,
        max_length=2000,
        rows=2,
    )
    equipment = forms.ModelMultipleChoiceField(
        label=_("At home"),
        queryset=Equipment.objects.order_by("name"),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def intake(self) -> dict[str, Any]:
        """The arguments of the verb ``people.take_intake``."""
        plain = {name: self.cleaned_data[name] for name in ("usual_pain", "reason", "goal")}
        equipment = [item.slug for item in self.cleaned_data["equipment"]]
        return {**plain, "equipment": equipment}


def intake_initial(intake: Intake | None, usual_pain: int | None) -> dict[str, Any]:
    """The initial values of ``IntakeForm``. ``usual_pain``: the one that counts now."""
    usual = "" if usual_pain is None else usual_pain
    if intake is None:
        return {"usual_pain": usual}
    return {
        "reason": intake.reason,
        "goal": intake.goal,
        "usual_pain": usual,
        "equipment": intake.equipment,
    }
