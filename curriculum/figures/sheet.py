"""Makes pages for the author of postures: all drills at once, or one drill closely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from html import escape

from curriculum.figures.body import Body
from curriculum.figures.content import WITH, Postures
from curriculum.figures.poses import Pose
from curriculum.figures.render import animated, still
from curriculum.figures.spec import Figure, read_figure
from curriculum.figures.style import page_stylesheet
from curriculum.posture import measure

_PAGE = """
:root{color-scheme:light dark}
body{margin:1rem;font:14px system-ui,sans-serif}
body{background:light-dark(#faf8f4,#1a1917);color:light-dark(#222,#eee)}
main{display:flex;flex-wrap:wrap;gap:8px;align-items:start}
section{background:light-dark(#f1ece3,#2a2826);border-radius:10px;padding:6px;break-inside:avoid}
section>div{display:flex;flex-wrap:wrap}h2{margin:2px 6px;font-size:15px}
figure{margin:2px;width:var(--wide)}svg{display:block;width:100%;max-height:calc(var(--wide)*1.1)}
figcaption{text-align:center;padding:2px}pre{margin:8px;white-space:pre-wrap}
@media print{section,body{background:none}}
"""


def _figure(svg: str, caption: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _page(title: str, wide: int, sections: Iterable[str], head: str = "") -> str:
    style = page_stylesheet() + _PAGE + f":root{{--wide:{wide}px}}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"{head}<title>{escape(title)}</title>"
        f"<style>{style}</style></head><body><main>{''.join(sections)}</main></body></html>"
    )


def _section(name: str, pictures: Iterable[str]) -> str:
    return f"<section><h2>{escape(name)}</h2><div>{''.join(pictures)}</div></section>"


def _faults(drill: str, postures: Postures) -> Iterable[tuple[str, Figure]]:
    for (on, fault), wrong in postures.faults.items():
        if on == drill:
            yield fault, read_figure(postures.drills[drill], wrong)


def _pair(name: str, figure: Figure) -> list[str]:
    return [
        _figure(still(figure, uid=f"{name}-{moment}".replace(" ", ""), moment=moment), moment)
        for moment in ("start", "end")
    ]


def contact_sheet(postures: Postures) -> str:
    """A page with every drill (start, end, faults) and every level with a posture of its own."""
    sections = []
    for slug, table in postures.drills.items():
        pictures = _pair(slug, read_figure(table))
        pictures += [
            _figure(still(wrong, uid=f"{slug}-{fault}"), fault)
            for fault, wrong in _faults(slug, postures)
        ]
        sections.append(_section(slug, pictures))
    for (rung, level), table in postures.levels.items():
        sections.append(_section(f"{rung}/{level}", _pair(f"{rung}-{level}", read_figure(table))))
    for drill, way, table in postures.in_other_ways():
        name = f"{drill}{WITH}{way}"
        sections.append(_section(name, _pair(name, read_figure(table))))
    return _page("Every figure", 200, sections)


def _measured(figure: Figure) -> str:
    rows = []
    for moment, pose in (("start", figure.start), ("end", figure.end)):
        if isinstance(pose, Pose):
            angles = asdict(measure(Body(pose).bones.landmarks()))
            rows.append(
                f"{moment}: " + ", ".join(f"{name} {angle:.0f}" for name, angle in angles.items())
            )
    return f"<pre>{escape(chr(10).join(rows))}</pre>"


def _moving(svg: str) -> str:
    return svg.replace('class="hf', 'class="playing hf', 1)


def drill_page(slug: str, postures: Postures, *, refresh: bool = False) -> tuple[str, list[str]]:
    """A page of one drill, of "rung/level" or of "drill + variant", and what is wrong with it.

    refresh makes the page reload every two seconds. Raises KeyError for an unknown slug, and
    PostureError.
    """
    figure = read_figure(postures.table(slug))
    sections = [
        _section(
            slug,
            [
                *_pair("it", figure),
                _figure(_moving(animated(figure, uid="it")), "moving"),
                _measured(figure),
            ],
        )
    ]
    for fault, wrong in _faults(slug, postures):
        pictures = [
            _figure(still(wrong, uid=fault, audience="clinician"), "as a clinician sees it"),
            _figure(_moving(animated(wrong, uid=f"{fault}-moving", ghost=False)), wrong.title),
        ]
        sections.append(_section(fault, [*pictures, _measured(wrong)]))
    head = '<meta http-equiv="refresh" content="2">' if refresh else ""
    mine = [problem for problem in postures.of(slug).problems() if problem.startswith(f"{slug}:")]
    return _page(slug, 380, sections, head), mine
