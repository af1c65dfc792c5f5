"""Finds drills by words and filters, with the rungs where each stands on the current ladders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from curriculum.models import (
    Criterion,
    Drill,
    Equipment,
    Fault,
    Ladder,
    Level,
    Load,
    Remedy,
    Rung,
    Source,
)


def current_rungs() -> QuerySet[Rung]:
    rungs = Rung.objects.filter(ladder__in=Ladder.objects.newest()).select_related("ladder")
    return rungs.order_by("ladder__slug", "position")


def by_ladder(rungs: Iterable[Rung]) -> list[tuple[Ladder, list[Rung]]]:
    """Rungs under their ladders, for a list of several. They come with their ladder, in order."""
    grouped = groupby(rungs, key=lambda rung: rung.ladder.slug)
    lists = (list(own) for _ladder, own in grouped)
    return [(own[0].ladder, own) for own in lists]


def _current_levels() -> QuerySet[Level]:
    levels = Level.objects.filter(rung__ladder__in=Ladder.objects.newest())
    return levels.select_related("rung__ladder", "dose_source").order_by(
        "rung__ladder__slug", "rung__position", "position"
    )


@dataclass(frozen=True)
class DrillPlace:
    """A rung on which a drill stands, with its levels there."""

    rung: Rung
    levels: list[Level]

    @property
    def helper(self) -> bool:
        return all(level.helper for level in self.levels)

    @property
    def source_doses(self) -> list[str]:
        return list(dict.fromkeys(level.source_dose for level in self.levels if level.source_dose))

    @property
    def dose_notes(self) -> list[str]:
        return list(dict.fromkeys(level.dose_note for level in self.levels if level.dose_note))


def places(drill: Drill) -> list[DrillPlace]:
    """The rungs on which a drill stands, lowest first; empty when it is on no ladder.

    The drill must come from ``drills_with_places``.
    """
    places_by_rung: dict[int, DrillPlace] = {}
    for level in drill.levels.all():
        places_by_rung.setdefault(level.rung_id, DrillPlace(level.rung, [])).levels.append(level)
    return list(places_by_rung.values())


def where(places: list[DrillPlace]) -> str:
    """Where a drill stands, in words: on each ladder the rungs that ask for it, else the rungs that
    it helps."""
    if not places:
        return gettext("Beside the ladder")
    on_ladders = groupby(places, key=lambda place: place.rung.ladder.name)
    return "; ".join(f"{name}: {_where_on(list(own))}" for name, own in on_ladders)


def _where_on(places: list[DrillPlace]) -> str:
    own = [place.rung.position for place in places if not place.helper]
    helped = [place.rung.position for place in places if place.helper]
    if own:
        return ngettext("rung %(rungs)s", "rungs %(rungs)s", len(own)) % {"rungs": _run(own)}
    return ngettext("helper on rung %(rungs)s", "helper on rungs %(rungs)s", len(helped)) % {
        "rungs": _run(helped)
    }


def _run(positions: list[int]) -> str:
    lowest = positions[0]
    highest = positions[-1]
    if len(positions) == 2:
        return gettext("%(lowest)d and %(highest)d") % {"lowest": lowest, "highest": highest}
    if len(positions) > 2 and positions == list(range(lowest, highest + 1)):
        return gettext("%(lowest)d to %(highest)d") % {"lowest": lowest, "highest": highest}
    return ", ".join(map(str, positions))


def drills_with_places() -> QuerySet[Drill]:
    return Drill.objects.prefetch_related(Prefetch("levels", _current_levels()))


def drills_of_a_page() -> QuerySet[Drill]:
    """Drills with all that their pages show. The number of queries does not grow."""
    gates = Criterion.objects.prefetch_related("sources")
    return drills_with_places().prefetch_related(
        "sources",
        "equipment",
        Prefetch(
            "remedies", Remedy.objects.select_related("fault", "source").order_by("fault__position")
        ),
        Prefetch("levels__rung__criteria", gates),
    )


def cited(parts: list[dict[str, Any]], sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """The parts of a checklist or guide, with source rows instead of source slugs."""
    return [{**part, "sources": [sources[slug] for slug in part["sources"]]} for part in parts]


def faults_by_ladder(ladders: Iterable[Ladder]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The faults as choices under the names of their ladders."""
    return [
        (ladder.name, [(fault.slug, fault.name) for fault in ladder.own_faults()])
        for ladder in ladders
    ]


class Filters(forms.Form):
    """The search for drills. An empty form finds every drill."""

    q = forms.CharField(label=_("Find a drill"), max_length=100, required=False)
    rung = forms.ChoiceField(label=_("Rung"), required=False)
    fault = forms.ModelChoiceField(
        Fault.objects.all(),
        label=_("Helps with"),
        required=False,
        to_field_name="slug",
        empty_label=_("Helps with any fault"),
    )
    load = forms.ChoiceField(
        label=_("Load"), required=False, choices=[("", _("Any load")), *Load.choices]
    )
    equipment = forms.ModelChoiceField(
        Equipment.objects.order_by("name"),
        label=_("Equipment"),
        required=False,
        to_field_name="slug",
        empty_label=_("Any equipment"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rungs = [
            (ladder.name, [(rung.key, str(rung)) for rung in own])
            for ladder, own in by_ladder(current_rungs())
        ]
        self.fields["rung"].choices = [("", _("Any rung")), *rungs]  # type: ignore[attr-defined]
        self.fields["fault"].choices = [  # type: ignore[attr-defined]
            ("", _("Helps with any fault")),
            *faults_by_ladder(Ladder.objects.newest()),
        ]
        self.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": _("Find a drill"), "maxlength": 100}
        )

    def found(self) -> list[Card]:
        """The drills that fit, best first. Call it only on a valid form."""
        wanted = self.cleaned_data
        drills = _with_words(drills_with_places(), wanted["q"])
        if wanted["rung"]:
            ladder, _slash, rung = wanted["rung"].partition("/")
            on_it = _current_levels().filter(rung__ladder__slug=ladder, rung__slug=rung)
            drills = drills.filter(Exists(on_it.filter(drill=OuterRef("pk"))))
        if wanted["load"]:
            drills = drills.filter(load=wanted["load"])
        if wanted["equipment"]:
            drills = drills.filter(equipment=wanted["equipment"])
        return _in_order(drills) if wanted["fault"] is None else _that_help(drills, wanted["fault"])


@dataclass(frozen=True)
class Card:
    """A drill in a search result. ``remedy`` says why it helps, when the search names a fault."""

    drill: Drill
    places: list[DrillPlace]
    remedy: Remedy | None = None

    @property
    def helper(self) -> bool:
        return all(place.helper for place in self.places)

    @property
    def where(self) -> str:
        return where(self.places)

    def order(self) -> tuple[bool, str, bool, int, int]:
        """The sort key: ladder by ladder the drills of gates from the lowest rung up and then the
        helpers; last what stands on no ladder."""
        lowest = self.places[0] if self.places else None
        level = (
            (lowest.rung.position, lowest.levels[0].position)
            if lowest
            else (0, self.drill.position)
        )
        ladder = lowest.rung.ladder.slug if lowest else ""
        return (not self.places, ladder, self.helper, *level)


def _with_words(drills: QuerySet[Drill], words: str) -> QuerySet[Drill]:
    for word in words.split():
        drills = drills.filter(
            Q(name__icontains=word)
            | Q(plain_name__icontains=word)
            | Q(when_to_use__icontains=word)
            | Q(in_your_day__icontains=word)
            | Exists(Equipment.objects.filter(drills=OuterRef("pk"), name__icontains=word))
        )
    return drills


def _in_order(drills: QuerySet[Drill]) -> list[Card]:
    return sorted((Card(drill, places(drill)) for drill in drills), key=Card.order)


def _that_help(drills: QuerySet[Drill], fault: Fault) -> list[Card]:
    helping = (
        drills.filter(remedies__fault=fault).annotate(rank=F("remedies__position")).order_by("rank")
    )
    remedies = {remedy.drill_id: remedy for remedy in fault.remedies.select_related("source")}
    return [Card(drill, places(drill), remedies[drill.pk]) for drill in helping]
