"""Puts a mistake into what is loaded already: into the functions of a module, or into the triggers
of the open database."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from django.db import connection

from config import triggers
from patients.rules.triggers import TRIGGERS


def put_into_the_database(rule: str, condition: str) -> None:
    """Give a rule another condition. Raises a database error when that is no SQL."""
    TRIGGERS[rule]["refuse_when"] = condition
    triggers.install(connection)


def put_into_code(path: str, text: str) -> bool:
    """Give the functions of a module the bodies that they have in ``text``.

    Whoever imported a function has it changed too. False, and nothing changed, where a body is all
    the same: then the mistake is elsewhere, and only a new process shows it.
    """
    module = sys.modules[path.removesuffix(".py").replace("/", ".")]
    space = dict(vars(module))
    exec(compile(text, str(module.__file__), "exec"), space)  # noqa: S102
    changed = [
        (old, new)
        for name, new in space.items()
        for old, new in _pairs(vars(module).get(name), new, module.__name__)
        if _body(old) != _body(new)
    ]
    for old, new in changed:
        old.__code__ = new.__code__
        old.__defaults__ = new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__
    return bool(changed)


def _pairs(old: Any, new: Any, module: str) -> Iterator[tuple[FunctionType, FunctionType]]:
    """The functions that belong together, of functions and of classes of the module."""
    if getattr(new, "__module__", "") != module or old is new:
        return
    if inspect.isclass(new) and inspect.isclass(old):
        for name, member in vars(new).items():
            yield from _of_members(vars(old).get(name), member)
    else:
        yield from _of_members(old, new)


def _of_members(old: Any, new: Any) -> Iterator[tuple[FunctionType, FunctionType]]:
    before = _function(old)
    after = _function(new)
    if before is not None and after is not None:
        yield before, after


def _function(member: Any) -> FunctionType | None:
    """The function inside of a property, a class method, a decorated function."""
    for inside in ("fget", "func", "__func__"):
        member = getattr(member, inside, None) or member
    member = inspect.unwrap(member) if callable(member) else member
    return member if isinstance(member, FunctionType) else None


def _body(function: FunctionType) -> tuple[Any, ...]:
    code = function.__code__
    return code.replace(co_firstlineno=1), function.__defaults__, function.__kwdefaults__
