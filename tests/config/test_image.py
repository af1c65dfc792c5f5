"""What the image would hold, put together without Docker, serves and is found alive."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.test_deploy import DEPLOY, let_through
from tests.house import ROOT
from tests.postgres import free_port
from tests.processes import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.only_sqlite]


def test_it_serves_with_the_pinned_packages_alone_and_is_found_alive(tmp_path: Path) -> None:
    app = tmp_path / "app"
    app.mkdir()
    for name in let_through():
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, app / name)
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    python = venv / "bin" / "python"
    install = ["install", "--quiet", "--only-binary", ":all:", "--requirement", "requirements.txt"]
    subprocess.run([python, "-m", "pip", *install], cwd=app, check=True)
    recipe = (DEPLOY / "Dockerfile").read_text()
    last = recipe.rpartition("\nFROM ")[2]
    environment = dict(re.findall(r"^(?:ENV|   ) ([A-Z_]+)=(\S+)", last, re.MULTILINE))
    environment |= {
        "PATH": f"{venv}/bin:{os.environ['PATH']}",
        "VAR_DIR": str(tmp_path / "var"),
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "PUBLIC_URL": "https://hinge.example.org",
    }
    health, start = (json.loads(found) for found in re.findall(r"^ *CMD (\[.*\])$", last, re.M))
    server = subprocess.Popen([venv / "bin" / start[0], *start[1:]], cwd=app, env=environment)
    probe = [venv / "bin" / health[0], *health[1:]]

    def is_alive() -> bool:
        asked = subprocess.run(probe, env=environment, check=False, stderr=subprocess.DEVNULL)
        return asked.returncode == 0

    try:
        wait_for(is_alive, seconds=180)
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert not is_alive()
