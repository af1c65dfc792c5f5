"""What ``deploy/`` names exists, and behind the proxies nobody chooses a network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import pytest
import yaml
from compose_spec import PyCompose
from django.conf import settings
from django.core.management import get_commands

from tests.house import ROOT
from tests.postgres import free_port
from tests.processes import wait_for

# They are about files and proxies, whichever the database.
pytestmark = pytest.mark.only_sqlite
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
PRODUCT = [COMPOSE["services"][name] for name in ("prepare", "web", "jobs")]
UNITS = sorted((DEPLOY / "systemd").glob("*.[st]*[er]"))
#: What a visitor may claim about himself.
CLAIMED = {
    "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Host": "evil.example",
    "X_Forwarded_For": "6.6.6.7",
    "Forwarded": "for=6.6.6.8",
}


def read_by_the_code() -> set[str]:
    """Names of variables that stand in the code as words of their own."""
    folders = (ROOT / app for app in ("accounts", "config", "manage.py"))
    paths = [path for one in folders for path in ([one] if one.is_file() else one.rglob("*.py"))]
    return {word for path in paths for word in re.findall(r'"([A-Z][A-Z_]+)"', path.read_text())}


def set_by_the_files() -> Iterator[str]:
    for service in PRODUCT:
        yield from service.get("environment", {})
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    yield from re.findall(r"^(?:ENV|   ) ([A-Z_]+)=", dockerfile, re.MULTILINE)
    for unit in UNITS:
        for line in re.findall(r"^Environment=(.*)", unit.read_text(), re.MULTILINE):
            yield from re.findall(r"([A-Z_]+)=", line)


def test_every_variable_is_one_that_the_product_reads() -> None:
    of_python = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    assert set(set_by_the_files()) - of_python - read_by_the_code() == set()


def test_the_example_of_settings_has_what_compose_asks_for_and_no_secret() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    example = dict(
        line.split("=", 1)
        for line in (DEPLOY / ".env.example").read_text().splitlines()
        if re.match(r"[A-Z_]+=", line)
    )
    assert set(example) == asked
    assert not [name for name in example if name.endswith("_PASSWORD") and example[name]]


def test_every_command_and_path_exists() -> None:
    text = "".join(path.read_text() for path in [DEPLOY / "Dockerfile", *UNITS])
    named = set(re.findall(r"manage\.py\"?,? \"?([a-z_]+)", text))
    named |= {service["command"][2] for service in PRODUCT if "command" in service}
    assert named - set(get_commands()) == set()
    for service in COMPOSE["services"].values():
        sources = [volume.split(":")[0] for volume in service.get("volumes", [])]
        for source in sources:
            assert (DEPLOY / source).exists() or source in COMPOSE["volumes"], source


def test_the_page_for_whoever_runs_it_names_commands_and_files_that_exist() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    assert set(re.findall(r"(?:manage\.py|\bhinge) ([a-z_]+)", page)) <= set(get_commands())
    for path in re.findall(r"(?<![./\w])deploy/[a-z/.-]*[a-z]", page, re.IGNORECASE):
        assert (ROOT / path).exists() or path == "deploy/.env", path


def test_compose_understands_its_file() -> None:
    # The library knows no "<<" and fills nothing in, as Compose does.
    filled = re.sub(r"\$\{[A-Z_]+:\?\}", "filled", yaml.safe_dump(COMPOSE))
    compose = PyCompose.from_yaml(filled)
    compose.validate()
    compose.validate_networks()
    compose.validate_volumes()


def let_through() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    return [rule[1:] for rule in rules if rule.startswith("!")]


def test_the_image_holds_what_serves_and_nothing_else(tmp_path: Path) -> None:
    for name in let_through():
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    assert not set(let_through()) & {"tests", ".git", "var", "deploy", ".venv"}
    packages = {app.split(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app).exists()}
    assert packages <= set(let_through())
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=tmp_path,
        env={"VAR_DIR": str(tmp_path / "var"), "PUBLIC_URL": "https://hinge.example.org"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_the_recipe_of_the_image_has_no_known_weakness() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    subprocess.run([hadolint, DEPLOY / "Dockerfile"], check=True)
    last = (DEPLOY / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]", last, re.MULTILINE)
    assert not re.search(r"PASSWORD|SECRET", last)


def there(program: str) -> list[str]:
    """Where a program lies that not every machine has, as a list. CI has all."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    assert found or "CI" not in os.environ, f"{program} is missing"
    return [found] if found else []


@pytest.mark.parametrize("analyze", there("systemd-analyze"))
def test_systemd_understands_the_units(analyze: str, tmp_path: Path) -> None:
    for unit in UNITS:
        # Where the product does not lie. What is asked is how it is started.
        text = unit.read_text().replace("/opt/hinge-ladder/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text)
    units = sorted(tmp_path.iterdir())
    told = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, check=False)
    assert [line for line in told.stderr.splitlines() if "hinge" in line] == []


class _Echo(BaseHTTPRequestHandler):
    """Answers with the headers that reached it."""

    def do_GET(self) -> None:
        body = json.dumps([[name.lower(), value] for name, value in self.headers.items()])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def running(*command: object, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        [str(part) for part in command], env=os.environ | environment, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def arrives(address: str) -> dict[str, str]:
    """What reaches the server of a request that claims a lot."""
    with urlopen(Request(address, headers=CLAIMED), timeout=5) as answer:
        pairs = json.loads(answer.read())
    assert len({name for name, _value in pairs}) == len(pairs)
    return dict(pairs)


def _answers(address: str) -> bool:
    try:
        return bool(arrives(address))
    except OSError:
        return False


@pytest.fixture(scope="module")
def upstream() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Echo) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def holds(address: str) -> None:
    wait_for(lambda: _answers(address))
    headers = arrives(address)
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert "evil.example" not in headers.values()
    assert "x_forwarded_for" not in headers
    assert not headers.get("forwarded")


def test_caddy_says_itself_where_a_visitor_comes_from(upstream: int, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    caddy = Path(sys.executable).with_name("caddy")
    sample = DEPLOY / "caddy" / "Caddyfile"
    environment = {"SITE": address, "UPSTREAM": f"127.0.0.1:{upstream}", "HOME": str(tmp_path)}
    with running(caddy, "run", "--config", sample, **environment):
        holds(address)


@pytest.mark.parametrize("nginx", there("nginx"))
def test_nginx_says_itself_where_a_visitor_comes_from(
    nginx: str, upstream: int, tmp_path: Path
) -> None:
    port = free_port()
    sample = (DEPLOY / "nginx" / "hinge-ladder.conf").read_text()
    # Without a certificate, at a free port. All else is as it stands there.
    sample = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", sample, flags=re.DOTALL)
    sample = re.sub(r".*(listen \[::\]|ssl_).*\n", "", sample)
    sample = sample.replace("listen 443 ssl http2", f"listen 127.0.0.1:{port}")
    sample = sample.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"daemon off; pid {tmp_path}/pid; events {{}} http {{ {sample} }}")
    with running(nginx, "-e", "stderr", "-p", tmp_path, "-c", conf):
        holds(f"http://127.0.0.1:{port}")
