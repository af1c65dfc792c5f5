"""A cache of counters in the database, which all processes of the server share.

Its values are JSON. Django's own cache in a database unpickles them: whoever can write one row
could run code in the server.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Count

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class CountCache(BaseCache):
    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        row = self._row(key, value, timeout, version)
        Count.objects.filter(key=row.key, expires__lte=timezone.now()).delete()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        kept = Count.objects.filter(
            key=self.make_and_validate_key(key, version), expires__gt=timezone.now()
        )
        row = kept.first()
        return default if row is None else row.value

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        Count.objects.bulk_create(
            [self._row(key, value, timeout, version)],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["value", "expires"],
        )

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        kept = Count.objects.filter(key=self.make_and_validate_key(key, version))
        return bool(kept.update(expires=self._ends(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        gone, _of = Count.objects.filter(key=self.make_and_validate_key(key, version)).delete()
        return bool(gone)

    def clear(self) -> None:
        Count.objects.all().delete()

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> Count:
        kept_as = self.make_and_validate_key(key, version)
        return Count(key=kept_as, value=value, expires=self._ends(timeout))

    def _ends(self, timeout: Any) -> datetime:
        ends = self.get_backend_timeout(timeout)
        return NEVER if ends is None else datetime.fromtimestamp(ends, tz=UTC)
