"""Checks the items of a curriculum against each other, and against the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import Document, Entry, Item
from curriculum.models import Drill, Equipment, Fault, Level, Load, Source
from curriculum.screening import red_flags

CRITERIA_OF_A_GATE = range(3, 6)


@dataclass(frozen=True)
class KnownSlugs:
    """The slugs of this curriculum and of those loaded before.

    slugs: by table
    loads: the load of each drill
    """

    slugs: dict[str, set[str]]
    loads: dict[str, str]

    def loaded(self, drill: str) -> bool:
        return self.loads.get(drill, Load.NONE) != Load.NONE


def find_known_slugs(document: Document) -> KnownSlugs:
    models = {"source": Source, "equipment": Equipment, "fault": Fault}
    slugs = {
        name: {entry.item["slug"] for entry in document[name]}
        | set(model._default_manager.values_list("slug", flat=True))
        for name, model in models.items()
    }
    loads = dict(Drill.objects.values_list("slug", "load"))
    loads |= {entry.item["slug"]: entry.item["load"] for entry in document["drill"]}
    return KnownSlugs({**slugs, "drill": set(loads)}, loads)


def check(document: Document) -> None:
    """Raise ContentError with everything that breaks a rule. Nothing is written."""
    known_slugs = find_known_slugs(document)
    problems = [
        *_doubles(document),
        *_one_ladder(document),
        *_uncited(document),
        *_unknown_references(document, known_slugs),
        *_unknown_red_flags(document),
        *_order(document["rung"]),
        *_loads(document["rung"], known_slugs),
        *_gates(document["rung"]),
        *_against_other_editions(document),
    ]
    if problems:
        raise ContentError(problems)


def _repeated(items: Iterable[Item], key: str) -> list[object]:
    return [value for value, times in Counter(item[key] for item in items).items() if times > 1]


def _doubles(document: Document) -> Iterator[Problem]:
    for name, entries in document.tables.items():
        for value in _repeated((entry.item for entry in entries if "slug" in entry.item), "slug"):
            yield Problem(entries[-1].file, f"{name} {value}", "slug", "expected once, found again")
    nested = [("fault", "remedy", "drill"), ("ladder", "guide", "slug")]
    nested += [
        ("rung", part, key) for part in ("level", "criterion") for key in ("slug", "position")
    ]
    for name, part, key in nested:
        for entry in document[name]:
            for value in _repeated(entry.item[part], key):
                place = f"{name} {entry.item['slug']}"
                yield Problem(
                    entry.file, place, f"{part} {key}", f"expected each once, found {value} again"
                )


def _one_ladder(document: Document) -> Iterator[Problem]:
    ladders = document["ladder"]
    rungs = document["rung"]
    if len(ladders) > 1:
        yield Problem(
            ladders[1].file, "", "ladder", "expected one ladder in a curriculum, found another"
        )
    if rungs and not ladders:
        yield Problem(rungs[0].file, "", "ladder", "is missing: these rungs belong to no ladder")
    if ladders and not rungs:
        yield Problem(ladders[0].file, "", "rung", "is missing: this ladder has no rungs")


def _uncited(document: Document) -> Iterator[Problem]:
    expected = (
        "expected at least one source, or the part that is a clinic default in clinic_default"
    )
    for name in ("drill", "fault"):
        for entry in document[name]:
            if not entry.item["sources"] and not entry.item["clinic_default"]:
                yield Problem(entry.file, f"{name} {entry.item['slug']}", "sources", expected)
    for rung in document["rung"]:
        for item in rung.item["criterion"]:
            if not item["sources"] and not item["clinic_default"]:
                yield Problem(rung.file, _in_rung(rung, "criterion", item), "sources", expected)


def _in_rung(rung: Entry, part: str, item: Item) -> str:
    return f"rung {rung.item['slug']}, {part} {item['slug']}"


Reference = tuple[Entry, str, str, str, str | None]


def _references(document: Document) -> Iterator[Reference]:
    """Every use of a slug, as entry, place, key, table that it refers to, and slug."""
    for name in ("drill", "fault", "ladder"):
        for entry in document[name]:
            yield from _own_references(name, entry)
    for rung in document["rung"]:
        for level in rung.item["level"]:
            place = _in_rung(rung, "level", level)
            yield rung, place, "drill", "drill", level["drill"]
            yield rung, place, "dose_source", "source", level["dose_source"]
        for criterion in rung.item["criterion"]:
            place = _in_rung(rung, "criterion", criterion)
            yield from ((rung, place, "sources", "source", slug) for slug in criterion["sources"])


def _own_references(name: str, entry: Entry) -> Iterator[Reference]:
    item = entry.item
    place = f"{name} {entry.item['slug']}"
    yield from ((entry, place, "sources", "source", slug) for slug in item.get("sources", []))
    yield from (
        (entry, place, "equipment", "equipment", slug) for slug in item.get("equipment", [])
    )
    yield from (
        (entry, place, "watch_for", "fault", part["fault"]) for part in item.get("watch_for", [])
    )
    for remedy in item.get("remedy", []):
        yield entry, place, "remedy drill", "drill", remedy["drill"]
        yield entry, place, "remedy source", "source", remedy["source"]
    if name == "ladder":
        yield from ((entry, place, "faults", "fault", slug) for slug in item["faults"] or [])
    for part in [*item.get("checklist", []), *item.get("guide", [])]:
        yield from ((entry, place, "sources", "source", slug) for slug in part["sources"])


def _unknown_references(document: Document, known_slugs: KnownSlugs) -> Iterator[Problem]:
    for entry, place, key, table, slug in _references(document):
        if slug is not None and slug not in known_slugs.slugs[table]:
            yield Problem(
                entry.file, place, key, f"expected the slug of a known {table}, not {slug!r}"
            )


def _unknown_red_flags(document: Document) -> Iterator[Problem]:
    of_ladders = [flag.key for flag in red_flags().values() if flag.of_a_ladder]
    expected = f"expected some of {', '.join(of_ladders)}, which curriculum/screening holds"
    for entry in document["ladder"]:
        for key in entry.item["asks"]:
            if key not in of_ladders:
                place = f"ladder {entry.item['slug']}"
                yield Problem(entry.file, place, "asks", f"{expected}, not {key!r}")


def _order(rungs: list[Entry]) -> Iterator[Problem]:
    """Positions run from 1 without a gap. All unloaded rungs come before all loaded rungs."""
    lowest_loaded = min(
        (rung.item["position"] for rung in rungs if rung.item["loaded"]), default=None
    )
    for expected, rung in enumerate(sorted(rungs, key=lambda rung: rung.item["position"]), 1):
        place = f"rung {rung.item['slug']}"
        if rung.item["position"] != expected:
            yield Problem(
                rung.file,
                place,
                "position",
                f"expected {expected}: from 1, each once, without a gap",
            )
        if not rung.item["loaded"] and lowest_loaded and rung.item["position"] > lowest_loaded:
            yield Problem(
                rung.file,
                place,
                "loaded",
                "expected every rung without load before every loaded rung",
            )


def _loads(rungs: list[Entry], known_slugs: KnownSlugs) -> Iterator[Problem]:
    for rung in rungs:
        for level in rung.item["level"]:
            if not known_slugs.loaded(level["drill"]):
                continue
            place = _in_rung(rung, "level", level)
            if not rung.item["loaded"]:
                yield Problem(
                    rung.file,
                    place,
                    "drill",
                    "expected a drill without load on a rung without load",
                )
            if level["helper"]:
                yield Problem(
                    rung.file, place, "helper", "expected a drill without load for a helper level"
                )


def _gates(rungs: list[Entry]) -> Iterator[Problem]:
    least = CRITERIA_OF_A_GATE[0]
    most = CRITERIA_OF_A_GATE[-1]
    for rung in rungs:
        place = f"rung {rung.item['slug']}"
        count = len(rung.item["criterion"])
        if count not in CRITERIA_OF_A_GATE:
            yield Problem(
                rung.file, place, "criterion", f"expected {least} to {most} criteria, found {count}"
            )
        if all(level["helper"] for level in rung.item["level"]):
            yield Problem(
                rung.file, place, "level", "expected at least one level that is no helper"
            )
        elif rung.item["position"] == 1 and not any(map(_to_start_with, rung.item["level"])):
            expected = "expected a level for home that is no helper: the ladder starts with it"
            yield Problem(rung.file, place, "level", expected)


def _to_start_with(level: Item) -> bool:
    return level["home"] and not level["helper"]


def _against_other_editions(document: Document) -> Iterator[Problem]:
    """A drill that gets a load must not be on an unloaded rung, or a helper, in any edition."""
    loaded_drills = {
        entry.item["slug"]: entry for entry in document["drill"] if entry.item["load"] != Load.NONE
    }
    existing_levels = Level.objects.filter(
        drill__slug__in=loaded_drills, drill__load=Load.NONE
    ).select_related("drill", "rung__ladder")
    for level in existing_levels:
        if level.helper or not level.rung.loaded:
            place = f"drill {level.drill.slug}"
            used = f"{level.rung.ladder}, rung {level.rung.slug} uses it without load"
            yield Problem(
                loaded_drills[level.drill.slug].file, place, "load", f"expected none: {used}"
            )
