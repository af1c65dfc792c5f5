"""The pages that open without sign-in, each with its reason. Every other page asks for sign-in."""

from __future__ import annotations

from accounts.sign_on.provider import ADDRESSES

PUBLIC: dict[str, str] = {
    "account_login": "the way in for clinic staff",
    "account_logout": "signing out twice is harmless and ends at the sign-in page",
    "mfa_authenticate": "the second step of the way in, open only after the password",
    "mfa_login_webauthn": "the way in by a passkey",
    "account_inactive": "tells a person whose access was ended whom to ask",
    "account_reset_password": "a person who forgot the password cannot sign in first",
    "account_reset_password_done": "says that the mail is on its way, the address known or not",
    "account_reset_password_from_key": "opened from the mail, guarded by the signed key in it",
    "account_reset_password_from_key_done": "says that the new password works",
    "staff_accept": "opened by an invited colleague, guarded by the signed link",
    "get_help": "the urgent list is secret to nobody, and cannot wait for a sign-in",
    "phone_link": "a patient's way in, guarded by the signed link",
    "practice_feed_file": "read by a patient's calendar, guarded by the secret in its address",
    "visit_feed_file": "read by a clinician's calendar, guarded by the secret in its address",
    "open_code": "a patient's way in by a short code, guarded by the PIN and by counts",
}


def is_open(name: str) -> bool:
    """Whether the page of this name opens without sign-in. Those of single sign-on are ways in,
    guarded by a state in the session; they exist only where the settings name a provider."""
    return name in PUBLIC or name in ADDRESSES
