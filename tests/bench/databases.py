"""Makes a new database next to the one of the environment, and runs programs on it."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit


def run(module: str, *arguments: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{module} failed; see its output above.")
    return done.stdout


def database(room: str, name: str) -> str:
    """Make a database and return its DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return f"sqlite:///{room}/{name}.sqlite3"
    import psycopg

    with psycopg.connect(
        url.replace("postgres://", "postgresql://", 1), autocommit=True
    ) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        connection.execute(f"CREATE DATABASE {name}".encode())
    return urlsplit(url)._replace(path=f"/{name}").geturl()
