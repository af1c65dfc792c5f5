"""The form of one of the clinic's elastic bands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from patients.models import Band
from patients.models.load import MOST_MARKS
from patients.rules.refusals import SENTENCES
from patients.verbs.bands import LEAST_PULL, MOST_PULL, NAME

_BETWEEN = format_lazy(
    SENTENCES["out_of_range"],  # type: ignore[arg-type]
    field=_("Pull in kg"),
    low=LEAST_PULL,
    high=MOST_PULL,
)


def _pull(label: Any) -> forms.DecimalField:
    widget = forms.NumberInput(
        attrs={"inputmode": "decimal", "min": f"{LEAST_PULL}", "max": MOST_PULL, "step": "0.1"}
    )
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=LEAST_PULL,
        max_value=MOST_PULL,
        decimal_places=1,
        widget=widget,
        error_messages={"min_value": _BETWEEN, "max_value": _BETWEEN},
    )


class BandForm(Form):
    """A band. ``others``: those in use, lightest first, the band itself left out."""

    name = OneLine(
        label=_("Colour or name"),
        max_length=NAME,
        required=False,
        help_text=_("As people call it here, such as Green, or Green loop."),
    )
    after = forms.TypedChoiceField(
        label=_("Heavier than"), required=False, coerce=int, empty_value=None
    )
    marks = forms.TypedChoiceField(
        label=_("Last mark on the floor"),
        coerce=int,
        choices=[(n, str(n)) for n in range(MOST_MARKS + 1)],
        initial=MOST_MARKS,
        help_text=_(
            "At 0 it begins to pull, and marks lie one foot’s length apart. Name the last one at"
            " which it is no longer than twice its length at rest."
        ),
    )
    kg_from = _pull(_("Pull from, kg"))
    kg_to = _pull(_("Pull to, kg"))

    #: The field that shows a refusal, by its code.
    refusals = {
        "band_unnamed": "name",
        "band_named": "name",
        "too_long": "name",
        "band_keeps_its_name": "name",
        "band_gone": "after",
        "mark_prescribed": "marks",
        "out_of_range": "kg_from",
        "pull_half_said": "kg_to",
        "pull_upside_down": "kg_to",
    }

    def __init__(self, *args: Any, others: Sequence[Band], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedChoiceField, self.fields["after"])
        field.choices = [("", _("None: it is the lightest"))]
        field.choices += [(band.pk, band.name) for band in others]

    @staticmethod
    def of(band: Band, lighter: Band | None) -> dict[str, Any]:
        """What the form begins with. ``lighter``: the next lighter band."""
        names = ("name", "marks", "kg_from", "kg_to")
        return {**{name: getattr(band, name) for name in names}, "after": lighter and lighter.pk}
