"""The state of a patient's day: the first that holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DayState(StrEnum):
    """The states, in their order. What goes with one of them, such as a request for a review or a
    complete ladder, is a line on its page and no state."""

    URGENT = "urgent"
    FINISHED = "finished"
    NOT_CLEARED = "not_cleared"
    NO_PLAN = "no_plan"
    STOPPED = "stopped"
    DONE = "done"
    PAUSED = "paused"
    LOGGED = "logged"
    REST = "rest"
    EASIER = "easier"
    PRACTISE = "practise"


class DrillLeft(StrEnum):
    """What the stops that wait for an answer leave of the drill."""

    WHOLE = "whole"
    EASIER = "easier"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class DayFacts:
    """What decides the state of a day.

    ``urgent``: a report whose urgency is now or today waits for an answer
    ``finished``: the clinic has discharged the patient
    ``may_train``: the latest screening allows training
    ``has_plan``: a plan runs
    ``drill_left``: none also after a second pain stop, and when the easier days are used up
    ``ended_today``: a stop that leaves an easier drill was told today, and it was no flare
    ``away``: a pause holds on the day
    ``logged``: practice of the day is logged
    ``planned``: the schedule asks for practice on the day
    """

    urgent: bool = False
    finished: bool = False
    may_train: bool = True
    has_plan: bool = True
    drill_left: DrillLeft = DrillLeft.WHOLE
    ended_today: bool = False
    away: bool = False
    logged: bool = False
    planned: bool = True


def day_state(facts: DayFacts) -> DayState:
    """The first state that holds. The last one holds for everybody who is left."""
    holds = (
        (DayState.URGENT, facts.urgent),
        (DayState.FINISHED, facts.finished),
        (DayState.NOT_CLEARED, not facts.may_train),
        (DayState.NO_PLAN, not facts.has_plan),
        (DayState.STOPPED, facts.drill_left is DrillLeft.NONE),
        (DayState.DONE, facts.ended_today),
        (DayState.PAUSED, facts.away),
        (DayState.LOGGED, facts.logged),
        (DayState.REST, not facts.planned),
        (DayState.EASIER, facts.drill_left is DrillLeft.EASIER),
    )
    return next((state for state, held in holds if held), DayState.PRACTISE)
