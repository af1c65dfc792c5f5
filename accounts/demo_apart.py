"""Rules of the database: the demo and real clinics never stand in one. ``config.triggers`` installs
them."""

from __future__ import annotations

_OTHER_KIND = "EXISTS (SELECT 1 FROM accounts_clinic other WHERE other.demo <> NEW.demo)"

TRIGGERS: dict[str, dict[str, str]] = {
    "accounts_clinic_beside_another_kind": {
        "table": "accounts_clinic",
        "events": "INSERT",
        "refuse_when": _OTHER_KIND,
        "message": "the demo and real clinics never stand in one database",
    },
    "accounts_clinic_stays_what_it_is": {
        "table": "accounts_clinic",
        "events": "UPDATE",
        "refuse_when": "NEW.demo <> OLD.demo",
        "message": "a demo clinic never becomes a real one, nor a real one a demo",
    },
}
