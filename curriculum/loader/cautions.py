"""Checks the cautions of a curriculum, and makes the columns of its drills and levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curriculum.cautions import FROM_THE_FIGURE, KINDS, lines
from curriculum.figures import Postures, in_this_way
from curriculum.figures.bends import bends
from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import Document, Entry, Item
from curriculum.screening import precautions

Column = dict[str, Any]
#: How a way is drawn, and what is said of it besides.
Way = tuple[Mapping[str, Any], Column]
#: The precaution whose cautions follow from the figure alone.
HIP_LIMIT = "hip_limit"


def check_cautions(document: Document) -> None:
    """Raise ContentError with every caution that nothing can follow from."""
    levels = _drill_of(document)
    problems = [*_doubles(document["caution"])]
    for entry in document["caution"]:
        problems += [*_misplaced(entry, levels, document), *_unknown(entry), *_twice(entry)]
    if problems:
        raise ContentError(problems)


def _drill_of(document: Document) -> dict[str, str]:
    """The drill of each level, by "rung/level"."""
    return {
        f"{rung.item['slug']}/{level['slug']}": level["drill"]
        for rung in document["rung"]
        for level in rung.item["level"]
    }


def _place(item: Item) -> str:
    level = f", level {item['level']}" if item["level"] else ""
    return f"caution {item['drill']}{level}"


def _doubles(entries: list[Entry]) -> Iterator[Problem]:
    counted = Counter((entry.item["drill"], entry.item["level"]) for entry in entries)
    for entry in entries:
        if counted.pop((entry.item["drill"], entry.item["level"]), 1) > 1:
            yield Problem(entry.file, _place(entry.item), "drill", "expected once, found again")


def _misplaced(entry: Entry, levels: Mapping[str, str], document: Document) -> Iterator[Problem]:
    item = entry.item
    place = _place(item)
    if item["drill"] not in {drill.item["slug"] for drill in document["drill"]}:
        expected = f"expected the slug of a drill of this curriculum, not {item['drill']!r}"
        yield Problem(entry.file, place, "drill", expected)
    if item["level"] is None:
        if item["clear"]:
            yield Problem(entry.file, place, "clear", "expected only with a level")
    elif levels.get(item["level"]) != item["drill"]:
        expected = f"expected rung/level of this ladder with the drill {item['drill']}"
        yield Problem(entry.file, place, "level", expected)


def _unknown(entry: Entry) -> Iterator[Problem]:
    item = entry.item
    named = [(kind, key) for kind in (*KINDS, "clear") for key in item[kind]]
    told = [(kind, line) for kind in KINDS for line in item[kind].values()]
    wrong = [(kind, _expected_precaution(key)) for kind, key in named]
    wrong += [(kind, _expected_line(line)) for kind, line in told]
    yield from (Problem(entry.file, _place(item), kind, words) for kind, words in wrong if words)


def _expected_precaution(key: str) -> str:
    if key == HIP_LIMIT:
        return "expected no hip_limit: it follows from the posture"
    return "" if key in precautions() else f"expected the key of a known precaution, not {key!r}"


def _expected_line(key: str) -> str:
    if key in FROM_THE_FIGURE:
        return f"expected another line than {key!r}: it follows from the posture"
    return "" if key in lines() else f"expected the key of a known line, not {key!r}"


def _twice(entry: Entry) -> Iterator[Problem]:
    named = Counter(key for kind in (*KINDS, "clear") for key in entry.item[kind])
    for key, times in named.items():
        if times > 1:
            expected = f"expected {key} in one of {', '.join(KINDS)}, found it again"
            yield Problem(entry.file, _place(entry.item), key, expected)


@dataclass(frozen=True)
class CautionColumns:
    """The columns ``cautions`` of drills, by slug, and of levels, by (rung, level)."""

    drills: Mapping[str, Column]
    levels: Mapping[tuple[str, str], Column]


def columns_of(document: Document, postures: Postures) -> CautionColumns:
    """What is written of each drill and level: its own words, and what follows from its figure."""
    typed = {
        (entry.item["drill"], entry.item["level"]): _typed(entry.item)
        for entry in document["caution"]
    }
    one_sided = {entry.item["slug"]: entry.item["one_sided"] for entry in document["drill"]}
    ways = _ways(document, postures)
    drills = {
        slug: typed.get((slug, None), {})
        | _computed(postures.drills.get(slug), ways.get(slug, {}), one_sided=sided)
        for slug, sided in one_sided.items()
    }
    levels = {}
    for place, drill in _drill_of(document).items():
        rung, _slash, level = place.partition("/")
        posture = postures.levels.get((rung, level))
        sided = one_sided.get(drill, False)
        column = _computed(posture, ways.get(drill, {}), one_sided=sided)
        if own := typed.get((drill, place), {}) | column:
            levels[rung, level] = own
    return CautionColumns(drills, levels)


def _typed(item: Item) -> Column:
    column = {kind: item[kind] for kind in (*KINDS, "clear") if item[kind]}
    if item["deepest"]:
        column["fixed"] = item["deepest"] == "fixed"
    return column


def _ways(document: Document, postures: Postures) -> dict[str, dict[str, Way]]:
    """Of each drill the ways with a picture of their own, by their keys."""
    found: dict[str, dict[str, Way]] = {}
    for entry in document["variant"]:
        key = entry.item["key"]
        deepest = entry.item["deepest"]
        said = {} if deepest is None else {"fixed": deepest == "fixed"}
        for drill in entry.item["drills"]:
            drawn = postures.ways.get((drill, key))
            if drawn is not None:
                found.setdefault(drill, {})[key] = (drawn, said)
    return found


def _computed(
    posture: Mapping[str, Any] | None, ways: Mapping[str, Way], *, one_sided: bool
) -> Column:
    """How far the figure bends, and in each way how far that does."""
    if posture is None:
        return {}
    column = _bends(posture, one_sided=one_sided)
    if ways:
        column["ways"] = {
            key: _bends(in_this_way(posture, drawn), one_sided=one_sided) | said
            for key, (drawn, said) in ways.items()
        }
    return column


def _bends(posture: Mapping[str, Any], *, one_sided: bool) -> Column:
    return bends(posture, one_sided=one_sided)._asdict()
