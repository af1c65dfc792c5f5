"""Static files as they are sent: named by content, compressed, style sheets without comments and spare white space."""

from __future__ import annotations

from typing import Any

import rcssmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css"):
            # The caller may have read it before, to name it by its content.
            content.seek(0)
            content = ContentFile(rcssmin.cssmin(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
