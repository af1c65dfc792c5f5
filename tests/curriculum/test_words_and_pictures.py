"""What the words of a drill name is in its picture, and what is in the picture the words name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from curriculum.figures import Figure, in_this_way, read_figure, read_postures
from curriculum.figures.equipment import EQUIPMENT
from curriculum.figures.poses import Pose
from curriculum.loader.editions import read_edition
from curriculum.loader.reading import Item
from curriculum.loader.shape import shaped

CONTENT = Path("curriculum/content")
POSTURES = read_postures()

#: A thing in words, and what may stand for it in a picture.
THINGS = {
    r"sticks?": {"dowel", "stick_end"},
    r"wall": {"wall"},
    r"bench": {"bench"},
    r"chair|seat": {"chair", "bench", "box"},
    r"table": {"table"},
    r"stool": {"stool", "firm_stool", "box"},
    r"counter": {"counter"},
    r"rail": {"rail"},
    r"box|(firm|low|the) step|block": {"box"},
    r"mat|blanket": {"mat"},
    r"sofa": {"sofa"},
    r"bed": {"bed"},
    r"ball": {"ball"},
    r"band": {"post", "low_band"},
    r"post": {"post", "low_band"},
    r"rope|cable": {"cable"},
    r"kettlebell|weight": {"kettlebell", "goblet", "barbell", "bag", "box"},
    r"dumbbells|bottles": {"barbell"},
    r"bar": {"barbell"},
    r"rack": {"rack"},
    r"backpack|bag": {"bag", "goblet", "kettlebell", "barbell"},
    r"towel": {"towel", "bench", "post"},
    r"scarves|belts": {"scarf"},
    r"cushion": {"cushion", "wall"},
    r"person|partner": {"helping_hands"},
}
#: A sentence with one of these offers a thing, and does not ask for it.
OFFERS = r"\b(can|may|extra|if|not|without|in place of)\b"
#: Words about hands, and the frame of a posture in which they lie.
HANDS = {
    "fingers in the creases": "crease",
    "small of your back": "back",
    "cross your arms": "trunk",
    "breastbone": "trunk",
    "along your back": "dowel",
}
#: A way or a setting that says where the hands go instead.
ELSEWHERE = (
    "30 cm (12 in)",
    "hug it",
    "fingertips on it",
    "scarves",
    "another person holds",
    "put one hand",
)
#: Words that name a thing and mean something else.
NO_THING = r"your weight|lightest weight|press a button"


@dataclass(frozen=True)
class Shown:
    """What a patient reads, sentence by sentence, and sees."""

    name: str
    set_up: tuple[str, ...]
    rest: tuple[str, ...]
    figure: Figure

    @property
    def drawn(self) -> set[str]:
        return {item.name.replace("-", "_") for item in self.figure.props}


def named(sentence: str) -> set[str]:
    """The things that a sentence names, by their key in THINGS."""
    words = re.sub(NO_THING, "", sentence.lower())
    return {thing for thing in THINGS if re.search(rf"\b({thing})\b", words)}


@lru_cache
def everything() -> tuple[Shown, ...]:
    """Every level of the newest edition, every drill beside it, and each in every other way."""
    return tuple(_everything())


def _everything() -> Iterator[Shown]:
    for newest in ("hip_hinge_2", "sit_to_stand"):
        yield from _of_ladder(newest)


def _of_ladder(newest: str) -> Iterator[Shown]:
    document = shaped(read_edition(CONTENT / newest))
    drills = {entry.item["slug"]: entry.item for entry in document["drill"]}
    levels = [
        (f"{rung.item['slug']}/{level['slug']}", level["drill"], level["setting"])
        for rung in document["rung"]
        for level in rung.item["level"]
    ]
    ways = [entry.item for entry in document["variant"]]
    for name, slug, setting in [*levels, *((slug, slug, "") for slug in drills)]:
        rung, _, level = name.partition("/")
        table = POSTURES.levels.get((rung, level)) or POSTURES.drills[slug]
        yield _shown(name, drills[slug], setting, table, None)
        for way, posture in _drawn_ways(slug, ways):
            yield _shown(f"{name} + {way['key']}", drills[slug], setting, table, (way, posture))


def _drawn_ways(drill: str, ways: list[Item]) -> Iterator[tuple[Item, Item]]:
    for way in ways:
        posture = POSTURES.ways.get((drill, way["key"]))
        if drill in way["drills"] and posture is not None:
            yield way, posture


def _shown(
    name: str,
    drill: Item,
    setting: str,
    table: Item,
    way: tuple[Item, Item] | None,
) -> Shown:
    left_out = way[0]["leave_out"] if way else []

    def kept(lines: list[str]) -> tuple[str, ...]:
        return tuple(line for line in lines if not any(word in line.lower() for word in left_out))

    figure = read_figure(in_this_way(table, way[1]) if way else table)
    own = tuple(way[0]["set_up"]) if way else ()
    rest = (*kept(drill["needs"]), *kept(drill["movement"]), setting, way[0]["name"] if way else "")
    return Shown(name, (*kept(drill["set_up"]), *own), rest, figure)


def _enough(sentence: str) -> Callable[[Iterable[object]], bool]:
    """Of "a counter or a wall", one is enough."""
    return any if " or " in sentence else all


def missing(shown: Shown) -> list[str]:
    """Sentences of the set-up that name a thing which is not drawn."""
    return [
        sentence
        for sentence in shown.set_up
        if (things := named(sentence))
        and not re.search(OFFERS, sentence.lower())
        and not _enough(sentence)(THINGS[thing] & shown.drawn for thing in things)
    ]


def untold(shown: Shown) -> set[str]:
    """Things that are drawn and that no sentence names."""
    told = set().union(*(named(sentence) for sentence in (*shown.set_up, *shown.rest)))
    return shown.drawn - set().union(*(THINGS[thing] for thing in told))


def misplaced(shown: Shown) -> set[str]:
    """Where the words put the hands, and no hand is."""
    words = " ".join(shown.set_up).lower()
    if any(word in f"{words} {' '.join(shown.rest)}" for word in ELSEWHERE):
        return set()
    pose = shown.figure.end if shown.figure.show == "end" else shown.figure.start
    assert isinstance(pose, Pose)
    frames = {target.frame for target in (pose.hand, pose.far_hand) if target is not None}
    return {frame for word, frame in HANDS.items() if word in words} - frames


def test_what_the_set_up_names_is_in_the_picture() -> None:
    found = {shown.name: missing(shown) for shown in everything()}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_what_is_in_the_picture_is_in_the_words() -> None:
    found = {shown.name: untold(shown) for shown in everything()}
    assert {name: things for name, things in found.items() if things} == {}


def test_hands_are_where_the_words_put_them() -> None:
    found = {shown.name: misplaced(shown) for shown in everything()}
    assert {name: frames for name, frames in found.items() if frames} == {}


def test_every_thing_that_can_be_drawn_has_a_word() -> None:
    words = set().union(*THINGS.values())
    assert {name.replace("-", "_") for name in EQUIPMENT} - words == set()
