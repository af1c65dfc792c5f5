"""The product's files for browsers: their names hold a hash of the content, and each is compressed
once, by brotli and by gzip."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Works out the address of a file once a process: a page names ten of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._addresses: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def url(self, name: str, force: bool = False) -> str:
        found = self._addresses.get(name)
        if found is None:
            found = self._addresses[name] = super().url(name, force)
        return found

    def save_manifest(self) -> None:
        super().save_manifest()
        self._addresses.clear()
