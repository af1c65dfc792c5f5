"""The charts of one patient as pictures that open without the product."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from patients.history import days as history_days
from patients.models import Patient
from patients.pictures.activity_chart import activities_in_words, activity_chart
from patients.pictures.pain_chart import pain_chart, zones
from patients.standing.activities import activity_courses
from patients.standing.pain_limits import limits_for
from patients.standing.usual_pain import usual_now

#: The colours that a page of the product gives to its charts.
_STYLE = (
    "text{font:500 12px sans-serif;fill:#444}.z-ok{fill:#e3f1e6}.z-warn{fill:#fbeccb}"
    ".z-stop{fill:#f8dcd8}.during{fill:#1f5f8b;stroke:#fff}.line{fill:none;stroke:#1f5f8b}"
    ".morning{fill:#fff;stroke:#222}.over{fill:#a3261b}"
    "[class^=course]{fill:none;stroke:#1f5f8b;stroke-width:2}.mark-1,.mark-3{fill:#1f5f8b}"
    ".mark-2{fill:#fff;stroke:#222}.guide{fill:none;stroke:#ccc}"
)


def pictures_of(patient: Patient) -> dict[str, str]:
    """SVG files by their names. A chart without a number is left out."""
    drawn = {"pain.svg": _pain(patient), "activities.svg": _activities(patient)}
    return {name: svg for name, svg in drawn.items() if svg}


def _pain(patient: Patient) -> str:
    read = history_days.history_of(patient, patient.clinic.today(), weeks=None)
    if not read.points:
        return ""
    own = zones(usual_now(patient), limits_for(patient))
    words = history_days.pain_in_words(read.points)
    return _alone(pain_chart(read.points, own, "words"), words)


def _activities(patient: Patient) -> str:
    courses = activity_courses(patient)
    svg = activity_chart(courses).svg
    return _alone(svg, activities_in_words(courses)) if svg else ""


def _alone(svg: SafeString, words: str) -> str:
    """The picture with its words and its colours, as a file of its own."""
    head = format_html('<title id="words">{}</title>', words)
    tag, _, rest = str(svg).partition(">")
    return f'{tag} xmlns="http://www.w3.org/2000/svg">{head}<style>{_STYLE}</style>{rest}'
