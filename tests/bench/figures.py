"""Compares bytes and CPU time of figures with targets: `python -m tests.bench.figures`."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import process_time

from curriculum.figures import Figure, animated, read_figure, read_postures, still
from curriculum.figures.files import files


@dataclass(frozen=True)
class Line:
    """One measurement: the worst value, the median, the target, and the worst figure."""

    name: str
    unit: str
    worst: float
    middle: float
    target: float
    where: str

    def __str__(self) -> str:
        kept = "kept" if self.worst <= self.target else "MISSED"
        return (
            f"{self.name:34} worst {self.worst:8.1f} {self.unit:6} ({self.where})  "
            f"median {self.middle:8.1f}  target {self.target:g}  {kept}"
        )


def _figures() -> dict[str, Figure]:
    postures = read_postures()
    return {
        **{slug: read_figure(table) for slug, table in postures.drills.items()},
        **{"/".join(key): read_figure(table) for key, table in postures.levels.items()},
        **{
            " ".join(key): read_figure(postures.drills[key[0]], wrong)
            for key, wrong in postures.faults.items()
        },
    }


def _line(name: str, unit: str, target: float, values: dict[str, float]) -> Line:
    where = max(values, key=lambda key: values[key])
    return Line(name, unit, values[where], median(values.values()), target, where)


def _bytes(svg: str) -> float:
    return len(gzip.compress(svg.encode(), 9))


def _milliseconds(draw: Callable[[], str]) -> float:
    """CPU time of a drawing, the best of three tries."""
    times = []
    for _ in range(3):
        start = process_time()
        draw()
        times.append(1000 * (process_time() - start))
    return min(times)


def _in_a_page(figures: dict[str, Figure]) -> list[Line]:
    moving = {
        name: _bytes(animated(figure, uid="f", ghost=" " not in name))
        for name, figure in figures.items()
    }
    quiet = {name: _bytes(still(figure, uid="f")) for name, figure in figures.items()}
    return [
        _line("animated, in a page", "B gz", 4096, moving),
        _line("still, in a page", "B gz", 2048, quiet),
    ]


def _built(figures: dict[str, Figure]) -> list[Line]:
    drawn = {
        name: _milliseconds(partial(still, figure, uid="f")) for name, figure in figures.items()
    }
    filmed = {
        name: _milliseconds(partial(animated, figure, uid="f")) for name, figure in figures.items()
    }
    return [
        _line("building a still", "ms", 5, drawn),
        _line("building an animation", "ms", 5, filmed),
    ]


def _as_files() -> list[Line]:
    start = process_time()
    written = dict(files(read_postures()))
    took = process_time() - start
    sizes = {name: _bytes(svg) for name, svg in written.items()}
    films = {name: size for name, size in sizes.items() if "animated" in name}
    stills = {name: size for name, size in sizes.items() if "animated" not in name}
    return [
        _line("animated, a file with its style", "B gz", 4096, films),
        _line("still, a file with its style", "B gz", 2048, stills),
        Line(f"building all {len(written)} files", "s", took, took, 3, "all"),
    ]


def report() -> list[Line]:
    """Measure figures in a page, and figures in files, which also hold their style."""
    figures = _figures()
    return [*_in_a_page(figures), *_as_files(), *_built(figures)]


if __name__ == "__main__":
    for line in report():
        print(line)
