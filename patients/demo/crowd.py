"""Many made-up patients of one clinic, for measurements. The crowd is the same each time, and every
class has some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from patients.demo.life import DemoEntry, Life
from patients.standing.identity import Details

FIRST = (
    *(
        "Ada",
        "Amir",
        "Anna",
        "Bea",
        "Bo",
        "Carl",
        "Dina",
        "Edit",
        "Elsa",
        "Emil",
        "Fatima",
        "Gun",
        "Hugo",
        "Ines",
    ),
    *(
        "Ivar",
        "Jon",
        "Kim",
        "Lars",
        "Lena",
        "Mats",
        "Mira",
        "Nils",
        "Olle",
        "Per",
        "Rut",
        "Sara",
        "Tove",
        "Zara",
    ),
)
LAST = (
    *(
        "Ahmed",
        "Alm",
        "Berg",
        "Björk",
        "Dahl",
        "Ek",
        "Falk",
        "Gren",
        "Haddad",
        "Holm",
        "Kaya",
        "Kvist",
        "Lind",
    ),
    *(
        "Lund",
        "Mori",
        "Nord",
        "Okoye",
        "Palm",
        "Quist",
        "Rask",
        "Sand",
        "Strand",
        "Tran",
        "Uddén",
        "Wik",
        "Åberg",
    ),
)
#: How many of a hundred patients are in each class. The others are on track.
SHARES = {
    "stop": 2,
    "unread": 2,
    "amber": 2,
    "asked": 3,
    "ready": 12,
    "link": 3,
    "quiet": 14,
    "new": 3,
    "weight": 1,
}
#: How many rungs are below the rung whose drill needs a weight.
BELOW_WEIGHTS = 5
#: How many of a hundred patients have passed 0 rungs, 1 rung, 2 rungs ...
PASSED = (34, 24, 16, 10, 7, 5, 4)


def lives(count: int, entries: int) -> Iterator[Life]:
    """Make ``count`` lives with ``entries`` days of practice each."""
    classes = [name for name, share in SHARES.items() for _ in range(share)]
    classes += ["track"] * (100 - len(classes))
    for number in range(count):
        life = _life(Random(number), number, classes[(number * 37) % 100], entries)  # noqa: S311
        yield replace(life, who=_who(number))


def _who(number: int) -> Details:
    """The clinic's own number stays empty: a copied patient cannot have the same."""
    born = date(1936, 1, 1) + timedelta(days=(number * 997) % 25_000)
    return Details(born_on=born, phone=f"+4670174{600 + number % 90:04d}")


def _life(chance: Random, number: int, kind: str, entries: int) -> Life:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    seed = f"crowd {number}"
    if kind == "new":
        return Life(name, taken_on=chance.randrange(20), link="none", seed=seed)
    if kind == "link":
        ago = chance.randrange(3, 13)
        return Life(name, started=ago, last=ago + 1, link="fresh", seed=seed)
    last = chance.randrange(6, 90) if kind == "quiet" else chance.randrange(3)
    started = last + int(entries * 1.25) + chance.randrange(4, 40)
    passed = BELOW_WEIGHTS if kind == "weight" else chance.choices(range(len(PASSED)), PASSED)[0]
    opened = sorted(
        chance.sample(range(last + 1, started + 1), min(passed, started - last)), reverse=True
    )
    return Life(
        name,
        started=started,
        passed=tuple(opened),
        last=last,
        entries=entries,
        seed=seed,
        pain=(chance.randrange(4), chance.randrange(3)),
        usual=chance.choice((None, None, 2, 3, 4)),
        **_matter(kind, last, chance),
    )


def _matter(kind: str, last: int, chance: Random) -> dict[str, Any]:
    """What puts a life into its class."""
    if kind == "stop":
        return {
            "logged": {
                last: DemoEntry(pain=chance.randrange(8, 10), effort="stopped", why_stopped="pain")
            }
        }
    if kind == "unread":
        return {"logged": {last: DemoEntry(effort="hard", note="Is this how it should feel?")}}
    if kind == "amber":
        return {"logged": {ago: DemoEntry(pain=5, effort="hard") for ago in range(last, last + 3)}}
    if kind == "asked":
        return {"asked": (last, "I think I can do it now.")}
    return {"ready": kind == "ready", "weight": kind != "weight"}
