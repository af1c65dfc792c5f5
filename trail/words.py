"""The rows of the trail in words, for the clinic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trail import kinds
from trail.models import Access, Act

EVENTS: dict[str, str | Promise] = {
    "band_added": gettext_lazy("added an elastic band"),
    "band_back": gettext_lazy("took an elastic band into use again"),
    "band_changed": gettext_lazy("changed an elastic band"),
    "band_retired": gettext_lazy("retired an elastic band"),
    "carer_ended": gettext_lazy("ended the access of a carer"),
    "carer_may_read": gettext_lazy("let a carer read ladder, history and messages"),
    "carer_named": gettext_lazy("named a carer"),
    "carer_reads_no_more": gettext_lazy("let a carer read no more"),
    "clinic_changed": gettext_lazy("changed the clinic’s settings"),
    "clinic_created": gettext_lazy("was made the first owner of the clinic"),
    "code_made": gettext_lazy("made a code that opens the page once, with the PIN"),
    "code_refused": gettext_lazy("typed a code that opens nothing"),
    "cover_set": gettext_lazy("set who stands in"),
    "cover_set_for": gettext_lazy("set who stands in for"),
    "email_changed": gettext_lazy("changed the e-mail to sign in with"),
    "email_refused": gettext_lazy("wrote an e-mail that somebody else signs in with"),
    "lead_changed": gettext_lazy("changed the lead"),
    "erased": gettext_lazy("erased the name and all words"),
    "exported": gettext_lazy("exported everything"),
    "ladder_kept_back": gettext_lazy("stopped offering a ladder to somebody new"),
    "ladder_offered": gettext_lazy("offered a ladder again"),
    "link_issued": gettext_lazy("made a new link"),
    "keeping_changed": gettext_lazy("changed how long records are kept"),
    "link_locked": gettext_lazy("wrong PIN five times: the link is locked"),
    "link_revoked": gettext_lazy("took the link back"),
    "link_printed": gettext_lazy("printed the link"),
    "link_shown": gettext_lazy("showed the link again"),
    "link_used": gettext_lazy("signed in with the link"),
    "list_exported": gettext_lazy("took the list of patients out"),
    "list_imported": gettext_lazy("took a list of patients over"),
    "name_changed": gettext_lazy("changed the name"),
    "password_changed": gettext_lazy("changed the own password"),
    "password_link_made": gettext_lazy("made a link for a new password"),
    "password_set_by_link": gettext_lazy("set a new password by a link"),
    "patient_changed": gettext_lazy("changed the patient’s details"),
    "patients_handed_over": gettext_lazy("handed over the patients of"),
    "patients_taken_over": gettext_lazy("gave patients to"),
    "phone_ended": gettext_lazy("signed a phone out"),
    "pin_refused": gettext_lazy("wrong PIN"),
    "pin_set": gettext_lazy("chose a PIN"),
    "role_changed": gettext_lazy("changed the role"),
    "second_step_added": gettext_lazy("added a second step of sign-in"),
    "second_step_failed": gettext_lazy("wrong code at the second step of sign-in"),
    "second_step_removed": gettext_lazy("removed the second step of sign-in"),
    "sign_in": gettext_lazy("signed in"),
    "sign_in_ended": gettext_lazy("ended an own sign-in elsewhere"),
    "sign_ins_ended": gettext_lazy("ended all own sign-ins elsewhere"),
    "sign_in_failed": gettext_lazy("wrong password"),
    "sign_in_limited": gettext_lazy("too many wrong passwords: not let in"),
    "sign_on": gettext_lazy("signed in by single sign-on"),
    "sign_on_linked": gettext_lazy("used single sign-on for the first time"),
    "sign_on_refused": gettext_lazy("single sign-on: not let in"),
    "sign_out": gettext_lazy("signed out"),
    "staff_deactivated": gettext_lazy("ended the access"),
    "staff_invited": gettext_lazy("invited a colleague"),
    "staff_joined": gettext_lazy("joined the clinic"),
    "practice_feed_ended": gettext_lazy("ended the reminders in the own calendar"),
    "practice_feed_made": gettext_lazy("made an address for reminders in the own calendar"),
    "template_added": gettext_lazy("added a plan template"),
    "template_back": gettext_lazy("took a plan template into use again"),
    "template_changed": gettext_lazy("changed a plan template"),
    "template_put_away": gettext_lazy("put a plan template away"),
    "visit_feed_ended": gettext_lazy("ended the calendar feed of the own visits"),
    "visit_feed_made": gettext_lazy("made an address for the calendar feed of the own visits"),
    "staff_reactivated": gettext_lazy("gave access back"),
}


def event_in_words(kind: str, fields: Sequence[str] = ()) -> str:
    """What was done. A kind without words is shown as it is, which is better than hiding it."""
    words = str(EVENTS.get(kind, kind.replace("_", " ")))
    return f"{words}: {', '.join(name.replace('_', ' ') for name in fields)}" if fields else words


def access_in_words(row: Access) -> str:
    """What was opened, changed or searched, or what was refused."""
    if row.act == Act.REFUSED:
        return _refused(row)
    if row.act == Act.SEARCHED:
        return _("searched for a patient")
    return f"{row.get_act_display()} {kinds.kind_of(row.page).words}"


def looked_in_words(name: str, what: Sequence[str], day: date) -> str:
    """What a person of the clinic opened on a day, for the patient."""
    *most, last = what
    opened = _("%(most)s and %(last)s") % {"most": ", ".join(most), "last": last} if most else last
    told = {"name": name, "what": opened, "day": formats.date_format(day, "D j M Y")}
    return _("%(name)s opened %(what)s on %(day)s.") % told


def _refused(row: Access) -> str:
    what = {"page": row.page.replace("_", " "), "asked": row.asked}
    if row.status == 429:
        return _("too many tries: %(page)s") % what
    if row.asked:
        return _("was refused a page: %(page)s (%(asked)s)") % what
    return _("was refused a page: %(page)s") % what
