"""Whoever runs an installation finds every setting on one page, and no setting that is none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from accounts.management.commands import create_clinic
from config import owner_url, variables
from config.management.commands import start
from tests import house

#: How the environment is called where it is read: by Django, and by what hands it on.
ENVIRONMENTS = {"os.environ", "environment"}
READS = {"get", "pop", "setdefault"}
#: Where one name after the other is asked for: which ones.
LISTS = {
    "create_clinic.py": create_clinic.INSTALLATION,
    "logs.py": ("LOG_LEVEL", "LOG_FORMAT"),
    "owner_url.py": (owner_url.OWNER, owner_url.SERVES),
    "start.py": start.UNPRINTED,
}


def _asked(node: ast.AST) -> ast.expr | None:
    """What a piece of code asks the environment for, if it does."""
    if isinstance(node, ast.Call):
        return _called(node)
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ENVIRONMENTS:
        return node.slice
    if isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) in ENVIRONMENTS:
        return node.left
    return None


def _called(node: ast.Call) -> ast.expr | None:
    whom, _, what = ast.unparse(node.func).rpartition(".")
    reads = whom in ENVIRONMENTS and what in READS
    return node.args[0] if node.args and (whom == "env" or reads) else None


def _names(path: Path, asked: ast.expr) -> list[str]:
    """The variables that an expression names: a text, a constant of ours, or one of a list."""
    if isinstance(asked, ast.Constant):
        return [str(asked.value)]
    written = ast.unparse(asked)
    if written.endswith("_FILE'"):
        return []  # The same variable, in a file.
    if written == "name":
        return list(LISTS[path.name])
    value: object = import_module(house.dotted(path))
    for part in written.split("."):
        value = getattr(value, part)
    assert isinstance(value, str), f"{house.name(path)} reads {written}"
    return [value]


def _read() -> Iterator[tuple[str, str]]:
    """Each variable that the product reads, with the module that does."""
    for path in [*house.modules(*house.APPS), house.ROOT / "manage.py"]:
        tree = house.parse(path)
        assert not {"os.environ", "os.getenv"} & set(house.imported(tree)), path
        for node in ast.walk(tree):
            asked = _asked(node)
            if asked is not None:
                for name in _names(path, asked):
                    yield name, house.name(path)


def test_every_variable_that_is_read_stands_on_the_page_and_no_other() -> None:
    read = dict(_read())
    named = {variable.name for variable in variables.known()}
    missing = {name: where for name, where in read.items() if name not in variables.INTERNAL}
    assert {name: where for name, where in missing.items() if name not in named} == {}
    assert named - set(read) == set()


def test_the_page_is_what_the_code_says() -> None:
    page = house.ROOT / "docs" / "settings.md"
    assert page.read_text() == variables.page(), "run: manage.py settings_page"


def test_the_readme_leads_to_it() -> None:
    assert "](docs/settings.md)" in (house.ROOT / "README.md").read_text()
