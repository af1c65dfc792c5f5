"""Guards what an edition freezes: rungs with order and load, levels, and criteria."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from curriculum.ladder_words import read_words
from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.reading import Document, Entry, Item
from curriculum.models import Ladder

#: Values by place and key, such as ("rung butt-taps, criterion distance", "text").
Frozen = dict[tuple[str, str], object]

RUNG_KEYS = ("position", "loaded")
LEVEL_KEYS = ("position", "drill", "setting", "helper")
CRITERION_KEYS = ("position", "text", "placement_reps")
#: These are frozen where they say something. An edition from before them keeps its digest.
CRITERION_MARKS = ("always", "placement_text")


def frozen(rungs: Iterable[Item]) -> Frozen:
    """The frozen part of rungs that have the shape of the content."""
    return dict(_lines(rungs))


def _lines(rungs: Iterable[Item]) -> Iterator[tuple[tuple[str, str], object]]:
    for rung in rungs:
        place = f"rung {rung['slug']}"
        yield from _lines_of(place, rung, RUNG_KEYS)
        for level in rung["level"]:
            yield from _lines_of(f"{place}, level {level['slug']}", level, LEVEL_KEYS)
        for criterion in rung["criterion"]:
            marks = tuple(key for key in CRITERION_MARKS if criterion[key])
            yield from _lines_of(
                f"{place}, criterion {criterion['slug']}", criterion, (*CRITERION_KEYS, *marks)
            )


def _lines_of(
    place: str, item: Item, keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str, str], object]]:
    yield from (((place, key), item[key]) for key in keys)


def digest(part: Frozen) -> str:
    """SHA-256 as 64 hex digits. The order of files and lines does not matter."""
    lines = sorted([place, key, value] for (place, key), value in part.items())
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def frozen_rows(ladder: Ladder) -> Frozen:
    """The frozen part of a ladder in the database."""
    rungs = ladder.rungs.prefetch_related("levels__drill", "criteria")
    return frozen(
        {
            **{key: getattr(rung, key) for key in ("slug", *RUNG_KEYS)},
            "level": [
                {
                    **{key: getattr(level, key) for key in ("slug", *LEVEL_KEYS)},
                    "drill": level.drill.slug,
                }
                for level in rung.levels.all()
            ],
            "criterion": [
                {
                    key: getattr(criterion, key)
                    for key in ("slug", *CRITERION_KEYS, *CRITERION_MARKS)
                }
                for criterion in rung.criteria.all()
            ],
        }
        for rung in rungs
    )


def digest_of_rows(ladder: Ladder) -> str:
    """The digest of the rows. It equals ``ladder.digest`` unless somebody changed a frozen row."""
    return digest(frozen_rows(ladder))


def check_published(document: Document) -> None:
    """Raise ContentError where the document changes the frozen part of a published edition."""
    for entry in document["ladder"]:
        slug = entry.item["slug"]
        edition = entry.item["edition"]
        ladder = Ladder.objects.published().filter(slug=slug, edition=edition).first()
        if ladder is None:
            continue
        new = frozen(rung.item for rung in document["rung"])
        published = frozen_rows(ladder)
        files = {f"rung {rung.item['slug']}": rung.file for rung in document["rung"]}
        advice = f"edition {edition} of {slug} is published and frozen: make a new edition"
        problems = [
            *_less_asked(entry, ladder),
            *(
                Problem(
                    files.get(place.split(",")[0], entry.file),
                    place,
                    key,
                    f"{_change(old, now)}; {advice}",
                )
                for (place, key), old, now in _changes(published, new)
            ),
        ]
        if digest(published) != ladder.digest:
            expected = "its frozen rows in the database are not those that were published"
            problems.append(Problem(entry.file, f"ladder {slug}", "edition", expected))
        if problems:
            raise ContentError(problems)


def _less_asked(entry: Entry, ladder: Ladder) -> Iterator[Problem]:
    """What patients of a published edition were asked stays asked, and of the same pain.

    A pain number is compared with earlier ones, so it must go on to mean the same.
    """
    place = f"ladder {ladder.slug}"
    words = read_words(entry.item["words"] or {})
    if ladder.words is not None and words.pain != ladder.said.pain:
        change = _change(ladder.said.pain, words.pain)
        yield Problem(entry.file, place, "words pain", f"{change}; make a new edition")
    left_out = [key for key in ladder.asks or () if key not in entry.item["asks"]]
    if left_out:
        expected = f"expected {', '.join(left_out)} too, as published; make a new edition"
        yield Problem(entry.file, place, "asks", expected)


def _changes(old: Frozen, new: Frozen) -> Iterator[tuple[tuple[str, str], object, object]]:
    for line in sorted(old.keys() | new.keys()):
        if old.get(line) != new.get(line):
            yield line, old.get(line), new.get(line)


def _change(old: object, new: object) -> str:
    if old is None:
        return f"expected nothing, as published, not {new!r}"
    return f"expected {old!r}, as published" + ("" if new is None else f", not {new!r}")
