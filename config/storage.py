"""Static files as they are sent: named by content, compressed, without comments and indentation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: Around these, white space means nothing, in nested rules either. Around a colon or a bracket it
#: may.
_AROUND = re.compile(r"\s*([{};,])\s*")
_REMARK = re.compile(r"^[ \t]*(?://.*)?\n?", re.MULTILINE)


def without_air(css: str) -> str:
    """The same style sheet without what only its author reads. Strings must not hold braces or
    lists."""
    return _AROUND.sub(r"\1", _COMMENT.sub("", css)).strip()


def without_remarks(script: str) -> str:
    """The same script without indentation and lines of comment. No string may go over a line's
    end."""
    return _REMARK.sub("", script)


SMALLER: dict[str, Callable[[str], str]] = {".css": without_air, ".js": without_remarks}


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    def _save(self, name: str, content: Any) -> str:
        smaller = SMALLER.get(Path(name).suffix)
        # In a folder lies what others wrote, made small by them.
        if smaller and "/" not in name:
            # The caller may have read it before, to name it by its content.
            content.seek(0)
            content = ContentFile(smaller(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
