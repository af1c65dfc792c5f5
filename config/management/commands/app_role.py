"""`manage.py app_role` says what the role of PostgreSQL that serves may do, or grants it."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from config import app_role, owner_url


class Command(BaseCommand):
    help = (
        "Print the SQL that lets a role serve and no more; with --apply run it. Run it as the owner"
        " of the tables (DATABASE_OWNER_URL) after each migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", nargs="?", help="the role of DATABASE_URL, unless it is named")
        parser.add_argument("--apply", action="store_true", help="run it")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        role = options["role"] or _of_address(os.environ.get(owner_url.KEPT, ""))
        if not role:
            raise CommandError("Name the role, or set DATABASE_OWNER_URL beside DATABASE_URL.")
        wanted = list(app_role.statements(connection, role))
        if not options["apply"]:
            self.stdout.write(";\n".join(wanted) + ";")
            return
        _can_serve(role)
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in wanted:
                cursor.execute(statement)
        if options["verbosity"]:
            self.stdout.write(f"{role} serves, and no more.")


def _of_address(address: str) -> str:
    return unquote(urlsplit(address).username or "")


def _can_serve(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise CommandError(f"There is no role {role}. Make it: CREATE ROLE {role} LOGIN")
    if app_role.owns_tables(connection, role):
        raise CommandError(f"{role} owns the tables, or may do what their owner may.")
