"""What can happen to a patient of the table of twenty, and what the table says of each."""

from __future__ import annotations

from dataclasses import dataclass

# ---- what happens


@dataclass(frozen=True)
class Days:
    """Days go by."""

    count: int


@dataclass(frozen=True)
class Practises:
    """The patient sends the sheet of the day. ``sets``: whether a set is tapped."""

    pain: int | None = None
    leg: str = ""
    side: str = ""
    sets: bool = True


@dataclass(frozen=True)
class Tells:
    """The patient sends "How is it today?". ``side``: of every sign that has one."""

    signs: tuple[str, ...] = ()
    side: str = ""
    growing: str = ""
    pain: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Usual:
    """The patient says what pain is usual this week."""

    pain: int


@dataclass(frozen=True)
class TakesBack:
    """ "That was a mistake"."""


@dataclass(frozen=True)
class IsDischarged:
    """The clinic discharges the patient. The phone keeps the page that it had opened."""


@dataclass(frozen=True)
class AnswersTheMilder:
    """A clinician spoke to the patient and answers the milder of two stops first."""


Act = Days | Practises | Tells | Usual | TakesBack | IsDischarged | AnswersTheMilder


# ---- what the first visit was


@dataclass(frozen=True)
class Visit:
    """``precaution``: its key and its note; ``not_cleared``: what was done about a red flag"""

    usual: int = 2
    screened: bool = True
    precaution: tuple[str, str] | None = None
    not_cleared: str = ""
    plan: bool = True


# ---- what must follow

#: Whom a mail reaches at once, and with which subject.
EVERYBODY = ("elin", "omar", "petra")
LEAD = ("elin",)
THE_OTHERS = ("omar", "petra")
NOBODY: tuple[str, ...] = ()

#: First lines of an urgent page.
NOW = ("Get medical care now", "Do not wait for your physio")
TODAY = ("A doctor needs to look at this today", "Do not wait for your physio")
#: What somebody with a sign that the physio sees first reads.
SOON = "If it spreads, grows, or you get one of the signs below: call now."


@dataclass(frozen=True, kw_only=True)
class Patient:
    """``day``: the state of the patient's day; ``drill``: whether a drill can be practised
    ``reads``, ``never``: sentences on the patient's page, and such as must not be there
    ``form``: sentences above the boxes of "How is it today?"
    ``listed``: the heading of the caseload, "" = found by a search only; ``why``: the row's words
    ``chart``: what the front of the chart names
    ``urgent``, ``mail``: whom an urgent mail and a plain one reach at once
    """

    who: str
    visit: Visit = Visit()
    happened: tuple[Act, ...]
    day: str
    drill: bool = False
    form: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    listed: str
    why: str = ""
    chart: tuple[str, ...] = ()
    urgent: tuple[str, ...] = NOBODY
    mail: tuple[str, ...] = NOBODY
