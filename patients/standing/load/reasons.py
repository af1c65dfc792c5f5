"""The sentences that stand beside a proposal, with who says so. No source = a clinic default."""

from __future__ import annotations

from django.utils.translation import gettext as _

from patients.rules.periods import TARGET_RESERVE, WEIGHT_EVERY_DAYS
from patients.standing.enough import ENOUGH
from patients.standing.load.parts import Reason


def nothing_more() -> Reason:
    return Reason(_("Nothing changes."))


def not_practised() -> Reason:
    return Reason(_("Not practised yet. The first weight is the clinician’s own."))


def away(days: int, share: float) -> Reason:
    words = _("{days} days away: {percent} % of the weight from before, with fewer sets.")
    return Reason(words.format(days=days, percent=round(100 * share)), ("mcmaster-2013",))


def set_since() -> Reason:
    return Reason(_("The dose was set after the last session. The next session tells more."))


def easier_day() -> Reason:
    return Reason(_("The last session was an easier day, which says nothing about the load."))


def after_a_stop() -> Reason:
    return Reason(_("The last session was a stop: one weight down, from the bottom of the range."))


def nothing_lighter() -> Reason:
    return Reason(_("There is nothing lighter here. Choose another level, or look again first."))


def uneasy_twice() -> Reason:
    return Reason(
        _("Two of the last three sessions at this weight eased off, or were worse after.")
    )


def more_was_done() -> Reason:
    return Reason(_("More was done than prescribed. It does not count: ask why."))


def lighter_was_done() -> Reason:
    return Reason(_("A lighter weight was used than prescribed. It does not count: ask why."))


def uneasy_once() -> Reason:
    return Reason(_("The last session eased off, or the morning was worse: the same once more."))


def reserve_untold() -> Reason:
    return Reason(_("How many more were possible was not told."))


def nothing_left() -> Reason:
    return Reason(_("The last set left nothing in reserve."))


def too_little() -> Reason:
    words = _("Less than {percent} % of the repetitions were done.")
    return Reason(words.format(percent=ENOUGH))


def too_little_twice() -> Reason:
    words = _("Less than {percent} % of the repetitions were done, twice running.")
    return Reason(words.format(percent=ENOUGH))


def day_after() -> Reason:
    words = _("It was the day after another day with load, so it does not count.")
    return Reason(words, ("acsm-2009",))


def not_complete() -> Reason:
    return Reason(_("Not every repetition was done."))


def reserve_too_low(least: int) -> Reason:
    words = _("Fewer than {least} were left in reserve. People guess low while they are new to it.")
    return Reason(words.format(least=least), ("steele-2017",))


def coming_back() -> Reason:
    words = _(
        "Coming back: the weight goes up with {reserve} in reserve and a morning that is fine."
    )
    return Reason(words.format(reserve=TARGET_RESERVE))


def went_fine() -> Reason:
    return Reason(_("It went fine: towards the weight from before the days away."))


def one_more_set() -> Reason:
    return Reason(_("It went well with fewer sets than usual: one more."))


def went_well(more: int) -> Reason:
    words = _("All repetitions were done with enough in reserve: {more} more.")
    return Reason(words.format(more=more), ("acsm-2009",))


def once_more(tops: int) -> Reason:
    words = _(
        "At the top of the range. More weight comes after {tops} such sessions running that are"
        " complete and fine, with a morning that was told."
    )
    return Reason(words.format(tops=tops))


def raised_lately() -> Reason:
    words = _("The weight went up less than {days} days ago.")
    return Reason(words.format(days=WEIGHT_EVERY_DAYS))


def at_the_top(tops: int) -> Reason:
    words = _("{tops} sessions running at the top of the range, complete and fine, with reserve.")
    return Reason(words.format(tops=tops), ("acsm-2009",))


def big_step_needs_more() -> Reason:
    words = _("The next weight is a big step: it needs {reserve} in reserve each time.")
    return Reason(words.format(reserve=TARGET_RESERVE))


def big_step(tops: int) -> Reason:
    words = _(
        "{tops} sessions running at the top with reserve, and nothing owned between. The step is"
        " big, so it begins with fewer sets and repetitions, and asks for your reason."
    )
    return Reason(words.format(tops=tops))


def too_far() -> Reason:
    return Reason(_("The next weight that is owned is too far."))


def nothing_heavier() -> Reason:
    return Reason(_("There is nothing heavier here."))


def time_under_load() -> Reason:
    return Reason(_("More time in each repetition makes the same weight harder."), ("miller",))


def keep() -> Reason:
    return Reason(_("Keep it as it is, or choose another level."))


def weights_unknown() -> Reason:
    return Reason(_("What weights are at home is not noted: choose one that is there."))
