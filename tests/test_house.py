"""The house rules that keep the code readable, each checked on the code itself."""

from __future__ import annotations

import re

import pytest
from radon.complexity import cc_visit

from tests import house

# The code is the same on every database.
pytestmark = pytest.mark.only_sqlite

MAY_IMPORT = {
    "curriculum": {"curriculum"},
    "accounts": {"accounts"},
    "patients": {"patients", "curriculum", "accounts"},
    "law": {"law", "trail", "patients", "curriculum", "accounts"},
    "trail": {"trail", "patients", "accounts"},
    "config": {"config", "trail", "law", "patients", "curriculum", "accounts"},
}
#: The rooms of ``patients``, lowest first: a room imports from those before it. Rooms that share a
#: line are pages, and no page imports another.
ROOMS = (
    ("models",),
    ("wording",),
    ("rules",),
    ("standing",),
    ("pictures",),
    ("record",),
    ("summaries",),
    ("verbs",),
    ("today", "history", "chart", "caseload", "papers", "notices", "numbers"),
    ("forms",),
    ("views",),
    ("urls",),
)
#: Rooms that only read: whoever imports a verb can write.
READERS = {
    "wording",
    "rules",
    "standing",
    "pictures",
    "record",
    "today",
    "history",
    "chart",
    "caseload",
    "papers",
    "numbers",
}
#: Beside the rooms: what stands outside of the product's own day.
OUTSIDE = {"apps", "demo", "management", "migrations", "templatetags"}
UNSAFE_IN_TEMPLATES = {
    "inline style": r"\sstyle\s*=|<style\b",
    "inline script": r"<script(?![^>]*\b(src=|type=\"application/json\"))",
    "inline handler": r"<[^>]*\son[a-z]+\s*=",
    "unescaped output": r"\|\s*safe\b|autoescape\s+off",
}


def assert_none(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("app", house.APPS)
def test_imports_go_one_way(app: str) -> None:
    others = {*house.APPS, "tests"} - MAY_IMPORT[app]
    assert_none(
        [
            f"{house.name(path)} imports {other}"
            for path in house.modules(app)
            for other in house.imported(house.parse(path))
            if other.partition(".")[0] in others
        ]
    )


def _floors() -> dict[str, int]:
    return {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}


def test_every_module_of_patients_stands_in_a_room() -> None:
    known = set(_floors()) | OUTSIDE
    assert_none(
        [
            house.name(path)
            for path in house.modules("patients")
            if path.name != "__init__.py" and house.room(path) not in known
        ]
    )


def test_a_room_imports_only_from_the_rooms_below_it() -> None:
    floors = _floors()
    assert_none(
        [
            f"{house.name(path)} imports {imported}"
            for path in house.modules("patients")
            for imported in sorted(house.imported_modules(path))
            if (here := house.room(path)) in floors
            and (there := house.room_of(imported)) in floors
            and there != here
            and floors[there] >= floors[here]
        ]
    )


def test_no_reader_imports_a_writer() -> None:
    assert_none(
        [
            f"{house.name(path)} imports {imported}"
            for path in house.modules("patients")
            for imported in sorted(house.imported_modules(path))
            if house.room(path) in READERS and house.room_of(imported) in {"verbs", "summaries"}
        ]
    )


def test_modules_do_not_import_in_circles() -> None:
    assert " -> ".join(house.circle(house.import_graph())) == ""


def test_every_module_is_short_enough_to_read_in_one_go() -> None:
    lines = {house.name(path): house.lines(path) for path in house.modules(*house.APPS, "tests")}
    assert_none([f"{name}: {count}" for name, count in lines.items() if count > 370])


def test_every_template_is_short() -> None:
    lines = {house.name(path): house.lines(path) for path in house.templates()}
    assert_none([f"{name}: {count}" for name, count in lines.items() if count > 120])


def test_no_line_of_a_template_is_long() -> None:
    assert_none(
        [
            f"{house.name(path)}:{number}: {len(line)}"
            for path in house.templates()
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if len(line) > 160
        ]
    )


def test_every_function_is_short_and_a_view_shorter() -> None:
    assert_none(
        [
            f"{house.name(path)} {node.name}: {house.length(node)}"
            for path in house.modules(*house.APPS, "tests")
            for node in house.functions(house.parse(path))
            if house.length(node) > (30 if "views" in house.name(path) else 40)
        ]
    )


def test_no_block_is_hard_to_follow() -> None:
    assert_none(
        [
            f"{house.name(path)} {block.fullname}: complexity {block.complexity}"
            for path in house.modules(*house.APPS, "tests")
            for block in cc_visit(path.read_text())
            if block.complexity > 10
        ]
    )


def test_every_view_names_its_methods() -> None:
    views = {(view.__module__, view.__name__) for view in house.views()}
    assert views
    guards = {"require_GET", "require_POST", "require_safe", "require_http_methods"}
    assert_none(
        [
            f"{house.name(path)} {node.name}"
            for path in house.modules(*house.APPS)
            for node in house.functions(house.parse(path))
            if (house.dotted(path), node.name) in views and not guards & house.decorators(node)
        ]
    )


def test_a_style_sheet_holds_one_declaration_a_line() -> None:
    sheets = house.style_sheets()
    assert sheets
    assert_none(
        [f"{house.name(sheet)}: {line}" for sheet in sheets for line in house.crowded(sheet)]
    )


@pytest.mark.parametrize("fault", UNSAFE_IN_TEMPLATES)
def test_templates_live_under_the_strict_policy(fault: str) -> None:
    pattern = re.compile(UNSAFE_IN_TEMPLATES[fault])
    pages = [path for path in house.templates() if path.suffix == ".html"]
    assert pages
    assert_none([house.name(path) for path in pages if pattern.search(path.read_text())])


def test_every_sentence_in_a_template_can_be_translated() -> None:
    assert_none(
        [
            f"{house.name(path)}: {words}"
            for path in house.templates()
            for words in house.untranslated(path)
        ]
    )


def test_a_line_assigns_one_name_unless_it_swaps() -> None:
    assert_none(
        [
            f"{house.name(path)}:{node.lineno}"
            for path in house.modules(*house.APPS, "tests")
            for node in house.paired(house.parse(path))
        ]
    )


def test_no_test_is_skipped() -> None:
    skipped = re.compile(r"\bpytest\.(skip|importorskip|xfail)\b|\bmark\.(skip|skipif|xfail)\b")
    tests = [path for path in house.modules("tests") if path.name != "test_house.py"]
    assert_none([house.name(path) for path in tests if skipped.search(path.read_text())])


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-dev.txt", "requirements-errors.txt"]
)
def test_every_requirement_is_pinned_exactly(file: str) -> None:
    lines = [
        line.partition("#")[0].strip() for line in (house.ROOT / file).read_text().splitlines()
    ]
    wanted = [line for line in lines if line and not line.startswith("-r ")]
    assert wanted
    assert_none(
        [line for line in wanted if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9A-Za-z.]*", line)]
    )
