"""Forms of the gate: not yet, withdrawal, placement, and what a newer edition asks for."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, Lines
from accounts.parsing import row_id
from curriculum.models import Criterion
from patients.forms.marks import Marks
from patients.forms.messages import AT_A_GATE, WordsForm
from patients.models import Plan

OTHER_LADDER = {"invalid_choice": _("One of the criteria does not belong to this ladder.")}


class NotYetForm(WordsForm):
    offered = AT_A_GATE


class WithdrawForm(Form):
    reason = Lines(
        label=_("Reason"),
        max_length=500,
        rows=3,
        help_text=_("What you saw. It stays in the record; the patient does not read it."),
        error_messages={
            "required": _("Write the reason: the patient and your colleagues will ask.")
        },
    )
    to_patient = Lines(
        label=_("Word to the patient"),
        required=False,
        max_length=500,
        rows=2,
        help_text=_("Shown on the patient’s ladder. Leave it empty to say it yourself."),
    )


class Criteria(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Criteria by id. A number that is too large for the database is not a choice."""

    def clean(self, value: Any) -> Any:
        if any(row_id(str(key)) is None for key in value or ()):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            )
        return super().clean(value)


class MarkedForm(Form):
    """A form that holds the folds of several criteria.

    ``marks``: what was seen, and what does not apply
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marks = Marks(cast(QueryDict, self.data) if self.is_bound else None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.marks.are_valid():
            raise forms.ValidationError(_("Look at the criteria that are open below."))
        return cleaned


class SeenForm(MarkedForm):
    """Criteria that were met, among those that the page asked for."""

    criteria = Criteria(Criterion.objects.none(), required=False, error_messages=OTHER_LADDER)

    def __init__(self, *args: Any, asked: QuerySet[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._field.queryset = asked.select_related("rung")

    @property
    def _field(self) -> forms.ModelMultipleChoiceField[Criterion]:
        return cast("forms.ModelMultipleChoiceField[Criterion]", self.fields["criteria"])

    def seen(self) -> dict[str, Any]:
        """The arguments of a verb that takes criteria as a first assessment does."""
        asked = {criterion.pk: criterion for criterion in self._field.queryset or ()}
        return {
            **self.cleaned_data,
            "not_applying": self.marks.reasons(asked),
            "figures": self.marks.figures(asked),
        }

    def typed(self) -> set[int]:
        """The ids that were ticked, valid or not, so that the page can show every tick again."""
        sent = cast(QueryDict, self.data).getlist("criteria") if self.is_bound else []
        return {key for key in map(row_id, sent) if key is not None}


class PlacementForm(SeenForm):
    """The criteria that were met at the first assessment, on any rung of the plan's ladder.

    The verb decides which of the rungs are passed.
    """

    note = Lines(label=_("Note"), required=False, max_length=500, rows=2)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        of_ladder = Criterion.objects.filter(rung__ladder_id=plan.ladder_id)
        super().__init__(*args, asked=of_ladder, **kwargs)
