"""Reads the code for the house rules: files, imports, functions, and words in templates."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.http import HttpResponse
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "config", "curriculum", "law", "patients", "trail")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[Path]:
    """Every module in the folders, without migrations, which Django writes."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in paths if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg"}
    )


def style_sheets() -> list[Path]:
    return sorted((ROOT / "static").glob("*.css"))


def crowded(sheet: Path) -> list[str]:
    """Lines of a style sheet with more than one declaration or brace."""
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    return [line for line in css.splitlines() if re.search(r"[{;}]\s*\S|\S\s*}", line)]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def dotted(path: Path) -> str:
    """``patients/models/plan.py`` as ``patients.models.plan``; ``__init__`` as the package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def paired(tree: ast.AST) -> Iterator[ast.Assign]:
    """Assignments of several values to several names at once. Swaps, where a later value reads an
    earlier name, are left out."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Tuple | ast.List):
            continue
        target = node.targets[0]
        if isinstance(target, ast.Tuple | ast.List) and not _swaps(target.elts, node.value.elts):
            yield node


def _swaps(names: list[ast.expr], values: list[ast.expr]) -> bool:
    read = [{ast.unparse(part) for part in ast.walk(value)} for value in values]
    return any(
        ast.unparse(target) in later
        for number, target in enumerate(names)
        for later in read[number + 1 :]
    )


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def decorators(node: Function) -> set[str]:
    """Names of a function's decorators, without arguments and modules."""
    called = (item.func if isinstance(item, ast.Call) else item for item in node.decorator_list)
    return {ast.unparse(item).rpartition(".")[2] for item in called}


def imported(tree: ast.Module) -> Iterator[str]:
    """Dotted names that a module imports when it runs, also inside functions.

    Imports under TYPE_CHECKING are left out.
    """
    kept: list[ast.AST] = [tree]
    for parent in kept:
        kept += [node for node in ast.iter_child_nodes(parent) if not _for_types(node)]
    for node in kept:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def views(resolver: URLResolver | None = None) -> Iterator[Callable[..., HttpResponse]]:
    """Our own views behind the product's addresses, without their decorators."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry)
        else:
            view = inspect.unwrap(entry.callback)
            if view.__module__.partition(".")[0] in APPS:
                yield view


@cache
def import_graph() -> dict[str, set[str]]:
    """The modules of the product that each module imports."""
    known = {dotted(path): path for path in modules(*APPS)}
    graph: dict[str, set[str]] = {}
    for module, path in known.items():
        wanted = set(imported(parse(path)))
        graph[module] = {
            other
            for other in (name if name in known else name.rpartition(".")[0] for name in wanted)
            if other in known
        }
        graph[module].discard(module)
    return graph


def room(path: Path) -> str:
    """The room of ``patients`` to which a module belongs; see ``room_of``."""
    return room_of(dotted(path))


def room_of(module: str) -> str:
    """The first name under ``patients`` in a dotted name; empty outside of ``patients``."""
    app, _, rest = module.partition(".")
    return rest.partition(".")[0] if app == "patients" else ""


def imported_modules(path: Path) -> set[str]:
    """The modules of the product that a module imports, by their dotted names."""
    return import_graph()[dotted(path)]


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A circle of imports that ends with its first module; empty without a circle."""
    done: set[str] = set()

    def walk(module: str, above: list[str]) -> list[str]:
        if module in above:
            return [*above[above.index(module) :], module]
        if module not in done:
            done.add(module)
            for other in sorted(graph[module]):
                if way := walk(other, [*above, module]):
                    return way
        return []

    return next(filter(None, (walk(module, []) for module in sorted(graph))), [])


#: Parts of a template that need no translation: comments, blocks of attributes, tags, variables,
#: the product's name, the kilogram, and what is translated already.
NO_WORDS = re.compile(
    r"{%\s*comment.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}"
    r"|{%\s*block \w+_(class|attrs)\s*%}.*?{%\s*endblock[^%]*%}"
    r"|{#.*?#}|{%.*?%}|{{.*?}}|Hinge Ladder|\bkg\b",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")
READ_ATTRIBUTES = {
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "label",
}


@dataclass
class Words(HTMLParser):
    """Collects what a person reads in a page: text, and attributes that are shown or spoken."""

    words: list[str] = field(default_factory=list)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.words += [
            value for key, value in attrs if key in READ_ATTRIBUTES and value and WORD.search(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in {"script", "style"} and WORD.search(data):
            self.words.append(data.strip())


def untranslated(path: Path) -> list[str]:
    """Words in a template that do not go through gettext."""
    reader = Words()
    reader.feed(NO_WORDS.sub("", path.read_text()))
    return reader.words
