"""The figure tags, and the commands that write figures for people to look at."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.template import Context, Template

from curriculum.models import Drill, FaultPicture, Ladder, Level
from tests.factories import hip_hinge

pytestmark = pytest.mark.usefixtures("curriculum")


def shown(source: str, **context: object) -> str:
    return Template("{% load figures %}" + source).render(Context(context))


def level(rung: str, slug: str) -> Level:
    return Level.objects.select_related("drill").get(
        rung__slug=rung, slug=slug, rung__ladder=hip_hinge()
    )


def test_every_level_and_every_drill_shows_a_figure() -> None:
    for subject in [*Level.objects.select_related("drill"), *Drill.objects.all()]:
        assert 'class="hf' in shown("{% figure subject %}", subject=subject)


def test_a_level_with_a_setting_shows_its_own_figure_and_others_their_drills() -> None:
    assert "Wall tap, 25 cm" in shown("{% figure level %}", level=level("butt-taps", "25-cm"))
    assert "<title" in (
        stick := shown("{% figure level %}", level=level("dowel-hinge", "dowel-hinge"))
    )
    assert "Stick hinge" in stick


def test_every_fault_picture_shows() -> None:
    pictures = FaultPicture.objects.select_related("drill", "fault")
    assert pictures.count() > 40
    for picture in pictures:
        assert picture.posture["title"] in shown(
            "{% figure p.drill fault=p animate=False %}", p=picture
        )


def test_a_fault_can_be_asked_for_by_its_slug() -> None:
    drill = Drill.objects.get(slug="dowel-hinge")
    assert "rounder than we want here" in shown(
        "{% figure drill fault='upper-back-rounds' %}", drill=drill
    )


def test_a_drill_without_a_posture_and_a_fault_without_a_picture_show_nothing() -> None:
    assert shown("{% figure drill %}", drill=Drill(slug="new")).strip() == ""
    assert (
        shown(
            "{% figure drill fault='rocks-back' %}", drill=Drill.objects.get(slug="dowel-hinge")
        ).strip()
        == ""
    )


def test_twenty_figures_on_a_page_share_no_id() -> None:
    drill = Drill.objects.get(slug="dowel-hinge")
    page = shown(
        "{% for n in twenty %}{% figure drill %}{% endfor %}", drill=drill, twenty=range(20)
    )
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 40
    assert set(re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page)) == set(ids)


def test_words_of_a_posture_are_escaped() -> None:
    drill = Drill.objects.get(slug="dowel-hinge")
    drill.posture = {**drill.posture, "title": "<b>Stick</b> & hinge"}  # type: ignore[dict-item]
    page = shown("{% figure drill %}", drill=drill)
    assert "<b>" not in page
    assert "&lt;b&gt;Stick&lt;/b&gt; &amp; hinge" in page


def test_a_figure_without_motion_has_no_button_and_fewer_bytes() -> None:
    drill = Drill.objects.get(slug="dowel-hinge")
    moving, quiet = (shown("{% figure drill animate=a %}", drill=drill, a=a) for a in (True, False))
    assert "<button" in moving
    assert "<button" not in quiet
    assert "<animate" not in quiet
    assert len(quiet) < len(moving) / 2


def test_the_button_waits_for_the_script() -> None:
    page = shown("{% figure drill autoplay=True %}", drill=Drill.objects.get(slug="squat"))
    assert 'data-motion="auto"' in page
    assert re.search(r'<button[^>]* hidden aria-label="Play the movement"', page)


def test_the_mistake_opens_without_a_script() -> None:
    picture = FaultPicture.objects.select_related("drill").get(
        drill__slug="plain-hinge", fault__slug="squats-the-hinge"
    )
    page = shown("{% mistake p.drill p %}", p=picture)
    assert re.search(r"<details[^>]*>\s*<summary>Show me the mistake: Knees bend more", page)


def test_a_page_of_figures_asks_the_database_nothing(
    django_assert_num_queries: object, curriculum: Ladder
) -> None:
    drills = list(Drill.objects.all())
    with django_assert_num_queries(0):  # type: ignore[operator]
        shown("{% for drill in drills %}{% figure drill %}{% endfor %}", drills=drills)


def test_the_contact_sheet_shows_every_drill(tmp_path: Path) -> None:
    call_command("contact_sheet", tmp_path / "sheet.html", stdout=StringIO())
    page = (tmp_path / "sheet.html").read_text()
    assert all(f"<h2>{drill.slug}</h2>" in page for drill in Drill.objects.all())


def test_one_drill_can_be_looked_at_closely_with_its_angles(
    settings: object, tmp_path: Path
) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    said = StringIO()
    call_command("figure", "dowel-hinge", stdout=said)
    page = (tmp_path / "figures" / "dowel-hinge.html").read_text()
    assert "low_back 0" in page
    assert "a posture that a person can take" in said.getvalue()
    call_command("figure", "butt-taps/15-cm", stdout=said)
    with pytest.raises(CommandError, match="no such drill or level"):
        call_command("figure", "moonwalk", stdout=said)
