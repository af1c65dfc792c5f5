"""Draws every figure of a curriculum as stand-alone files, named after what they show."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.figures.content import Postures
from curriculum.figures.poses import PostureError
from curriculum.figures.render import animated, still
from curriculum.figures.spec import Figure, Table, read_figure


def _read(name: str, table: Table, fault: Table | None = None) -> Figure:
    try:
        return read_figure(table, fault)
    except PostureError as error:
        raise PostureError(f"{name}: {error}") from error


def drill_files(name: str, table: Table) -> Iterator[tuple[str, str]]:
    """File names and SVG of a drill or a level: start, end, animated."""
    figure = _read(name, table)
    for moment in ("start", "end"):
        uid = f"{name}-{moment}"
        yield f"{uid}.svg", still(figure, uid=uid, moment=moment, standalone=True)
    yield f"{name}-animated.svg", animated(figure, uid=f"{name}-animated", standalone=True)


def fault_files(drill: str, fault: str, table: Table, wrong: Table) -> Iterator[tuple[str, str]]:
    """File names and SVG of a fault on a drill: still, animated."""
    name = f"{drill}-{fault}"
    figure = _read(name, table, wrong)
    yield f"{name}.svg", still(figure, uid=name, standalone=True)
    yield (
        f"{name}-animated.svg",
        animated(figure, uid=f"{name}-animated", ghost=False, standalone=True),
    )


def _name(drill: str, rung: str, level: str) -> str:
    return f"{drill}-{rung if level == drill else level}"


def _levels(postures: Postures) -> Iterator[tuple[str, Table]]:
    """Name and table of every level that differs from its drill.

    The name is DRILL-LEVEL, or DRILL-RUNG when drill and level share a slug.
    """
    for (rung, level), drill in postures.drill_of.items():
        own = postures.levels.get((rung, level))
        if own is not None or level != drill:
            yield _name(drill, rung, level), own or postures.drills[drill]


def files(postures: Postures) -> Iterator[tuple[str, str]]:
    """File names and SVG of every figure.

    Raises PostureError with the name of the drill, level or fault that cannot be drawn.
    """
    for slug, table in postures.drills.items():
        yield from drill_files(slug, table)
    for name, own in _levels(postures):
        yield from drill_files(name, own)
    for name, way, table in postures.in_other_ways():
        rung, _, level = name.partition("/")
        drill = postures.drill_of.get((rung, level))
        base = _name(drill, rung, level) if drill else name
        yield from drill_files(f"{base}-with-{way}", table)
    for (drill, fault), wrong in postures.faults.items():
        yield from fault_files(drill, fault, postures.drills[drill], wrong)
