"""SQL functions that both databases know under other names."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, JSONField


class JsonRows(Func):
    """Every row of a subquery as one list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)
