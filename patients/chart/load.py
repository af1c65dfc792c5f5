"""What the chart proposes for the load of the level that is practised, in words and with sources.

It proposes; a clinician signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from curriculum.evidence import works
from curriculum.models import Level
from patients.chart.shown import Chart
from patients.models import Prescription, ProposalKind
from patients.standing.load.at_home import weights_at_home
from patients.standing.load.guard import questions
from patients.standing.load.parts import Proposal, Reason
from patients.standing.load.read import LoadOfLevel, load_from, why_closed
from patients.wording.dosage import dosage_in_words, plain_kilograms, reps_in_words
from patients.wording.weights import weights_in_words


@dataclass(frozen=True)
class LoadOffer:
    """What is proposed for a level.

    ``seen``: what the page sends along, see ``LoadOfLevel.seen``
    ``dose``: the dose that it leads to, in words; ``today``: how many repetitions today has
    ``reasons``: sentences, each with the names of its sources, or none for a clinic default
    ``asks``: what the guard asks, if it asks for a reason; empty = it does not
    ``change``: how much more or less weight it is, in words; empty = the weight stays
    """

    level: Level
    proposal: Proposal
    seen: str
    dose: str
    today: str
    reasons: list[tuple[str, str]]
    asks: list[str]
    change: str = ""

    @property
    def label(self) -> str:
        return str(ProposalKind(self.proposal.kind).label)


def load_offer(chart: Chart) -> LoadOffer | None:
    """What is proposed on a page; None = the level has no load, or nobody prescribed it.

    Three queries with a load, none without.
    """
    load = _load(chart)
    if load is None or chart.dose is None:
        return None
    proposal = load.proposal
    moved = load.proposed
    return LoadOffer(
        level=chart.dose.level,
        proposal=proposal,
        seen=load.seen,
        dose=dosage_in_words(moved),
        today=reps_in_words(load.dose_today),
        reasons=[(reason.text, ", ".join(_names(reason))) for reason in proposal.reasons],
        asks=questions(moved, load, chart.held) if proposal.asks else [],
        change=_change(load.dose, moved) if proposal.to_sign else "",
    )


def weights_in_sight(chart: Chart) -> str:
    """What weighs something at the patient's home, beside a dose with a weight; empty = nothing
    was noted, or the drill takes none. One query with a weight."""
    if chart.dose is None or not chart.dose.level.drill.takes_kilograms:
        return ""
    return weights_in_words(weights_at_home(chart.patient))


def _change(now: Prescription, moved: Prescription) -> str:
    """ "From 12 kg: 2 kg more, 17 %." """
    if not now.load or moved.load is None or now.load == moved.load:
        return ""
    step = abs(Decimal(str(moved.load)) - now.load)
    words = (
        _("From {kg} kg: {step} kg more, {percent} %.")
        if moved.load > now.load
        else _("From {kg} kg: {step} kg less, {percent} %.")
    )
    percent = round(100 * step / now.load)
    return words.format(kg=plain_kilograms(now.load), step=plain_kilograms(step), percent=percent)


def _load(chart: Chart) -> LoadOfLevel | None:
    """How the load of the practised level stands, from what the page has read."""
    plan = chart.plan
    dose = chart.dose
    if not chart.running or plan is None or dose is None or dose.is_default:
        return None
    if not dose.level.drill.loaded:
        return None
    doses = list(plan.prescriptions.filter(level=dose.level).select_related("band").order_by("pk"))
    closed = why_closed(
        ended=False,
        stopped=bool(chart.stops),
        cleared=chart.screening is not None and chart.screening.allows,
        away=chart.pause is not None,
    )
    return load_from(plan, dose.level, doses, chart.held, chart.today, closed=closed)


def _names(reason: Reason) -> Iterator[str]:
    for key in reason.sources:
        work = works().get(key)
        yield work.name if work is not None else key.capitalize()
