"""The geometry that figures are drawn with and that photos will be measured with."""

from __future__ import annotations

import cmath
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.posture import (
    ANKLE_HEIGHT,
    LANDMARKS,
    SHANK,
    THIGH,
    TRUNK,
    Angles,
    Spine,
    measure,
    stand,
)

ANY_ANGLES = st.builds(
    Angles,
    shin=st.floats(-30, 60),
    knee=st.floats(-5, 140),
    hip=st.floats(-25, 125),
    lumbar=st.floats(-35, 60),
    thoracic=st.floats(-20, 45),
    neck=st.floats(-50, 50),
)


def test_standing_straight_puts_the_joints_where_the_table_says() -> None:
    body = stand(Angles(shin=0, knee=0, hip=0))
    heights = {"ankle": body.ankle.imag, "knee": body.knee.imag, "hip": body.hip.imag}
    assert heights == pytest.approx({"ankle": 0.039, "knee": 0.285, "hip": 0.530})
    assert body.spine.centre(TRUNK)[0].imag + body.hip.imag == pytest.approx(0.818)


@given(ANY_ANGLES)
def test_the_angles_that_were_put_in_are_measured_again_from_the_landmarks(angles: Angles) -> None:
    measured = measure(stand(angles).landmarks())
    assert (measured.shin, measured.knee, measured.hip) == pytest.approx(
        (angles.shin, angles.knee, angles.hip), abs=1
    )


@given(ANY_ANGLES)
def test_measured_angles_draw_the_same_legs_again(angles: Angles) -> None:
    marked = stand(angles).landmarks()
    measured = measure(marked)
    again = stand(Angles(measured.shin, measured.knee, measured.hip)).landmarks()
    for name in ("ankle", "knee", "hip", "sacrum"):
        assert abs(again[name] - marked[name]) < 0.005


@given(ANY_ANGLES, st.floats(0.1, 4000), st.floats(-500, 500), st.floats(-500, 500))
def test_how_large_a_photo_is_and_where_the_person_stands_changes_no_angle(
    angles: Angles, scale: float, x: float, y: float
) -> None:
    marked = stand(angles).landmarks()
    moved = {name: point * scale + complex(x, y) for name, point in marked.items()}
    before = measure(marked)
    after = measure(moved)
    assert (after.trunk, after.low_back, after.upper_back) == pytest.approx(
        (before.trunk, before.low_back, before.upper_back), abs=0.01
    )


def test_a_straight_back_reads_as_straight_however_deep_the_hinge() -> None:
    for hip in (0, 30, 60, 90, 110):
        measured = measure(stand(Angles(shin=1, knee=15, hip=hip)).landmarks())
        assert measured.low_back == pytest.approx(0, abs=0.5)
        assert measured.upper_back == pytest.approx(-1, abs=1)


def test_rounding_and_arching_the_low_back_are_told_apart_from_hinging() -> None:
    straight, rounded, arched = (
        measure(stand(Angles(1, 15, 60, lumbar=lumbar)).landmarks()) for lumbar in (0, 30, -25)
    )
    assert rounded.low_back > 15
    assert arched.low_back < -12
    assert rounded.hip == pytest.approx(straight.hip) == pytest.approx(arched.hip)


def test_chin_down_and_chin_up_move_the_upper_back_reading_only() -> None:
    level, up = (measure(stand(Angles(1, 15, 60, neck=neck)).landmarks()) for neck in (0, -40))
    assert up.upper_back < level.upper_back - 15
    assert up.low_back == pytest.approx(level.low_back)


@given(ANY_ANGLES)
def test_bones_keep_their_length_in_every_posture(angles: Angles) -> None:
    body = stand(angles)
    assert abs(body.knee - body.ankle) == pytest.approx(SHANK)
    assert abs(body.hip - body.knee) == pytest.approx(THIGH)


@given(st.floats(-40, 65), st.floats(-25, 50))
def test_the_spine_bends_without_growing(lumbar: float, thoracic: float) -> None:
    spine = Spine(lumbar, thoracic)
    steps = [TRUNK * step / 200 for step in range(201)]
    points = [spine.centre(height)[0] for height in steps]
    along = sum(abs(b - a) for a, b in itertools.pairwise(points))
    assert along == pytest.approx(TRUNK, rel=1e-3)


def test_lifting_the_heel_turns_the_foot_about_its_ball() -> None:
    flat = stand(Angles())
    lifted = stand(Angles(heel=30))
    assert lifted.ankle.imag > flat.ankle.imag == pytest.approx(ANKLE_HEIGHT)
    turned = cmath.phase((flat.ankle - 0.070 - 0.012j) / (lifted.ankle - 0.070 - 0.012j))
    assert turned == pytest.approx(cmath.pi / 6)


def test_kneeling_rests_on_the_knee() -> None:
    assert stand(Angles(shin=90, knee=90), knee_at=0.1 + 0.05j).knee == pytest.approx(0.1 + 0.05j)


def test_a_landmark_that_was_not_marked_is_named() -> None:
    marked = stand(Angles()).landmarks()
    assert tuple(marked) == LANDMARKS
    del marked["sacrum"]
    with pytest.raises(KeyError, match="sacrum"):
        measure(marked)
