"""Builds the SQL of a frequent query once in a process. Each request only fills in the values.

For a query with joins and subqueries, Django needs several times longer to build the SQL than the
database needs to answer. Only the queries of the pages that are opened most are prepared: the
signed-in person, those of the patient's day, of the gate and of the caseload, and the lock of a
verb. Everywhere else a plain queryset is easier to read.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, models
from django.db.models.query import QuerySet

Model = TypeVar("Model", bound=models.Model)
Row = TypeVar("Row")
Kind = type[int] | type[str] | type[date] | type[datetime] | type[list[int]]
#: So many rows of content a query keeps: those of some ladders.
CONTENT = 2048
#: What a query without any value looks for: nothing is equal to NULL.
NO_VALUE = "NULL"


class _Built(NamedTuple):
    """A query whose SQL is built.

    ``pieces``: the SQL, cut where its parameters stand
    ``arguments`` has one item for each parameter of the SQL: the name of the argument to fill in,
    or None for a constant.
    """

    queryset: QuerySet[Any, Any]
    compiler: Any
    pieces: tuple[str, ...]
    params: tuple[Any, ...]
    converters: dict[int, Any]
    arguments: tuple[str | None, ...]


class Prepared(Generic[Model, Row]):
    """A query that is called like a function.

    ``build`` makes the queryset from its arguments. ``kinds`` names the type of each argument: int,
    str, date, datetime, or list for ids that stand in an ``__in``. ``build`` must put each argument
    into the query as it is, without arithmetic and without ``if``. It may use an argument more than
    once.
    """

    def __init__(self, build: Callable[..., QuerySet[Model, Row]], **kinds: Kind) -> None:
        self._build = build
        # Each argument gets a value of its own that no row can have. That value shows where the
        # argument stands among the parameters of the SQL.
        self._marks: dict[str, Any] = {
            name: _mark(kind, nth) for nth, (name, kind) in enumerate(kinds.items())
        }
        self._built: dict[str, _Built] = {}
        self._content = lru_cache(maxsize=CONTENT)(self._made)

    def __call__(self, **values: int | str | date | Collection[int]) -> QuerySet[Model, Row]:
        """The queryset that ``build`` would make from these values. Read it, do not refine it."""
        built = self._built.get("default") or self._prepare()
        connection = connections["default"]
        given = {name: _adapted(connection, value) for name, value in values.items()}
        sql, params = _filled(built, given)
        compiler = copy.copy(built.compiler)
        # A connection belongs to its thread.
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (sql, params)
        compiler.get_converters = lambda columns: built.converters
        queryset = built.queryset.all()
        queryset.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return queryset

    def rows(self, content: int, **values: int | str | date) -> list[tuple[Any, ...]]:
        """The rows of a ``values_list``, without a queryset around them.

        ``content``: so many of the first columns say the same to many people, as those of a level
        do. What they hold is made out of the database's answer once a process; the same answer is
        the same value, which nobody changes, and another answer is made out anew.
        """
        built = self._built.get("default") or self._prepare()
        connection = connections["default"]
        given = {name: _adapted(connection, value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(*_filled(built, given))
            found = cursor.fetchall()
        return [self._content(row[:content]) + self._made(row[content:], content) for row in found]

    def _made(self, cells: tuple[Any, ...], first: int = 0) -> tuple[Any, ...]:
        """Cells of a row as Python has them. ``first``: the number of the first one's column"""
        connection = connections["default"]
        made = list(cells)
        for column, (converters, expression) in self._built["default"].converters.items():
            nth = column - first
            if 0 <= nth < len(made):
                for convert in converters:
                    made[nth] = convert(made[nth], expression, connection)
        return tuple(made)

    def first(self, **values: int | str | date) -> Row | None:
        """The first row of the queryset; None when it is empty."""
        return next(iter(self(**values)), None)

    def _prepare(self) -> _Built:
        queryset = self._build(**self._marks)
        connection = connections["default"]
        compiler = queryset.query.get_compiler(using="default")
        sql, params = compiler.as_sql()
        pieces = tuple(sql.split("%s"))
        if len(pieces) != len(params) + 1:
            raise ValueError(f"the SQL of {self._build.__name__} holds a %s that is no parameter")
        names = {
            mark: name
            for name, marks in self._marks.items()
            for mark in _as_list(_adapted(connection, marks))
        }
        arguments = tuple(
            names.get(param) if isinstance(param, (int, str, date)) else None for param in params
        )
        if set(arguments) - {None} != set(self._marks):
            raise ValueError(f"not every argument of {self._build.__name__} is found in its SQL")
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        built = self._built["default"] = _Built(
            queryset, compiler, pieces, tuple(params), converters, arguments
        )
        return built


def _mark(kind: Kind, nth: int) -> Any:
    number = -(10**15) - nth
    if kind is int:
        return number
    if kind is str:
        return f"an argument: {number}"
    if kind is date:
        return date(1, 1, nth + 1)
    # Not at the very beginning of time, which a time zone may move away from its year.
    return datetime(2, 1, nth + 1, tzinfo=UTC) if kind is datetime else [number]


def _filled(built: _Built, given: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The SQL and its parameters; a list has as many as it has items."""
    params: list[Any] = []
    sql = [built.pieces[0]]
    for param, name, piece in zip(built.params, built.arguments, built.pieces[1:], strict=True):
        value = param if name is None else given[name]
        if isinstance(value, list):
            sql.append(", ".join(["%s"] * len(value)) or NO_VALUE)
            params += value
        else:
            sql.append("%s")
            params.append(value)
        sql.append(piece)
    return "".join(sql), tuple(params)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _adapted(connection: Any, value: int | str | date | Collection[int]) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value if isinstance(value, (int, str)) else list(value)
