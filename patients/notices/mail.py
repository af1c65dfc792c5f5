"""A mail about a stop in words. It says nothing clinical, and names nobody.

Whether it is urgent stands in the subject, so that it can be read on a locked screen.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import letters
from patients.models import Outbox


def message_of(mail: Outbox) -> EmailMessage:
    context = {
        "link": settings.PUBLIC_URL + reverse("caseload"),
        "lead": mail.to_id == mail.patient.lead_id,
        "mail": mail,
    }
    subject = _("Urgent: a patient needs you") if mail.is_urgent else _("A patient needs you")
    body = render_to_string("patients/notices/stop.txt", context)
    # The same mail sent twice has the same number, so that mail programs show it once.
    number = salted_hmac("patients.notices", f"{mail.pk} {mail.due.isoformat()}").hexdigest()[:32]
    return letters.letter(mail.to.email, subject, body, number=number)
