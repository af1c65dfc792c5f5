"""Who may do what: every address and method with its outcome for each kind of person.

``in`` leads to sign-in; a number is the status; ``*`` means that something about people or patients
is written, and without it nothing may be. Whatever method is not listed is 405. Every address is
Maya's, or her clinic's: ``patient`` is Maya, ``another`` a patient of the same clinic,
``clinician`` and ``owner`` are hers, ``elsewhere`` owns another clinic.
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = ("nobody", "patient", "another", "clinician", "elsewhere", "owner")

TABLE = """
#                                           nobody   patient  another  clinicianelsewhereowner
# anybody, and the way in
home                                  GET   in       302      302      302      302      302
me                                    GET   in       200      200      200      200      200
here                                  POST  in       204      204      204      204      204
account_login                         GET   200      302      302      302      302      302
account_login                         POST  303*     303      303      303      303      303
account_logout                        GET   in       200      200      200      200      200
account_logout                        POST  303      303*     303*     303*     303*     303*
account_inactive                      GET   200      200      200      200      200      200
account_reauthenticate                GET   in       403      403      200      200      200
account_reauthenticate                POST  in       403      403      303      303      303
account_change_password               GET   in       403      403      200      200      200
account_change_password               POST  in       403      403      303*     303*     303*
account_reset_password                GET   200      200      200      200      200      200
account_reset_password                POST  303      303      303      303      303      303
account_reset_password_done           GET   200      200      200      200      200      200
account_reset_password_from_key_done  GET   200      200      200      200      200      200
account_reset_password_from_key       GET   302      302      302      302      302      302
account_reset_password_from_key       POST  303      303      303      303      303      303
phone_link                            GET   200      302      200      200      410      200
phone_link                            POST  303*     303      303*     403      410      403
staff_accept                          GET   200      200      200      200      200      200
staff_accept                          POST  303*     403      403      403      403      403

# a patient's own
get_help                              GET   200      200      200      200      200      200
pin                                   GET   in       200      200      403      403      403
pin                                   POST  in       303*     303*     403      403      403
phone_end                             POST  in       303*     404      303*     404      303*
today                                 GET   in       200      200      403      403      403
draft                                 POST  in       200*     200*     403      403      403
my_level                              POST  in       303*     303*     403      403      403
ask_review                            POST  in       303*     303*     403      403      403
take_back_review                      POST  in       303*     303*     403      403      403
log_day                               GET   in       200      200      403      403      403
log_day                               POST  in       303*     303*     403      403      403
morning                               GET   in       200      404      403      403      403
morning                               POST  in       303*     404      403      403      403
my_pause                              GET   in       200      200      403      403      403
my_pause                              POST  in       303*     303*     403      403      403
my_resume                             POST  in       303*     303*     403      403      403
my_messages                           GET   in       200      200      403      403      403
my_messages                           POST  in       303*     303*     403      403      403
my_messages_read                      POST  in       303*     303*     403      403      403
ladder                                GET   in       200      200      403      403      403
rung_page                             GET   in       200      200      403      403      403
level_page                            GET   in       200      200      403      403      403
history                               GET   in       200      200      403      403      403
rate                                  GET   in       200      200      403      403      403
rate                                  POST  in       303*     303*     403      403      403

# the owner's
clinic                                GET   in       403      403      403      200      200
clinic                                POST  in       403      403      403      303*     303*
staff                                 GET   in       403      403      403      200      200
staff_invite                          GET   in       403      403      403      200      200
staff_invite                          POST  in       403      403      403      303*     303*
staff_invitation                      GET   in       403      403      403      404      200
staff_invite_again                    POST  in       403      403      403      404      303*
staff_change                          GET   in       403      403      403      404      200
staff_change                          POST  in       403      403      403      404      303*
staff_password                        POST  in       403      403      403      404      200*
staff_deactivate                      POST  in       403      403      403      404      303*
staff_reactivate                      POST  in       403      403      403      404      303*
hand_over                             GET   in       403      403      403      404      200
hand_over                             POST  in       403      403      403      404      303*

# the clinic's
cover                                 POST  in       403      403      303*     422      303*
patient_link                          GET   in       403      403      200      404      200
link_revoke                           POST  in       403      403      303*     404      303*
caseload                              GET   in       403      403      200      200      200
patient_new                           GET   in       403      403      200      200      200
patient_new                           POST  in       403      403      303*     422      303*
assign                                GET   in       403      403      302      404      302
assign                                POST  in       403      403      303*     404      303*
invite                                GET   in       403      403      200      404      200
invite_issue                          POST  in       403      403      303*     404      303*
patient_edit                          GET   in       403      403      200      404      200
patient_edit                          POST  in       403      403      303*     404      303*
discharge                             GET   in       403      403      200      404      200
discharge                             POST  in       403      403      303*     404      303*
take_back                             POST  in       403      403      303*     404      303*
chart                                 GET   in       403      403      200      404      200
decisions                             GET   in       403      403      200      404      200
practice_history                      GET   in       403      403      200      404      200
usual_pain                            POST  in       403      403      303*     404      303*
next_visit                            POST  in       403      403      303*     404      303*
thread                                GET   in       403      403      200      404      200
thread                                POST  in       403      403      303*     404      303*
thread_read                           POST  in       403      403      303*     404      303*
place                                 GET   in       403      403      200      404      200
place                                 POST  in       403      403      303*     404      303*
tick                                  POST  in       403      403      303*     404      303*
untick                                POST  in       403      403      303*     404      303*
decide                                POST  in       403      403      303*     404      303*
not_yet                               GET   in       403      403      200      404      200
not_yet                               POST  in       403      403      303*     404      303*
withdraw                              GET   in       403      403      200      404      200
withdraw                              POST  in       403      403      303*     404      303*
prescribe                             GET   in       403      403      200      404      200
prescribe                             POST  in       403      403      303*     404      303*
schedule                              GET   in       403      403      200      404      200
schedule                              POST  in       403      403      303*     404      303*
goal                                  GET   in       403      403      200      404      200
goal                                  POST  in       403      403      303*     404      303*
choose_level                          GET   in       403      403      200      404      200
choose_level                          POST  in       403      403      303*     404      303*
pause                                 GET   in       403      403      200      404      200
pause                                 POST  in       403      403      303*     404      303*
resume                                POST  in       403      403      303*     404      303*
end                                   GET   in       403      403      200      404      200
end                                   POST  in       403      403      303*     404      303*
finding                               GET   in       403      403      200      404      200
finding                               POST  in       403      403      303*     404      303*
paper                                 GET   in       403      403      200      404      200
paper                                 POST  in       403      403      303*     404      303*
finding_clear                         POST  in       403      403      303*     404      303*
stop_answer                           GET   in       403      403      200      404      200
stop_answer                           POST  in       403      403      303*     404      303*
intake                                GET   in       403      403      200      404      200
intake                                POST  in       403      403      303*     404      303*
assess                                GET   in       403      403      200      404      200
assess                                POST  in       403      403      303*     404      303*
assess_suggest                        POST  in       403      403      200      404      200
activities                            GET   in       403      403      200      404      200
activities                            POST  in       403      403      303*     404      303*
handout                               GET   in       403      403      200      404      200
visit_note                            GET   in       403      403      200      404      200
plan_summary                          GET   in       403      403      200      404      200
helps                                 GET   in       403      403      200      404      200
move                                  GET   in       403      403      200      404      200
move                                  POST  in       403      403      303*     404      303*
library                               GET   in       403      403      200      200      200
library_drill                         GET   in       403      403      200      200      200
library_ladder                        GET   in       403      403      200      200      200
"""


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    outcomes: dict[str, str]


def rows() -> list[Row]:
    lines = (line.split() for line in TABLE.splitlines() if line and not line.startswith("#"))
    return [
        Row(name, method, dict(zip(PEOPLE, told, strict=True))) for name, method, *told in lines
    ]
