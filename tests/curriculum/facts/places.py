"""Every place of the product's content that can say a fact, by its address.

``drill/butt-tap`` is a whole item and ``drill/butt-tap/cues`` a part of it; ``code/PATH`` is a
file of the repository. No database is needed.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from curriculum.about import read as read_about
from curriculum.cautions import lines, read_cautions
from curriculum.evidence import works
from curriculum.loader.reading import Document, Item
from curriculum.phrases.content import FOLDER as PHRASES
from curriculum.screening import precautions, red_flags
from curriculum.symptoms import read as read_symptoms
from patients.standing import pain
from tests.curriculum.words import shipped

ROOT = Path(__file__).resolve().parents[3]
PERIODS = ROOT / "patients" / "rules" / "periods.py"
REASONS = ROOT / "patients" / "standing" / "load" / "reasons.py"
#: Parts of an item that name who says it.
CITING = ("sources", "source", "dose_source")
DEFAULTS = ("clinic_default", "default")


@dataclass(frozen=True)
class Place:
    """``cites``: slugs of sources and keys of works that it names
    ``default``: whether it says that it, or a part of it, is a clinic default
    ``item``: whether a fact must name it; a part of an item is none
    ``given``: what it gives as its sources; ``prose``: its own sentences beside them, without those
    of an item within it
    """

    text: str
    cites: frozenset[str] = frozenset()
    default: bool = False
    item: bool = False
    given: frozenset[str] = frozenset()
    prose: tuple[str, ...] = ()
    rules: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def words_in(value: Any) -> Iterator[str]:
    """Every text and number in a value, however deep."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield str(name)
            yield from words_in(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from words_in(part)
    elif value is not None:
        yield str(value)


@cache
def names() -> dict[str, str]:
    """How a source or a work is named in a sentence, by slug and key, in small letters."""
    of_sources = {
        entry.item["slug"]: entry.item["name"] for one in shipped() for entry in one["source"]
    }
    all_names = of_sources | {key: work.name for key, work in works().items()}
    return {key: name.lower() for key, name in all_names.items()}


def named_in(text: str) -> set[str]:
    lowered = text.lower()
    return {key for key, name in names().items() if re.search(rf"\b{re.escape(name)}", lowered)}


def _of_item(item: Mapping[str, Any], *, default: bool = False) -> Place:
    text = " ".join(words_in(item))
    given = [item.get(name) or [] for name in CITING]
    slugs = {
        slug for value in given for slug in ([value] if isinstance(value, str) else value)
    } & names().keys()
    own = any(item.get(name) for name in DEFAULTS) or "clinic default" in text.lower()
    return Place(
        text,
        frozenset(slugs | named_in(text)),
        default or own,
        item=True,
        given=frozenset(slugs | named_in(" ".join(words_in(given)))),
        prose=tuple(_prose(item)),
    )


def _prose(item: Mapping[str, Any]) -> Iterator[str]:
    for value in (value for name, value in item.items() if name not in CITING):
        parts = value if isinstance(value, list | tuple) else [value]
        yield from (part for part in parts if isinstance(part, str) and " " in part)


def _with_parts(address: str, item: Mapping[str, Any], **more: Any) -> Iterator[tuple[str, Place]]:
    whole = _of_item(item, **more)
    yield address, whole
    for name, value in item.items():
        text = " ".join(words_in(value))
        yield f"{address}/{name}", Place(text, whole.cites, whole.default)


def _of_curriculum(document: Document) -> Iterator[tuple[str, Place]]:
    for table in ("source", "equipment", "drill", "ladder"):
        for entry in document[table]:
            yield from _with_parts(f"{table}/{entry.item['slug']}", entry.item)
    for entry in document["fault"]:
        yield from _of_fault(entry.item)
    for entry in document["ladder"]:
        yield from _beside(entry.item)
    for entry in document["variant"]:
        for drill in entry.item["drills"]:
            address = f"variant/{drill}/{entry.item['key']}"
            yield address, _of_item(entry.item, default=not entry.item["source"])
    for entry in document["rung"]:
        yield from _of_rung(entry.item)
    yield from _of_cautions(document)


def _of_fault(fault: Item) -> Iterator[tuple[str, Place]]:
    yield from _with_parts(f"fault/{fault['slug']}", fault)
    for remedy in fault["remedy"]:
        address = f"remedy/{fault['slug']}/{remedy['drill']}"
        yield address, _of_item(remedy, default=not remedy["source"])


def _beside(ladder: Item) -> Iterator[tuple[str, Place]]:
    # The first ladder's points have no ladder in their address.
    of = "" if ladder["slug"] == "hip-hinge" else f"{ladder['slug']}-"
    for number, point in enumerate(ladder["checklist"], 1):
        yield f"checklist/{of}{number}", _of_item(point, default=not point["sources"])
    for part in ladder["guide"]:
        yield f"guide/{part['slug']}", _of_item(part, default=not part["sources"])


def _of_rung(rung: Item) -> Iterator[tuple[str, Place]]:
    own = {key: value for key, value in rung.items() if key not in {"level", "criterion"}}
    yield from _with_parts(f"rung/{rung['slug']}", own)
    for level in rung["level"]:
        address = f"level/{rung['slug']}/{level['slug']}"
        yield from _with_parts(address, level, default=not level["dose_source"])
    for criterion in rung["criterion"]:
        yield from _with_parts(f"criterion/{rung['slug']}/{criterion['slug']}", criterion)


def _of_cautions(document: Document) -> Iterator[tuple[str, Place]]:
    of_drills = {
        entry.item["drill"]: entry.item for entry in document["caution"] if not entry.item["level"]
    }
    for entry in document["caution"]:
        level = entry.item["level"]
        rules = read_cautions(of_drills[entry.item["drill"]], entry.item if level else None).rules
        cited = [_of_item(asdict(lines()[line])) for _kind, line in rules.values()]
        said = [*words_in(rules), entry.item["deepest"] or ""]
        place = Place(
            " ".join(said),
            frozenset().union(*(line.cites for line in cited)),
            any(line.default for line in cited),
            item=True,
            rules=rules,
        )
        yield f"caution/{level or entry.item['drill']}", place


def _of_safety() -> Iterator[tuple[str, Place]]:
    for line in lines().values():
        yield from _with_parts(f"line/{line.key}", asdict(line))
    for flag in red_flags().values():
        yield from _with_parts(f"flag/{flag.key}", asdict(flag))
    for precaution in precautions().values():
        yield from _with_parts(f"precaution/{precaution.key}", asdict(precaution))
    texts = read_symptoms("en")
    for key, symptom in texts.symptoms.items():
        yield f"symptom/{key}", _of_item(asdict(symptom))
    cites = frozenset(texts.sources)
    for key, said in (("now", texts.now), ("today", texts.today)):
        yield f"help/{key}", Place(" ".join(said), cites, item=True)
        yield f"read/{key}", _of_item(asdict(texts.at_once[key]))
    yield "read/while-it-waits", Place(f"{texts.grows} {texts.taken_back}", item=True)
    for part in read_about("en"):
        yield from _with_parts(f"about/{part.key}", asdict(part))
    for work in works().values():
        yield f"work/{work.key}", _of_item(asdict(work))
    for (language, kind), phrases in _phrases().items():
        yield f"phrase/{language}/{kind}", Place(" ".join(phrases), item=True)


def _phrases() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for file in sorted(PHRASES.glob("*.toml")):
        for phrase in tomllib.loads(file.read_text(encoding="utf-8"))["phrase"]:
            said = found.setdefault((file.stem, phrase["kind"]), [])
            said.extend(words_in(phrase["words"]))
    return found


def _of_rules() -> Iterator[tuple[str, Place]]:
    """The periods and the pain limits. A period without a source is a clinic default."""
    source = PERIODS.read_text(encoding="utf-8")
    rows = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            (target,) = node.targets
            above = node.lineno - 2
            comment: list[str] = []
            while above >= 0 and rows[above].startswith("#:"):
                comment.insert(0, rows[above][2:].strip())
                above -= 1
            said = f"{ast.unparse(target)} {ast.unparse(node.value)} {' '.join(comment)}"
            yield f"period/{ast.unparse(target)}", Place(said, default=True, item=True)
    about = pain.__doc__ or ""
    for part in fields(pain.Limits):
        said = f"{part.name} {part.default} {about}"
        yield f"limit/{part.name}", Place(said, frozenset(named_in(about)), default=True, item=True)


def _of_reasons() -> Iterator[tuple[str, Place]]:
    """The sentences beside a proposal for the load. One without a source is a clinic default."""
    for node in ast.parse(REASONS.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            parts = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
            said = [part.value for part in parts if isinstance(part.value, str)]
            given = frozenset(said) & names().keys()
            prose = tuple(text for text in said if " " in text)
            place = Place(" ".join(prose), given, not given, item=True, given=given, prose=prose)
            yield f"reason/{node.name}", place


@cache
def places() -> dict[str, Place]:
    """Every place that content says, by its address. The criteria of edition 2, a draft or not,
    are at ``criterion@2``; what an edition takes from the one before stands once."""
    found: dict[str, Place] = {}
    for document in sorted(shipped(), key=_edition):
        edition = _edition(document)
        own = f"criterion@{edition}/" if edition > 1 else "criterion/"
        for address, place in _of_curriculum(document):
            found.setdefault(address.replace("criterion/", own), place)
    return found | dict(_of_safety()) | dict(_of_rules()) | dict(_of_reasons())


def _edition(document: Document) -> int:
    return max((int(entry.item["edition"]) for entry in document["ladder"]), default=0)


@cache
def found_at(address: str) -> dict[str, Place]:
    """The places of an address, in which a star stands for any part. Empty if there is none."""
    kind, _slash, path = address.partition("/")
    if kind == "code":
        file = ROOT / path
        text = file.read_text(encoding="utf-8") if file.is_file() else None
        own = text is not None and "clinic default" in text.lower()
        return {} if text is None else {address: Place(text, frozenset(named_in(text)), own)}
    pattern = re.compile(re.escape(address).replace(r"\*", "[^/]*"))
    return {name: place for name, place in places().items() if pattern.fullmatch(name)}


def items() -> list[str]:
    """The addresses of everything that a fact must name."""
    return [name for name, place in places().items() if place.item]


def item_of(address: str) -> Iterable[str]:
    """The items that the places of an address are, or are a part of."""
    for name in found_at(address):
        whole = name
        while whole and not (whole in places() and places()[whole].item):
            whole = whole.rpartition("/")[0]
        if whole:
            yield whole
