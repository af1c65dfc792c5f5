"""Figures as files and on pages: each is small, well formed and named after what it shows."""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command

from curriculum.figures import animated, still
from curriculum.figures.style import page_stylesheet
from tests.curriculum.drawn import FIGURES, POSTURES


@cache
def moving(name: str) -> str:
    return animated(FIGURES[name], uid="fig-12345678", ghost=" " not in name)


@cache
def written() -> dict[str, str]:
    """Every file that ``manage.py build_figures`` writes, by its name."""
    with TemporaryDirectory() as folder:
        call_command("build_figures", Path(folder), stdout=StringIO())
        return {file.name: file.read_text(encoding="utf-8") for file in Path(folder).iterdir()}


def packed(svg: str) -> int:
    """Its size as it goes over a wire."""
    return len(gzip.compress(svg.encode(), 9))


def test_figures_are_small_enough_for_a_slow_phone() -> None:
    assert {name for name in FIGURES if packed(moving(name)) > 4096} == set()
    stills = {name: still(figure, uid="fig-12345678") for name, figure in FIGURES.items()}
    assert {name for name, svg in stills.items() if packed(svg) > 2048} == set()


def test_every_file_is_small_enough_for_a_slow_phone() -> None:
    sizes = {name: packed(svg) for name, svg in written().items()}
    too_big = {
        name: size
        for name, size in sizes.items()
        if size > (4096 if name.endswith("-animated.svg") else 2048)
    }
    assert too_big == {}


def test_a_figure_may_stand_under_the_strict_policy() -> None:
    for svg in map(moving, FIGURES):
        assert "<style" not in svg
        assert " style=" not in svg
        assert "<script" not in svg


def test_every_file_is_named_after_what_it_shows_and_is_well_formed() -> None:
    for name, svg in written().items():
        assert any(drill in name for drill in POSTURES.drills)
        ET.fromstring(svg)  # noqa: S314
        assert "prefers-color-scheme:dark" in svg
    for (_, level), drill in POSTURES.drill_of.items():
        assert any(drill in name for name in written())
        assert any(level in name for name in written())
    for wanted in (
        "butt-tap-15-cm-start",
        "kettlebell-deadlift-kettlebell-floor-end",
        "squat-animated",
        *(f"{drill}-{fault}" for drill, fault in POSTURES.faults),
    ):
        assert f"{wanted}.svg" in written()


def test_the_pages_style_sheet_is_the_one_that_the_code_writes() -> None:
    assert Path("static/figures.css").read_text(encoding="utf-8") == page_stylesheet()
