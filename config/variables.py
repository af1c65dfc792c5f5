"""Every variable of the environment that the product reads. `manage.py settings_page` writes
``docs/settings.md`` from it, and a test finds what is missing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One variable. ``without``: what holds where it is not set. ``secret``: may be in a file."""

    name: str
    meaning: str
    without: str
    example: str
    secret: bool = False


SECTIONS: dict[str, tuple[Variable, ...]] = {
    "Address": (
        Variable(
            "PUBLIC_URL",
            "The address that people use: scheme and host, no path. It alone decides QR codes, "
            "hosts, cookies, https and HSTS. Plain `http` only for this machine and private "
            "networks.",
            "`http://127.0.0.1:$PORT`",
            "https://hinge.example.org",
        ),
        Variable(
            "OLD_PUBLIC_URLS",
            "Addresses from before, with commas between. Pages, links and QR codes on paper lead "
            "from there to `PUBLIC_URL`, as long as these hosts still reach the server.",
            "none",
            "https://physio.example.org",
        ),
        Variable(
            "HOST",
            "Where the server listens. Whoever is not before a proxy is reached by others in "
            "plain text, and the server warns of it.",
            "`127.0.0.1`",
            "0.0.0.0",  # noqa: S104 (words of a page)
        ),
        Variable("PORT", "The port on which it listens.", "`8000`", "8001"),
        Variable(
            "TRUST_PROXY",
            "`1` behind a proxy that sets `X-Forwarded-For` and `X-Forwarded-Proto`, and which "
            "alone reaches the port.",
            "`0`",
            "1",
        ),
        Variable(
            "HSTS_SUBDOMAINS",
            "`1` when every host below `PUBLIC_URL` knows https: browsers then refuse plain http "
            "there for a year.",
            "`0`: only the host itself",
            "1",
        ),
    ),
    "Keys": (
        Variable(
            "SECRET_KEY",
            "Signs sign-ins, links and invitations, and seals second steps. At least 32 "
            "characters, and the same on every machine: another one serves nothing until "
            "`manage.py accept_key`.",
            "made once, in `VAR_DIR/secret_key`",
            '`python3 -c "import secrets; print(secrets.token_urlsafe(64))"`',
            secret=True,
        ),
        Variable(
            "SECRET_KEY_FALLBACKS",
            "Older keys, with commas between. What was signed with them stays valid.",
            "none",
            "the-key-of-before",
            secret=True,
        ),
    ),
    "Database and files": (
        Variable(
            "DATABASE_URL",
            "PostgreSQL, or a file of SQLite.",
            "SQLite in `VAR_DIR`",
            "postgres://hinge_web:password@host/hinge",
            secret=True,
        ),
        Variable(
            "DATABASE_OWNER_URL",
            "On PostgreSQL the role that owns the tables, where `DATABASE_URL` is of one that only "
            "serves: see SECURITY.md. Only commands that need it connect with it.",
            "one role does both",
            "postgres://hinge_owner:password@host/hinge",
            secret=True,
        ),
        Variable(
            "CONN_MAX_AGE",
            "After so many seconds a connection to the database is closed. `0` behind a pool such "
            "as PgBouncer.",
            "connections stay open",
            "0",
        ),
        Variable(
            "DISABLE_SERVER_SIDE_CURSORS",
            "`1` behind PgBouncer in transaction mode: no cursor outlives its transaction. "
            "`manage.py prepare` works through it, too.",
            "`0`",
            "1",
        ),
        Variable(
            "VAR_DIR",
            "The folder of what the product makes: SQLite's file, the secret key, photos, mails "
            "that were written to files, static files.",
            "`var/` beside the code",
            "/var/lib/hinge-ladder",
        ),
        Variable(
            "DISK_FREE_MB",
            "With less free space than so many megabytes `/health/ready` says so.",
            "`200`",
            "1000",
        ),
    ),
    "Backups": (
        Variable(
            "BACKUP_DIR",
            "The folder of the nightly backups, best on another disk. It must be there: "
            "see backup.md.",
            "no nightly backup; `manage.py backup` wants a folder",
            "/var/backups/hinge-ladder",
        ),
        Variable(
            "BACKUP_RECIPIENT",
            "Public keys of age that lock backups, with spaces between: each opens alone. "
            "`manage.py backup --new-key FILE` makes one.",
            "`BACKUP_PASSPHRASE`",
            "age1...",
        ),
        Variable(
            "BACKUP_PASSPHRASE",
            "Locks and opens backups, where there is no key: at least 12 characters. It stands on "
            "the machine that it protects, so a key is better.",
            "`backup` refuses without `--plain`",
            "five geese walk along the quay",
            secret=True,
        ),
        Variable(
            "BACKUP_KEEP",
            "The newest of each of so many days stay, and of each of eight weeks. `0` keeps all.",
            "`14`",
            "30",
        ),
        Variable(
            "BACKUP_IDENTITY",
            "The secret key that opens backups, for `restore` alone. Never on a machine that "
            "makes them; `--identity FILE` does the same.",
            "asked for",
            "AGE-SECRET-KEY-1...",
            secret=True,
        ),
    ),
    "Mail": (
        Variable(
            "EMAIL_URL",
            "The mail server.",
            "mails are written to `VAR_DIR/mail` and go after 30 days; an owner can hand "
            "colleagues a new link",
            "smtp+tls://user:password@mail.example.org:587",
            secret=True,
        ),
        Variable(
            "DEFAULT_FROM_EMAIL",
            "From whom mails are.",
            "`no-reply@` and the host of `PUBLIC_URL`",
            "Harbour Physio <hinge@example.org>",
        ),
    ),
    "Single sign-on of staff": (
        Variable(
            "OIDC_ISSUER",
            "The clinic's identity provider (OpenID Connect). It leads back to "
            "`PUBLIC_URL/account/sign-on/back/`.",
            "passwords and passkeys",
            "https://login.example.org/realms/clinic",
        ),
        Variable("OIDC_CLIENT_ID", "As what the provider knows the product.", "-", "hinge"),
        Variable(
            "OIDC_CLIENT_SECRET", "Its password there.", "-", "from the provider", secret=True
        ),
        Variable("OIDC_NAME", "What its button is called.", "its host", "Clinic account"),
        Variable("OIDC_ONLY", "`1`: staff come in by nothing else.", "`0`", "1"),
        Variable(
            "OIDC_SECOND_STEP",
            "`1`: it always asks for a second step itself, so the product asks for none.",
            "`0`",
            "1",
        ),
    ),
    "Running": (
        Variable("WEB_CONCURRENCY", "How many processes serve.", "`2`", "4"),
        Variable(
            "START_MIGRATE",
            "`0`: `start` leaves the database as it is, and serves only one that `manage.py "
            "prepare` has brought to its release.",
            "`1`: one machine prepares, the others wait",
            "0",
        ),
        Variable(
            "START_MAILS",
            "`0`: no mails and no jobs from this machine. At least one machine must do them.",
            "`1`; several machines do each once",
            "0",
        ),
        Variable(
            "DEMO",
            "`0`: no demo clinic. A real clinic never stands beside it.",
            "`1` without https, `0` with it",
            "0",
        ),
        Variable(
            "DEBUG",
            "`1`: pages of errors show the code and what was typed. Never with patients.",
            "`0`",
            "1",
        ),
    ),
    "Watching it": (
        Variable(
            "LOG_LEVEL",
            "What is logged: `debug`, `info`, `warning`, `error` or `critical`.",
            "`warning`",
            "info",
        ),
        Variable("LOG_FORMAT", "`json`: each record is a JSON object.", "`line`", "json"),
        Variable("ACCESS_LOG", "`0`: no line for each request.", "`1`", "0"),
        Variable(
            "ERRORS_TO",
            "E-mail addresses that hear of errors, with commas between.",
            "nobody",
            "it@example.org",
        ),
        Variable(
            "ERRORS_DSN",
            "Sentry, or GlitchTip, hears of them too; needs "
            "`pip install -r requirements-errors.txt`.",
            "nobody",
            "https://key@errors.example.org/1",
            secret=True,
        ),
        Variable("METRICS_PORT", "Prometheus reads figures there.", "none", "9100"),
        Variable("METRICS_HOST", "Where that port listens.", "`127.0.0.1`", "10.0.0.5"),
    ),
}
#: What one process of the product tells another by the environment. Nobody sets these.
INTERNAL = {
    "DJANGO_SETTINGS_MODULE": "which settings Django reads",
    "PROMETHEUS_MULTIPROC_DIR": "where the processes of a server count for the figures",
    "DATABASE_APP_URL": "for a command of the owner: the address of the role that serves",
}

HEAD = """# Settings

All from the environment, read at the start; none is needed for a first look. This page is written
by `manage.py settings_page` from `config/variables.py`.

A variable marked * may be in a file instead, which its name with `_FILE` names:
`SECRET_KEY_FILE=/run/secrets/key`.
"""


def known() -> Iterator[Variable]:
    for variables in SECTIONS.values():
        yield from variables


def page() -> str:
    """``docs/settings.md``."""
    parts = [HEAD]
    for title, variables in SECTIONS.items():
        parts.append(f"\n## {title}\n\n| variable | meaning | without it | for example |")
        parts.append("| --- | --- | --- | --- |")
        parts += map(_row, variables)
    return "\n".join(parts).replace("\n\n\n", "\n\n") + "\n"


def _row(variable: Variable) -> str:
    name = f"`{variable.name}`" + (" *" if variable.secret else "")
    example = variable.example if "`" in variable.example else f"`{variable.example}`"
    return f"| {name} | {variable.meaning} | {variable.without} | {example} |"
