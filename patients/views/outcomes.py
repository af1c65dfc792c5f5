"""How a view calls a verb that may refuse. No other module of the views catches ``Refused``."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, Protocol

from patients.rules.refusals import Refused


class TakesErrors(Protocol):
    """A Django form, or a sheet that takes errors in the same way."""

    @property
    def fields(self) -> Container[str]: ...

    def add_error(self, field: str | None, error: str) -> None: ...


def run_verb(
    form: TakesErrors, verb: Callable[..., Any], fields: dict[str, str], /, **arguments: Any
) -> Any:
    """Call a verb with what a form says, and return its result.

    Return None when the verb refuses. The form then shows the refusal beside the field that
    ``fields`` gives for its code, or on top.
    """
    try:
        return verb(**arguments)
    except Refused as refused:
        field = fields.get(refused.code)
        form.add_error(field if field in form.fields else None, str(refused))
        return None


def press(verb: Callable[..., Any], /, **arguments: Any) -> Refused | None:
    """Call a verb for a button that has no form. Return its refusal, or None when it did its
    work."""
    try:
        verb(**arguments)
    except Refused as refused:
        return refused
    return None
