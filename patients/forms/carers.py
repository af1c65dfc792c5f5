"""The form that names a carer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.forms.names import NameForm


class CarerForm(NameForm):
    """Who helps the patient."""

    name_help = _("It stands beside everything that this person writes.")
