"""The kinds of pages in the trail: which addresses belong to each, and how people call it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The kind of a page that no kind names. It is written down all the same.
OTHER = "other"
#: The kind of pages about no patient: reading them is not written down, a refusal is.
NOTHING = ""


@dataclass(frozen=True)
class Kind:
    """A kind of page.

    words: as the clinic calls it
    yours: as the patient does whom it is about
    names: the names of its addresses
    """

    words: str | Promise
    yours: str | Promise
    names: str


KINDS: dict[str, Kind] = {
    "chart": Kind(_("the chart"), _("your chart"), "chart decisions details helps"),
    "gate": Kind(
        _("the gate"),
        _("your gate"),
        "place tick untick decide not_yet undo withdraw move",
    ),
    "plan": Kind(
        _("the plan"),
        _("your plan"),
        "assign prescribe schedule goal choose_level pause resume end borrow borrow_end finding "
        "take_up keep_as_template sign_proposal finding_clear my_level my_pause my_resume "
        "ask_review take_back_review",
    ),
    "visit": Kind(
        _("the first visit"),
        _("your first visit"),
        "screening screening_nothing_new intake assess assess_suggest activities rate first_visit "
        "first_visit_who first_visit_story first_visit_see first_visit_dose first_visit_hand_over "
        "first_visit_draft first_visit_end",
    ),
    "pain": Kind(
        _("pain and stops"),
        _("what you told about pain"),
        "stop_answer undo_answer looked_again usual_pain usual_pain_seen pain_limits "
        "pain_limits_end my_usual_pain report report_take_back morning before",
    ),
    "history": Kind(
        _("the practice"),
        _("your practice days"),
        "practice_history paper paper_week history log_day draft",
    ),
    "messages": Kind(
        _("the messages"),
        _("your messages"),
        "thread thread_read my_messages my_messages_read read_first",
    ),
    "notes": Kind(
        _("the notes"), _("the clinic’s notes about you"), "record_notes record_note_put_right"
    ),
    "papers": Kind(
        _("the papers"),
        _("papers about you"),
        "handout visit_note plan_summary letter written_letter",
    ),
    "details": Kind(
        _("the details"),
        _("your name and details"),
        "patient_edit next_visit visits visit_mark visit_take_back discharge take_back own_name "
        "my_person my_reminders my_reminders_end my_practice_file",
    ),
    "link": Kind(
        _("link and phones"),
        _("your link and phones"),
        "invite invite_issue link_show pin_here patient_link link_revoke phone_end pin me "
        "my_code link_code",
    ),
    "carers": Kind(
        _("who helps"),
        _("who helps you"),
        "my_carers carers carer_end carer_reading carer_link carer_link_issue carer_link_show "
        "carer_pin_here",
    ),
    "today": Kind(
        _("the day and the ladder"),
        _("your day and your ladder"),
        "today ladder rung_page level_page",
    ),
    "export": Kind(_("the whole record"), _("everything about you"), "export_person my_export"),
    "erasure": Kind(_("the page of erasing"), _("the page of erasing"), "erase"),
    "trail": Kind(
        _("who opened the record"), _("the list of who looked"), "record_trail who_looked"
    ),
    "happened": Kind(
        _("what happened in the clinic"), _("what happened in the clinic"), "clinic_trail"
    ),
    "list": Kind(
        _("the list of patients"),
        _("the list of patients"),
        "caseload todays_visits write_to_several hand_over library_drill people_list "
        "people_list_out people_list_template",
    ),
    OTHER: Kind(_("another page"), _("another page about you"), ""),
}
#: Pages for printing: to open one counts as printing it, because a server sees no printer.
PAPERS = frozenset(KINDS["papers"].names.split())
#: Pages from which everything about one person leaves as a file.
EXPORTS = frozenset(KINDS["export"].names.split())
#: The address to which a search is posted.
SEARCH = "caseload"
#: Forms that only show something else.
POSTED_TO_READ = frozenset({"assess_suggest"})
#: Pages about no patient.
_ABOUT_NOBODY = (
    "home here get_help phone_link staff_accept clinic staff staff_invite staff_invitation "
    "open_code "
    "staff_invite_again staff_change staff_password staff_deactivate staff_reactivate my_name "
    "bands band band_retire band_back retention cover staff_cover patient_new about_ladder library "
    "library_ladder ladder_keep_back ladder_offer plan_templates plan_template_new plan_template "
    "template_dose template_dose_out template_put_away template_back account_login "
    "account_logout account_inactive account_reauthenticate account_change_password "
    "account_reset_password "
    "account_reset_password_done account_reset_password_from_key "
    "account_lock lock_now ask_passkey new_passkey staff_step_remove mfa_authenticate "
    "mfa_login_webauthn mfa_index mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn "
    "mfa_remove_webauthn mfa_view_recovery_codes mfa_generate_recovery_codes "
    "mfa_reauthenticate mfa_reauthenticate_webauthn sign_in_end sign_ins_end news_read "
    "account_reset_password_from_key_done visit_feed visit_feed_end visit_feed_file "
    "practice_feed_file numbers numbers_file"
)
ABOUT_NOBODY = frozenset(_ABOUT_NOBODY.split())
#: A page about whoever opens it.
ABOUT_THE_READER = "me"
#: Pages of a carer's own way in: they are not about the patient.
OF_A_CARERS_DOOR = frozenset({"me", "pin", "phone_end", "my_code"})
_BY_NAME = {name: key for key, kind in KINDS.items() for name in kind.names.split()}


def kind_of(page: str) -> Kind:
    """The kind of a row of the trail, also of one that an older release has written."""
    return KINDS.get(page, KINDS[OTHER])


def named() -> frozenset[str]:
    """The names of all addresses that have a kind."""
    return ABOUT_NOBODY.union(_BY_NAME)


def of_address(name: str, *, by_patient: bool, by_carer: bool = False) -> str:
    """The kind of an address, as it is for a patient, who helps them or the staff."""
    if by_carer and name in OF_A_CARERS_DOOR:
        return NOTHING
    if name in ABOUT_NOBODY or (name == ABOUT_THE_READER and not by_patient):
        return NOTHING
    return _BY_NAME.get(name, OTHER)
