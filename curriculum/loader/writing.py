"""Writes a checked curriculum into rows. It does not check the content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from curriculum.figures import Postures
from curriculum.loader.cautions import CautionColumns, columns_of
from curriculum.loader.frozen import digest, frozen
from curriculum.loader.kinds import weekday_bits
from curriculum.loader.reading import Document, Entry, Item
from curriculum.loader.rows import CountedRows
from curriculum.loader.variants import variants_of
from curriculum.models import (
    Criterion,
    Drill,
    Equipment,
    Fault,
    FaultPicture,
    Goal,
    Ladder,
    Level,
    Remedy,
    Rung,
    Source,
)

LEVEL_VALUES = (
    "position",
    "setting",
    "move_on",
    "helper",
    "home",
    "sets",
    "reps",
    "reps_to",
    "seconds",
    "rest",
    "source_dose",
    "dose_note",
)
CRITERION_VALUES = (
    "position",
    "text",
    "plain_text",
    "hint",
    "figures",
    "hours_after",
    "set_aside_when",
    "placement_reps",
    "always",
    "placement_text",
    "clinic_default",
)
RUNG_VALUES = ("position", "loaded", "name", "plain_name", "purpose", "when_to_use", "note")


class Writer:
    """Writes one curriculum, and first what other items refer to. ``rows`` counts what it wrote."""

    def __init__(self, postures: Postures) -> None:
        self.rows = CountedRows()
        self.postures = postures
        self.cautions = CautionColumns({}, {})
        self.variants: dict[str, list[dict[str, Any]]] = {}

    def write(self, document: Document) -> None:
        self.cautions = columns_of(document, self.postures)
        self.variants = variants_of(document, self.postures)
        self._library(document)
        for entry in document["fault"]:
            self._remedies(entry.item)
        faults = [entry.item["slug"] for entry in document["fault"]]
        for entry in document["ladder"]:
            item = {**entry.item, "words": entry.item["words"] or {}}
            if item["faults"] is None:
                item["faults"] = faults
            self._ladder(item, [rung.item for rung in document["rung"]])
        self._pictures(document)

    def _library(self, document: Document) -> None:
        for position, item in _numbered(document["source"]):
            self.rows.put(
                Source, {**_without(item, "slug"), "position": position}, slug=item["slug"]
            )
        for _position, item in _numbered(document["equipment"]):
            self.rows.put(Equipment, _without(item, "slug"), slug=item["slug"])
        for position, item in _numbered(document["drill"]):
            self._drill(position, item)
        for position, item in _numbered(document["fault"]):
            values = _without(item, "slug", "sources", "remedy")
            fault = self.rows.put(Fault, {**values, "position": position}, slug=item["slug"])
            self.rows.relate(fault.sources, _sources(item["sources"]))

    def _drill(self, position: int, item: Item) -> None:
        values = _without(item, "slug", "sources", "equipment")
        posture = self.postures.drills.get(item["slug"])
        drill = self.rows.put(
            Drill,
            {
                **values,
                "posture": posture,
                "position": position,
                "cautions": self.cautions.drills[item["slug"]],
                "variants": self.variants.get(item["slug"], []),
            },
            slug=item["slug"],
        )
        self.rows.relate(drill.sources, _sources(item["sources"]))
        self.rows.relate(drill.equipment, Equipment.objects.filter(slug__in=item["equipment"]))

    def _remedies(self, item: Item) -> None:
        fault = Fault.objects.get(slug=item["slug"])
        kept = [
            self.rows.put(
                Remedy,
                {
                    "position": position,
                    "reason": part["reason"],
                    "source_id": _source_id(part["source"]),
                },
                fault=fault,
                drill=Drill.objects.get(slug=part["drill"]),
            )
            for position, part in enumerate(item["remedy"], 1)
        ]
        self.rows.keep(fault.remedies.all(), kept)

    def _ladder(self, item: Item, rungs: list[Item]) -> None:
        key = {"slug": item["slug"], "edition": item["edition"]}
        values = {**_without(item, *key, "draft", "from"), "digest": digest(frozen(rungs))}
        existing = Ladder.objects.filter(**key).first()
        if existing is not None and existing.is_draft and existing.digest != values["digest"]:
            self._empty(existing)
        if not item["draft"] and (existing is None or existing.is_draft):
            values["published_at"] = timezone.now()
        ladder = self.rows.put(Ladder, values, **key)
        self._rungs(ladder, rungs)

    def _empty(self, draft: Ladder) -> None:
        """Take away what a draft freezes once it is published, so that it is written anew."""
        for rows in (
            Level.objects.filter(rung__ladder=draft),
            Criterion.objects.filter(rung__ladder=draft),
            draft.rungs.all(),
        ):
            self.rows.keep(rows, ())

    def _rungs(self, ladder: Ladder, rungs: list[Item]) -> None:
        for part in rungs:
            rung = self.rows.put(Rung, _only(part, RUNG_VALUES), ladder=ladder, slug=part["slug"])
            for level in part["level"]:
                self._level(rung, level)
            for criterion in part["criterion"]:
                values = _only(criterion, CRITERION_VALUES)
                row = self.rows.put(Criterion, values, rung=rung, slug=criterion["slug"])
                self.rows.relate(row.sources, _sources(criterion["sources"]))

    def _level(self, rung: Rung, item: Item) -> None:
        values = {
            **_only(item, LEVEL_VALUES),
            "drill_id": Drill.objects.values_list("pk", flat=True).get(slug=item["drill"]),
            "posture": self.postures.levels.get((rung.slug, item["slug"])),
            "cautions": self.cautions.levels.get((rung.slug, item["slug"])),
            "weekdays": weekday_bits(item["days"]),
            "dose_source_id": _source_id(item["dose_source"]),
        }
        level = self.rows.put(Level, values, rung=rung, slug=item["slug"])
        kept = [
            self.rows.put(Goal, {"low": low, "high": high}, level=level, measure=measure)
            for measure, (low, high) in item["goals"].items()
        ]
        self.rows.keep(level.goals.all(), kept)

    def _pictures(self, document: Document) -> None:
        described = {entry.item["slug"] for entry in document["drill"]}
        drills = Drill.objects.in_bulk(
            list(described | self.postures.drills.keys()), field_name="slug"
        )
        faults = Fault.objects.in_bulk(
            list({fault for _, fault in self.postures.faults}), field_name="slug"
        )
        kept = [
            self.rows.put(
                FaultPicture, {"posture": posture}, fault=faults[fault], drill=drills[drill]
            )
            for (drill, fault), posture in self.postures.faults.items()
        ]
        self.rows.keep(FaultPicture.objects.filter(drill__in=drills.values()), kept)


def _numbered(entries: list[Entry]) -> Iterable[tuple[int, Item]]:
    return ((number, entry.item) for number, entry in enumerate(entries, 1))


def _without(item: Item, *names: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in names}


def _only(item: Item, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: item[name] for name in names}


def _sources(slugs: list[str]) -> Iterable[Source]:
    return Source.objects.filter(slug__in=slugs)


def _source_id(slug: str | None) -> int | None:
    return None if slug is None else Source.objects.values_list("pk", flat=True).get(slug=slug)
