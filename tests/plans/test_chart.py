"""The drawing of a session's curve."""

from __future__ import annotations

import pytest

from planner.plans.chart import curve
from planner.plans.pacing import pacing
from tests.builders import a_plan, a_segment


def test_the_curve_fills_the_width_and_marks_its_peak_and_its_end():
    plan = a_plan(a_segment("a", minutes=10, intensity=1), a_segment("b", minutes=20, intensity=3), length=40)
    read = pacing(plan, {})
    drawn = curve(read.points, read.minutes, read.peak_minute, read.calm_from, read.breaches)
    assert [(bar.x, bar.width) for bar in drawn.bars] == [("0.00%", "25.00%"), ("25.00%", "50.00%")]
    assert [bar.marked for bar in drawn.bars] == [False, True]
    assert drawn.peak == ("50.00%", drawn.bars[1].y)
    assert drawn.calm == ("50.00%", "25.00%")
    assert [tick.minute for tick in drawn.ticks] == [0, 5, 10, 15, 20, 25, 30, 35, 40]
    assert (drawn.ticks[0].anchor, drawn.ticks[-1].anchor) == ("start", "end")
    assert len(drawn.rises) == 1


@pytest.mark.parametrize("minutes", [1, 10, 50, 80, 240, 480, 3000])
def test_the_axis_never_has_more_minutes_than_one_can_read(minutes):
    ticks = curve((), minutes, None, 0, ()).ticks
    assert ticks[0].minute == 0
    assert len(ticks) <= max(9, minutes // 120 + 1)
