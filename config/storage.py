"""Static files as they are sent: named by content, compressed, style sheets without comments and indentation."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: Around these, white space means nothing, in nested rules either. Around a colon or a bracket it may.
_AROUND = re.compile(r"\s*([{};,])\s*")


def without_air(css: str) -> str:
    """The same style sheet without what only its author reads. Strings must not hold braces or lists."""
    return _AROUND.sub(r"\1", _COMMENT.sub("", css)).strip()


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css"):
            # The caller may have read it before, to name it by its content.
            content.seek(0)
            content = ContentFile(without_air(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
