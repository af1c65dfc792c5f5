"""Counts what a page asks of the database before it answers."""

from __future__ import annotations

from django.test.utils import CaptureQueriesContext


class BeforeTheAnswer(CaptureQueriesContext):
    """The queries of a page, without the row of who looked, which is written after the answer."""

    @property
    def captured_queries(self) -> list[dict[str, str]]:
        return [query for query in super().captured_queries if "trail_access" not in query["sql"]]
