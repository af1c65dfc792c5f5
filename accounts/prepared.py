"""Builds the SQL of a frequent query once in a process. Each request only fills in the values.

For a query with joins and subqueries, Django needs several times longer to build the SQL than the
database needs to answer. Only the queries of the pages that are opened most are prepared: the
signed-in person, those of the patient's day, those of the gate, and the lock of a verb. Everywhere
else a plain queryset is easier to read.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, models
from django.db.models.query import QuerySet

Model = TypeVar("Model", bound=models.Model)
Row = TypeVar("Row")


class _Built(NamedTuple):
    """A query whose SQL is built.

    ``arguments`` has one item for each parameter of the SQL: the name of the argument to fill in,
    or None for a constant.
    """

    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]
    arguments: tuple[str | None, ...]


class Prepared(Generic[Model, Row]):
    """A query that is called like a function.

    ``build`` makes the queryset from its arguments. ``kinds`` names the type of each argument: int
    or date. ``build`` must put each argument into the query as it is, without arithmetic and
    without ``if``. It may use an argument more than once.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Model, Row]], **kinds: type[int] | type[date]
    ) -> None:
        self._build = build
        # Each argument gets a value of its own that no row can have. That value shows where the
        # argument stands among the parameters of the SQL.
        self._marks: dict[str, Any] = {
            name: -(10**15) - nth if kind is int else date(1, 1, nth + 1)
            for nth, (name, kind) in enumerate(kinds.items())
        }
        self._built: dict[str, _Built] = {}

    def __call__(self, **values: int | date) -> QuerySet[Model, Row]:
        """The queryset that ``build`` would make from these values. Read it, do not refine it."""
        built = self._built.get("default") or self._prepare()
        connection = connections["default"]
        given = {name: _adapted(connection, value) for name, value in values.items()}
        params = tuple(
            param if name is None else given[name]
            for param, name in zip(built.params, built.arguments, strict=True)
        )
        compiler = copy.copy(built.compiler)
        # A connection belongs to its thread.
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (built.sql, params)
        compiler.get_converters = lambda columns: built.converters
        queryset = built.queryset.all()
        queryset.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return queryset

    def first(self, **values: int | date) -> Row | None:
        """The first row of the queryset; None when it is empty."""
        return next(iter(self(**values)), None)

    def _prepare(self) -> _Built:
        queryset = self._build(**self._marks)
        connection = connections["default"]
        compiler = queryset.query.get_compiler(using="default")
        sql, params = compiler.as_sql()
        names = {_adapted(connection, mark): name for name, mark in self._marks.items()}
        arguments = tuple(
            names.get(param) if isinstance(param, (int, str, date)) else None for param in params
        )
        if set(arguments) - {None} != set(self._marks):
            raise ValueError(f"not every argument of {self._build.__name__} is found in its SQL")
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        built = self._built["default"] = _Built(
            queryset, compiler, sql, tuple(params), converters, arguments
        )
        return built


def _adapted(connection: Any, value: int | date) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
