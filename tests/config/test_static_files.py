"""Static files as a server gets them from `manage.py collectstatic`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import brotli
import pytest

from tests.house import ROOT

# Files know no database.
pytestmark = pytest.mark.only_sqlite

OURS = sorted(path.name for path in (ROOT / "static").iterdir() if path.suffix in {".css", ".js"})
BEST_QUALITY = 11


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("var")
    environment = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return var / "static"


@pytest.mark.parametrize("name", OURS)
def test_a_file_is_named_by_its_content_and_sent_as_small_as_brotli_makes_it(
    collected: Path, name: str
) -> None:
    paths: dict[str, str] = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert paths[name] != name
    content = (collected / paths[name]).read_bytes()
    # No file of ours names another one, so nothing is rewritten.
    assert content == (ROOT / "static" / name).read_bytes()
    compressed = (collected / f"{paths[name]}.br").read_bytes()
    assert brotli.decompress(compressed) == content
    assert len(compressed) <= len(brotli.compress(content, quality=BEST_QUALITY))
