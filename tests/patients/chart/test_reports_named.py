"""What a patient reported is named, with its side, wherever the clinic decides."""

from __future__ import annotations

from tests.cast import Cast
from tests.patients.clinic_pages import browser, chart
from tests.patients.telling import told


def test_the_stop_on_the_chart_names_each_sign_its_side_and_since_when(cast: Cast) -> None:
    told(cast.maya, "weak", "fever", side="left", growing=True, since="week", words="My knee.")
    page = chart(browser(cast.elin), cast.maya)
    named = "Stopped: weak leg, left, gets worse or drags; fever or feeling ill,"
    assert named in page
    assert "An emergency sign. Since this week. “My knee.”" in page


def test_a_side_that_was_not_told_is_said_to_be_so(cast: Cast) -> None:
    told(cast.maya, "numb")
    assert "numb or tingling leg, side not told" in chart(browser(cast.elin), cast.maya)


def test_two_stops_of_one_report_each_name_their_own_sign(cast: Cast) -> None:
    told(cast.maya, "below_knee", "fall", side="right")
    page = chart(browser(cast.elin), cast.maya)
    assert "Stopped: bad fall or accident," in page
    assert "Also waiting: pain below the knee, right," in page
