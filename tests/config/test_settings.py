"""Settings as an installation sees them: a process of its own, with the environment that its owner
wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house import ROOT

# Settings are read in processes of their own, the same on every database.
pytestmark = pytest.mark.only_sqlite

TELL = """
import json, sys, config.settings as s
print(json.dumps({name: getattr(s, name) for name in sys.argv[1:]}, default=str))
"""


def told(tmp_path: Path, *names: str, **environment: str) -> dict[str, Any]:
    """The named settings under this environment; raises AssertionError with what the process
    said."""
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-c", TELL, *names],
        cwd=ROOT,
        env={**kept, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_without_any_setting_it_is_closed_to_all_but_this_machine(tmp_path: Path) -> None:
    found = told(
        tmp_path, "DEBUG", "PUBLIC_URL", "ALLOWED_HOSTS", "SESSION_COOKIE_NAME", PORT="8123"
    )
    assert found["DEBUG"] is False
    assert found["PUBLIC_URL"] == "http://127.0.0.1:8123"
    assert set(found["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}
    assert found["SESSION_COOKIE_NAME"] == "sid"


def test_one_https_address_drives_hosts_origins_cookies_and_hsts(tmp_path: Path) -> None:
    names = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
    flags = (
        "DEVICE_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
    )
    found = told(tmp_path, *names, *flags, PUBLIC_URL="https://hinge.example.org/")
    assert found["ALLOWED_HOSTS"] == ["hinge.example.org"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://hinge.example.org"]
    assert found["SESSION_COOKIE_NAME"] == "__Host-sid"
    assert found["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert found["DEVICE_COOKIE_NAME"] == "__Host-device"
    assert all(found[flag] for flag in flags)


def test_other_hosts_of_the_clinic_may_stay_without_https_unless_it_says_otherwise(
    tmp_path: Path,
) -> None:
    name = "SECURE_HSTS_INCLUDE_SUBDOMAINS"
    address = {"PUBLIC_URL": "https://clinic.example"}
    found = told(tmp_path, name, "SECURE_HSTS_PRELOAD", **address)
    assert found == {name: False, "SECURE_HSTS_PRELOAD": False}
    assert told(tmp_path, name, HSTS_SUBDOMAINS="1", **address) == {name: True}


def test_addresses_of_before_are_known_and_the_present_one_is_none_of_them(tmp_path: Path) -> None:
    old = "http://192.168.1.20:8000,https://Old.example.org:443/,https://hinge.example.org"
    found = told(
        tmp_path,
        *("ALLOWED_HOSTS", "OLD_HOSTS", "CSRF_TRUSTED_ORIGINS"),
        PUBLIC_URL="https://hinge.example.org",
        OLD_PUBLIC_URLS=old,
    )
    assert found["ALLOWED_HOSTS"] == ["hinge.example.org", "192.168.1.20", "old.example.org"]
    assert found["OLD_HOSTS"] == ["192.168.1.20:8000", "old.example.org"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://hinge.example.org"]


@pytest.mark.parametrize("address", ["https://clinic.example/hinge", "https://clinic.example/?x"])
def test_an_address_below_another_site_is_refused_with_what_to_do(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(AssertionError, match=r"PUBLIC_URL must end with the host, as https://clin"):
        told(tmp_path, "PUBLIC_URL", PUBLIC_URL=address)


def test_a_key_that_can_be_guessed_is_refused_with_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"has 5 characters and needs 32.*token_urlsafe"):
        told(tmp_path, "SECRET_KEY", SECRET_KEY="other")


@pytest.mark.parametrize("address", ["https://hinge.example.org", "https://93.184.216.34"])
def test_no_address_that_others_can_open_shows_them_the_code_of_an_error(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(AssertionError, match="DEBUG=1 shows the code and what was typed"):
        told(tmp_path, "DEBUG", DEBUG="1", PUBLIC_URL=address)
    assert told(tmp_path, "DEBUG", DEBUG="1") == {"DEBUG": True}


def test_a_pool_of_connections_may_stand_before_postgresql(tmp_path: Path) -> None:
    pool = {"CONN_MAX_AGE": "0", "DISABLE_SERVER_SIDE_CURSORS": "1"}
    for environment, age, without in (({}, None, False), (pool, 0, True)):
        default = told(tmp_path, "DATABASES", **environment)["DATABASES"]["default"]
        assert default["CONN_MAX_AGE"] == age
        assert default["DISABLE_SERVER_SIDE_CURSORS"] is without


@pytest.mark.parametrize(
    "address", ["http://192.168.1.20:8000", "http://10.0.0.5", "http://localhost:8000"]
)
def test_plain_http_is_for_private_addresses(tmp_path: Path, address: str) -> None:
    assert told(tmp_path, "SECURE_SSL_REDIRECT", PUBLIC_URL=address) == {
        "SECURE_SSL_REDIRECT": False
    }


@pytest.mark.parametrize(
    "address", ["http://hinge.example.org", "http://93.184.216.34", "hinge.example.org", "ftp://x"]
)
def test_an_address_that_would_expose_patients_is_refused_by_name(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(AssertionError, match="PUBLIC_URL"):
        told(tmp_path, "PUBLIC_URL", PUBLIC_URL=address)


def test_the_key_in_the_environment_wins_and_older_ones_stay_valid(tmp_path: Path) -> None:
    made = told(tmp_path, "SECRET_KEY")["SECRET_KEY"]
    assert made == (tmp_path / "secret_key").read_text()
    found = told(
        tmp_path,
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        SECRET_KEY="n" * 50,
        SECRET_KEY_FALLBACKS=made,
    )
    assert found == {"SECRET_KEY": "n" * 50, "SECRET_KEY_FALLBACKS": [made]}


def test_a_key_from_a_secrets_file_loses_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "from_outside").write_text("k" * 50 + "\n")
    found = told(tmp_path, "SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "from_outside"))
    assert found == {"SECRET_KEY": "k" * 50}


def test_sqlite_named_by_url_keeps_what_makes_it_safe(tmp_path: Path) -> None:
    file = tmp_path / "clinic.sqlite3"
    default = told(tmp_path, "DATABASES", DATABASE_URL=f"sqlite:///{file}")["DATABASES"]["default"]
    assert default["NAME"] == str(file)
    assert default["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON"):
        assert pragma in default["OPTIONS"]["init_command"]


def test_postgresql_is_named_by_url(tmp_path: Path) -> None:
    default = told(tmp_path, "DATABASES", DATABASE_URL="postgres://ana:pw@db.internal:5433/hinge")[
        "DATABASES"
    ]["default"]
    assert default["ENGINE"] == "django.db.backends.postgresql"
    assert (default["HOST"], default["PORT"], default["NAME"]) == ("db.internal", 5433, "hinge")


@pytest.mark.parametrize("url", ["nonsense", "mysql://user:pw@host/hinge"])
def test_a_database_that_cannot_keep_the_rules_is_refused_by_name(tmp_path: Path, url: str) -> None:
    with pytest.raises(AssertionError, match="DATABASE_URL"):
        told(tmp_path, "DATABASES", DATABASE_URL=url)


def test_mail_goes_to_files_until_a_server_is_named(tmp_path: Path) -> None:
    assert told(tmp_path, "EMAIL_BACKEND")["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    found = told(
        tmp_path,
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        EMAIL_URL="smtp+tls://a:b@mail.example.org:587",
    )
    assert found == {"EMAIL_HOST": "mail.example.org", "EMAIL_PORT": 587, "EMAIL_USE_TLS": True}


def test_without_an_identity_provider_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    load = "import django; django.setup(); import sys; from django.urls import get_resolver; "
    tell = "print('sign_on' in get_resolver().reverse_dict, 'jwt' in sys.modules)"
    provider = {
        "OIDC_ISSUER": "https://login.example.org",
        "OIDC_CLIENT_ID": "hinge",
        "OIDC_CLIENT_SECRET": "secret",
    }
    usual = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    for more, found in (({}, "False False"), (provider, "True True")):
        done = subprocess.run(
            [sys.executable, "-c", load + tell],
            cwd=ROOT,
            env=usual | more,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == found


@pytest.mark.parametrize(
    ("issuer", "secret"),
    [("http://login.example.org", "s"), ("login.example.org", "s"), ("https://x.example", "")],
)
def test_a_provider_that_others_could_listen_to_is_refused_by_name(
    tmp_path: Path, issuer: str, secret: str
) -> None:
    with pytest.raises(AssertionError, match="OIDC_"):
        told(tmp_path, "OIDC", OIDC_ISSUER=issuer, OIDC_CLIENT_ID="h", OIDC_CLIENT_SECRET=secret)


@pytest.mark.parametrize(("written", "taken"), [("info", "INFO"), ("Error", "ERROR")])
def test_a_level_of_the_log_is_taken_in_any_case(tmp_path: Path, written: str, taken: str) -> None:
    found = told(tmp_path, "LOGGING", LOG_LEVEL=written, LOG_FORMAT="JSON")["LOGGING"]
    assert found["root"]["level"] == taken
    assert found["handlers"]["stderr"]["formatter"] == "json"


@pytest.mark.parametrize(
    ("name", "written", "says"),
    [
        ("LOG_LEVEL", "loud", "must be one of debug, info, warning, error, critical"),
        ("LOG_FORMAT", "xml", "must be one of line, json"),
        ("ERRORS_TO", "ana@clinic.example,bo", "must be e-mail addresses with commas between"),
    ],
)
def test_a_wish_for_the_log_that_nobody_understands_is_refused_in_a_sentence(
    tmp_path: Path, name: str, written: str, says: str
) -> None:
    with pytest.raises(AssertionError, match=f"{name} {says}"):
        told(tmp_path, "LOGGING", **{name: written})


def test_djangos_own_mail_of_a_whole_request_is_never_sent(tmp_path: Path) -> None:
    found = told(tmp_path, "LOGGING", ERRORS_TO="root@clinic.example")
    assert found["LOGGING"]["loggers"]["django"]["handlers"] == []
