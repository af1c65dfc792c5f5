"""Writes only the rows that differ, and counts them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


@dataclass
class CountedRows:
    """Counts the rows that it writes. A second run over the same content writes nothing."""

    created: int = 0
    updated: int = 0
    deleted: int = 0

    def put(self, model: type[Row], values: dict[str, Any], **key: Any) -> Row:
        """The row with this key, which is made or updated to these values."""
        row = model._default_manager.filter(**key).first()
        if row is None:
            self.created += 1
            return model._default_manager.create(**key, **values)
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        if changed:
            for name in changed:
                setattr(row, name, values[name])
            row.save(update_fields=changed)
            self.updated += 1
        return row

    def relate(self, manager: Any, rows: Iterable[models.Model]) -> None:
        """Make a many-to-many relation hold exactly these rows."""
        wanted = {row.pk for row in rows}
        held = set(manager.values_list("pk", flat=True))
        if held != wanted:
            manager.set(wanted)
            # A relation that was empty belongs to making the row, and is not counted.
            self.updated += bool(held)

    def keep(self, rows: models.QuerySet[Row], wanted: Collection[Row]) -> None:
        """Delete the rows of ``rows`` that are not in ``wanted``."""
        for row in rows.exclude(pk__in=[row.pk for row in wanted]):
            row.delete()
            self.deleted += 1
