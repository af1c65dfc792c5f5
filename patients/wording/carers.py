"""Whose hand wrote something, where it was not the patient's own."""

from __future__ import annotations

from django.utils.translation import gettext as _


def written_by(carer: str) -> str:
    """'written by Rut Roos, carer'. ``carer``: a name."""
    return _("written by {carer}, carer").format(carer=carer)
