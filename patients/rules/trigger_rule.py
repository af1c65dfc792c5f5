"""The form in which ``triggers`` names a rule of the database."""

from __future__ import annotations


def rule(table: str, events: str, refuse_when: str, message: str) -> dict[str, str]:
    return {"table": table, "events": events, "refuse_when": refuse_when, "message": message}
