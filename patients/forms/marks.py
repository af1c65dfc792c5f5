"""What a clinician types about one criterion: a figure that was seen, or why it does not apply."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import Form, OneLine
from accounts.parsing import row_id
from curriculum.measures import FIGURES
from curriculum.models import Criterion, Rung
from patients.models import WhyNot
from patients.rules.marks import FIGURE, FigureRange
from patients.standing.gate import CriterionLine
from patients.wording.marks import SIDE_WORDS

OTHER = "other"
REASONS = [*WhyNot.choices, (OTHER, _("Another reason"))]
UNKNOWN = {"invalid_choice": _("Choose one of the answers shown.")}


def _number(bounds: FigureRange) -> forms.Field:
    limits: dict[str, Any] = {"min_value": bounds.low, "max_value": bounds.high}
    if bounds.whole:
        return forms.IntegerField(label=bounds.label, required=False, **limits)
    limits |= {"decimal_places": 1, "max_digits": 6}
    return forms.DecimalField(label=bounds.label, required=False, **limits)


class MarkForm(Form):
    """The mark on one criterion. ``why``: why it does not apply; empty = it is met.

    ``words``: which one, or another reason.
    """

    side = forms.ChoiceField(
        label=_("Side"),
        required=False,
        choices=[("", "–"), *SIDE_WORDS.items()],
        error_messages=UNKNOWN,
    )
    why = forms.ChoiceField(required=False, choices=REASONS, error_messages=UNKNOWN)
    words = OneLine(required=False, max_length=180)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {name: _number(bounds) for name, bounds in FIGURE.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") == OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say why it does not apply."))
        return cleaned

    def reason(self) -> str:
        """The reason as ``Tick.why`` holds it; empty = the criterion is met."""
        why = self.cleaned_data["why"]
        words = self.cleaned_data["words"]
        if why in ("", OTHER):
            return words if why else ""
        return f"{why}: {words}" if words else why

    def figure(self) -> dict[str, Any] | None:
        """What was seen; None when the form did not ask for it."""
        if not any(self.add_prefix(name) in self.data for name in FIGURE):
            return None
        return {name: self.cleaned_data[name] for name in FIGURES}


@dataclass(frozen=True)
class MarkInput:
    """A field as the page shows it."""

    name: str
    label: Any
    value: Any
    error: str


@dataclass(frozen=True)
class MarkFields:
    """The fields of one criterion's fold. It is open where something typed was refused.

    ``prefix``: stands before each name where one form holds several criteria.
    """

    prefix: str
    numbers: Sequence[MarkInput]
    side: MarkInput | None
    words: MarkInput
    why: str = ""
    is_open: bool = False

    @property
    def sides(self) -> Iterable[tuple[str, Any]]:
        return SIDE_WORDS.items()

    @property
    def reasons(self) -> list[tuple[str, Any]]:
        return list(WhyNot.choices)


def mark_fields(
    prefix: str = "",
    figure: Mapping[str, Any] | None = None,
    typed: MarkForm | None = None,
    asked: Collection[str] | None = None,
) -> MarkFields:
    """The fields of a fold.

    ``figure``: what was said before. ``typed``: a form that came back; it replaces that.
    ``asked``: the figures that the criterion asks for; None = any. One that was said before is
    shown as well.
    """
    wanted = set(FIGURES) if asked is None else {*asked, *(figure or {})}

    def shown(name: str, label: Any) -> MarkInput:
        if typed is None:
            return MarkInput(prefix + name, label, (figure or {}).get(name, ""), "")
        errors = " ".join(map(str, typed[name].errors))
        return MarkInput(prefix + name, label, typed[name].value() or "", errors)

    words = shown("words", _("Which one, or another reason"))
    why = ""
    if typed is not None:
        why = typed["why"].value() or ""
        words = replace(words, error=words.error or " ".join(map(str, typed["why"].errors)))
    return MarkFields(
        prefix,
        [shown(name, bounds.label) for name, bounds in FIGURE.items() if name in wanted],
        shown("side", _("Side")) if "side" in wanted else None,
        words,
        why,
        is_open=typed is not None and bool(typed.errors),
    )


def of_gate(
    lines: Sequence[CriterionLine], pk: int | None = None, typed: MarkForm | None = None
) -> list[tuple[CriterionLine, MarkFields]]:
    """Each criterion of a gate with its fold. ``typed`` came back for the criterion ``pk``."""
    return [
        (
            line,
            mark_fields(
                figure=line.figure, typed=typed if line.pk == pk else None, asked=line.figures
            ),
        )
        for line in lines
    ]


@dataclass(frozen=True)
class CriterionToPlace:
    """A criterion as the first assessment asks for it."""

    criterion: Criterion
    fields: MarkFields

    @property
    def pk(self) -> int:
        return self.criterion.pk

    @property
    def is_open(self) -> bool:
        side = self.fields.side
        typed = (self.fields.why, self.fields.words.value, side is not None and side.value)
        return any(typed) or any(field.value or field.error for field in self.fields.numbers)


@dataclass(frozen=True)
class RungToPlace:
    """A rung as the first assessment asks for it."""

    rung: Rung
    criteria: Sequence[CriterionToPlace]

    @property
    def is_open(self) -> bool:
        return any(line.is_open for line in self.criteria)


class Marks:
    """What is typed about the criteria of a form that holds several, beside its own ticks."""

    def __init__(self, data: QueryDict | None) -> None:
        prefixes = {
            name.partition("-")[0]
            for name, value in (data or {}).items()
            if value and name.partition("-")[2] in (*FIGURES, "why", "words")
        }
        ids = {row_id(prefix): prefix for prefix in prefixes}
        self.forms = {
            pk: MarkForm(data, prefix=prefix) for pk, prefix in ids.items() if pk is not None
        }

    def are_valid(self) -> bool:
        # Every form is looked at, so that each shows its own errors.
        return all([form.is_valid() for form in self.forms.values()])

    def reasons(self, criteria: Mapping[int, Criterion]) -> dict[Criterion, str]:
        """Why each of these criteria does not apply; without those that were not set aside."""
        said = {pk: form.reason() for pk, form in self.forms.items() if form.is_valid()}
        return {criteria[pk]: why for pk, why in said.items() if why and pk in criteria}

    def figures(self, criteria: Mapping[int, Criterion]) -> dict[Criterion, dict[str, Any]]:
        """What was seen of these criteria."""
        said = {pk: form.figure() for pk, form in self.forms.items() if form.is_valid()}
        return {criteria[pk]: figure for pk, figure in said.items() if figure and pk in criteria}

    def of_rungs(self, rungs: Iterable[Rung]) -> list[RungToPlace]:
        """Each rung with its criteria and their folds. The criteria are prefetched."""
        return [RungToPlace(rung, self.of(rung.criteria.all())) for rung in rungs]

    def of(self, criteria: Iterable[Criterion]) -> list[CriterionToPlace]:
        """These criteria with their folds."""
        return [self._of(criterion) for criterion in criteria]

    def _of(self, criterion: Criterion) -> CriterionToPlace:
        typed = self.forms.get(criterion.pk)
        return CriterionToPlace(
            criterion, mark_fields(f"{criterion.pk}-", typed=typed, asked=criterion.figures)
        )
