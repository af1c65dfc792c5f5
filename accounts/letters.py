"""Makes the mails of the product, all of them alike: plain text that a program sends."""

from __future__ import annotations

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


def headers(number: str = "") -> dict[str, str]:
    """What every mail says of itself.

    The number is of the domain of ``PUBLIC_URL`` and not of the machine, whose name is nobody's
    business and looks like spam. ``number``: one that the mail keeps when it is sent again
    """
    domain = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return {
        # So that an absent colleague's mailbox does not answer.
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{number}@{domain}>" if number else make_msgid(domain=domain),
    }


def letter(to: str | list[str] | None, subject: str, text: str, number: str = "") -> EmailMessage:
    everybody = to if isinstance(to, list) else [to or ""]
    return EmailMessage(subject, text, None, everybody, headers=headers(number))
