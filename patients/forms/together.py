"""Several forms of one page."""

from __future__ import annotations

from django import forms


class Together:
    """Several forms of one page, as one thing that takes errors."""

    def __init__(self, *several: forms.Form) -> None:
        self.several = several
        self.fields = {name: field for one in several for name, field in one.fields.items()}

    def are_valid(self) -> bool:
        # Every form is looked at, so that each shows its own errors.
        return all([one.is_valid() for one in self.several])

    @property
    def errors(self) -> bool:
        return any(one.errors for one in self.several)

    def add_error(self, field: str | None, error: str) -> None:
        own = (one for one in self.several if field in one.fields)
        next(own, self.several[0]).add_error(field, error)
