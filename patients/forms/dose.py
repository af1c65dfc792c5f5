"""The form for the dose of a level: how much, how heavy, in which way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Day, Form, Lines, OneLine
from curriculum.models import Level
from curriculum.variants import Variant, read_variants, that_help
from patients.forms.plan import AtHome, LevelField, number
from patients.models import Band, Prescription
from patients.models.load import LEAST_KG, MOST_KG, MOST_MARKS
from patients.standing.bands import in_use
from patients.standing.cautions import Held, is_avoided, of_level
from patients.wording.dosage import kilograms
from patients.wording.effort import RESERVES

#: Columns of a prescription that the form shows under their own names.
SAME_NAMES = (
    *("sets", "reps", "reps_to", "seconds", "pause", "rest", "max_kg", "mark", "reserve"),
    *("per_side", "max_depth", "word", "reason", "at_home", "variant"),
)


def _weight(label: Any, **bounds: Any) -> forms.DecimalField:
    widget = forms.NumberInput(
        attrs={"inputmode": "decimal", "min": f"{LEAST_KG}", "max": MOST_KG, "step": "0.5"}
    )
    return forms.DecimalField(
        label=label, required=False, max_digits=6, decimal_places=1, widget=widget, **bounds
    )


def _for_the_record(label: Any) -> OneLine:
    return OneLine(
        label=label,
        required=False,
        max_length=500,
        help_text=_("Kept in the record. The patient does not read it."),
    )


class SignForm(Form):
    """What is typed under a proposal before it is signed."""

    why_more = _for_the_record(_("Why more than is usual"))


class PrescribeForm(Form):
    """A dose. Its level is that of the page, which shows the other ones as cards."""

    level = LevelField(label=_("Drill and level"), widget=forms.HiddenInput)
    sets = number(_("Sets"), 1, 10)
    reps = number(_("Repetitions"), 1, 50)
    reps_to = number(_("Up to"), 1, 50, required=False)
    seconds = number(_("Seconds down"), 1, 60, required=False)
    pause = number(_("Seconds held at the bottom"), 1, 10, required=False)
    rest = number(_("Seconds of rest"), 0, 600, required=False)
    load = _weight(_("Weight, kg"))
    # Said beside itself: what the verb refuses stands beside the load.
    max_kg = _weight(_("Never more than, kg"), min_value=LEAST_KG, max_value=MOST_KG)
    band = forms.ModelChoiceField(
        Band.objects.none(), label=_("Band"), required=False, empty_label=_("Not said")
    )
    mark = forms.TypedChoiceField(
        label=_("Mark on the floor"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not said")), *[(str(n), str(n)) for n in range(MOST_MARKS + 1)]],
    )
    reserve = forms.TypedChoiceField(
        label=_("Left in reserve"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not said")), *RESERVES],
    )
    why_more = _for_the_record(_("Why more than is usual"))
    per_side = forms.BooleanField(label=_("Each side"), required=False)
    max_depth = OneLine(label=_("Not deeper than"), required=False, max_length=200)
    word = Lines(
        label=_("Your word to the patient"),
        required=False,
        max_length=500,
        rows=2,
        help_text=_("Shown above the cues."),
    )
    variant = forms.ChoiceField(
        label=_("Way to do it"),
        required=False,
        error_messages={
            "invalid_choice": _("Choose one of the ways of this drill, or as it is drawn.")
        },
    )
    reason = _for_the_record(_("Why you prescribe it all the same"))
    at_home = AtHome()
    practise = forms.BooleanField(label=_("Practised from now on"), required=False)
    until = Day(
        label=_("Until"),
        required=False,
        help_text=_("The last day of training lower. Practice then goes on where it was."),
    )

    def __init__(
        self,
        *args: Any,
        levels: Sequence[Level],
        clinic: int,
        held: Sequence[Held] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        bands = cast("forms.ModelChoiceField[Band]", self.fields["band"])
        bands.queryset = in_use(clinic)
        self._offer_ways(levels, held)

    def _offer_ways(self, levels: Sequence[Level], held: Sequence[Held]) -> None:
        """The ways to do the drill of the chosen level; the verb refuses that of another drill."""
        chosen = str(self["level"].value())
        level = next((level for level in levels if str(level.pk) == chosen), None)
        ways = read_variants(level.drill.variants) if level is not None else {}
        self.ways = that_help(ways.values(), [one.key for one in held])
        field = cast(forms.ChoiceField, self.fields["variant"])
        field.choices = [("", _("As it is drawn"))]
        field.choices += [(way.key, way.name) for way in self.ways]
        if level is not None:
            self._ask_again(level, held)

    def _ask_again(self, level: Level, held: Sequence[Held]) -> None:
        """A reason from before a precaution became stricter is not filled in."""
        found = of_level(held, level, self.way)
        if is_avoided(found, self.initial.get("reason_for", "")):
            self.initial["reason"] = ""

    @property
    def has_bands(self) -> bool:
        """Whether the clinic has listed bands."""
        bands = cast("forms.ModelChoiceField[Band]", self.fields["band"])
        return bool(bands.queryset)

    @property
    def way(self) -> Variant | None:
        """The chosen way to do the drill; None = as it is drawn."""
        key = str(self["variant"].value())
        return next((way for way in self.ways if way.key == key), None)

    @classmethod
    def of_other(
        cls, dose: Prescription, typed: Mapping[str, Any], shown: Prescription | None
    ) -> dict[str, Any]:
        """The initial values for the dose of another level, with the texts that were typed.

        ``typed``: what the page sent; ``shown``: the dose that the page was filled in with
        """
        kept = {name: typed.get(name, "").strip() for name in ("max_depth", "word")}
        own = {name: text for name, text in kept.items() if text != getattr(shown, name, "")}
        return cls.of(dose) | own

    @staticmethod
    def of(dose: Prescription) -> dict[str, Any]:
        """The initial values for a dose."""
        return {
            "level": dose.level_id,
            "load": kilograms(dose),
            "band": dose.band_id,
            **{name: getattr(dose, name) for name in (*SAME_NAMES, "reason_for")},
        }
