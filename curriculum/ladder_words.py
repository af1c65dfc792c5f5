"""The words that belong to a ladder: where pain and sore muscles are, and what somebody watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class LadderWords:
    """What pages say because of the ladder. Where it says nothing they speak of no part of a body.

    pain: of which pain patients are asked: "Your usual ... this week?". Frozen with an edition
    sore: where muscles may be sore, which is no pain: "Sore muscles in ... do not count"
    problem: what somebody has, on the telephone: "I have ..., and ..."
    keep: a sentence for somebody who has finished
    watch: what a clinician watches first at the first assessment
    goal: a sentence for a clinician who sets how high the plan goes
    """

    pain: str = "pain"
    sore: str = "the parts that worked"
    problem: str = "a problem that my physio looks after"
    keep: str = ""
    watch: str = ""
    goal: str = ""

    @property
    def pain_first(self) -> str:
        """The pain at the beginning of a sentence."""
        return self.pain[:1].upper() + self.pain[1:]


#: What a ladder can say.
KEYS = tuple(one.name for one in fields(LadderWords))

#: Of a ladder that says nothing, and of a patient who is on no ladder yet.
PLAIN = LadderWords()

#: Of an edition that was loaded before ladders had words: those that every page said then.
EARLIER = LadderWords(
    pain="back or leg pain",
    sore="buttocks or back of the thighs",
    problem="a back problem",
    keep="Bending your back for light things is fine.",
    watch="Watch 5 unloaded hinges from the side.",
    goal="Not everyone needs a barbell.",
)


def read_words(column: Mapping[str, Any] | None) -> LadderWords:
    """Read the column ``Ladder.words``. What a newer release has written besides is left out."""
    if column is None:
        return EARLIER
    return LadderWords(**{key: column[key] for key in KEYS if key in column})
