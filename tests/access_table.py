"""Who may do what: every address and method with its outcome for each kind of person.

An outcome is ``in`` (the answer leads to sign-in) or a status. ``*`` means that a row about people
or patients is written; without it no row may be written. A method that is not listed is 405.

Every address belongs to Maya or to her clinic. The columns are:

* patient: Maya
* another: a patient of the same clinic
* carer: Rut, who helps Maya and reads no ladder, history or messages
* discharged: of that clinic, whose phone is still signed in
* foreign: a patient of another clinic
* clinician: leads Maya; colleague: works at the same clinic; owner: owns that clinic
* dismissed: owned it too, and was signed in when the access ended
* elsewhere: owns the other clinic

Only ``undo``, ``undo_answer``, ``export_person``, ``record_trail``, ``sign_in_end`` and ``visit_feed_end`` differ between
the clinicians of a clinic: who pressed takes the slip back, and of the clinicians the lead alone exports a record
and sees who opened it. The clinician has a passkey and a calendar feed, and nobody else has one.

A secret in an address lets everybody in who has it: a link, an invitation, a key.
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = (
    "nobody",
    "patient",
    "another",
    "carer",
    "discharged",
    "foreign",
    "clinician",
    "colleague",
    "owner",
    "dismissed",
    "elsewhere",
)

TABLE = """
#                                           nobody     patient    another    carer      discharged foreign    clinician  colleague  owner      dismissed  elsewhere
# anybody, and the way in
home                                  GET   in         302        302        302        302        302        302        302        302        in         302
me                                    GET   in         200        200        200        200        200        200        200        200        in         200
here                                  POST  in         204        204        204        204        204        204        204        204        in         204
account_login                         GET   200        302        302        302        302        302        302        302        302        200        302
account_login                         POST  303*       303        303        303        303        303        303        303        303        303*       303
account_logout                        GET   in         200        200        200        200        200        200        200        200        in         200
account_logout                        POST  303        303*       303*       303*       303*       303*       303*       303*       303*       303        303*
account_inactive                      GET   200        200        200        200        200        200        200        200        200        200        200
mfa_authenticate                      GET   in         302        302        302        302        302        302        302        302        in         302
mfa_authenticate                      POST  303        303        303        303        303        303        303        303        303        303        303
mfa_login_webauthn                    GET   in         302        302        302        302        302        302        302        302        in         302
mfa_login_webauthn                    POST  303        303        303        303        303        303        303        303        303        303        303
mfa_index                             GET   in         403        403        403        403        403        200        200        200        in         200
ask_passkey                           GET   in         403        403        403        403        403        200        200        200        in         200
new_passkey                           GET   in         403        403        403        403        403        200        200        200        in         200
mfa_activate_totp                     GET   in         403        403        403        403        403        200        200        200        in         200
mfa_activate_totp                     POST  in         403        403        403        403        403        303        303        303        in         303
mfa_deactivate_totp                   GET   in         403        403        403        403        403        404        404        404        in         404
mfa_deactivate_totp                   POST  in         403        403        403        403        403        404        404        404        in         404
mfa_add_webauthn                      GET   in         403        403        403        403        403        200        200        200        in         200
mfa_add_webauthn                      POST  in         403        403        403        403        403        422        422        422        in         422
mfa_remove_webauthn                   GET   in         403        403        403        403        403        200        404        404        in         404
mfa_remove_webauthn                   POST  in         403        403        403        403        403        303*       404        404        in         404
mfa_view_recovery_codes               GET   in         403        403        403        403        403        404        404        404        in         404
mfa_generate_recovery_codes           GET   in         403        403        403        403        403        200        200        200        in         200
mfa_generate_recovery_codes           POST  in         403        403        403        403        403        303        422        422        in         422
mfa_reauthenticate                    GET   in         403        403        403        403        403        302        302        302        in         302
mfa_reauthenticate                    POST  in         403        403        403        403        403        303        303        303        in         303
mfa_reauthenticate_webauthn           GET   in         403        403        403        403        403        200        302        302        in         302
mfa_reauthenticate_webauthn           POST  in         403        403        403        403        403        303        303        303        in         303
account_lock                          GET   in         403        403        403        403        403        200        200        200        in         200
account_lock                          POST  in         403        403        403        403        403        303        303        303        in         303
sign_in_end                           POST  in         403        403        403        403        403        303*       404        404        in         404
news_read                             POST  in         403        403        403        403        403        303        303        303        in         303
sign_ins_end                          POST  in         403        403        403        403        403        303*       303*       303*       in         303*
lock_now                              POST  in         403        403        403        403        403        204        204        204        in         204
account_reauthenticate                GET   in         403        403        403        403        403        200        200        200        in         200
account_reauthenticate                POST  in         403        403        403        403        403        303        303        303        in         303
account_change_password               GET   in         403        403        403        403        403        200        200        200        in         200
account_change_password               POST  in         403        403        403        403        403        303*       303*       303*       in         303*
account_reset_password                GET   200        200        200        200        200        200        200        200        200        200        200
account_reset_password                POST  303*       303*       303*       303*       303*       303*       303*       303*       303*       303*       303*
account_reset_password_done           GET   200        200        200        200        200        200        200        200        200        200        200
account_reset_password_from_key_done  GET   200        200        200        200        200        200        200        200        200        200        200
account_reset_password_from_key       GET   302        302        302        302        302        302        302        302        302        302        302
account_reset_password_from_key       POST  303        303        303        303        303        303        303        303        303        303        303
phone_link                            GET   200        302        200        200        200        200        200        200        200        200        410
phone_link                            POST  303*       303        303*       303*       303*       303*       403        403        403        303*       410
open_code                             GET   200        302        302        302        302        302        302        302        302        200        302
open_code                             POST  422*       303        303        303        303        303        303        303        303        422*       303
staff_accept                          GET   200        200        200        200        200        200        200        200        200        200        200
staff_accept                          POST  303*       403        403        403        403        403        403        403        403        303*       403

# a patient's own
get_help                              GET   200        200        200        200        200        200        200        200        200        200        200
my_code                               GET   in         200        200        200        200        200        403        403        403        in         403
my_code                               POST  in         200*       422        422        422        422        403        403        403        in         403
pin                                   GET   in         200        200        200        200        200        403        403        403        in         403
pin                                   POST  in         303*       303*       303*       422        303*       403        403        403        in         403
own_name                              GET   in         200        200        403        200        200        403        403        403        in         403
own_name                              POST  in         303*       303*       403        422        303*       403        403        403        in         403
phone_end                             POST  in         303*       404        404        404        404        303*       303*       303*       in         404
today                                 GET   in         200        200        200        200        200        403        403        403        in         403
draft                                 POST  in         200*       200*       200*       422        200*       403        403        403        in         403
my_level                              POST  in         303*       303*       403        422        422        403        403        403        in         403
ask_review                            POST  in         303*       303*       403        422        303*       403        403        403        in         403
take_back_review                      POST  in         303*       303*       403        422        303        403        403        403        in         403
log_day                               GET   in         200        200        200        404        200        403        403        403        in         403
log_day                               POST  in         303*       303*       303*       422*       422*       403        403        403        in         403
morning                               GET   in         200        404        200        404        404        403        403        403        in         403
morning                               POST  in         303*       404        303*       404        404        403        403        403        in         403
before                                POST  in         303*       303*       303*       422        303*       403        403        403        in         403
my_usual_pain                         GET   in         200        200        403        200        200        403        403        403        in         403
my_usual_pain                         POST  in         303*       303*       403        422        303*       403        403        403        in         403
my_pause                              GET   in         200        200        403        404        200        403        403        403        in         403
my_pause                              POST  in         303*       303*       403        422        303*       403        403        403        in         403
my_resume                             POST  in         303*       303*       403        422        422        403        403        403        in         403
my_messages                           GET   in         200        200        403        200        200        403        403        403        in         403
my_messages                           POST  in         303*       303*       403        422        303*       403        403        403        in         403
read_first                            GET   in         302        302        302        302        302        403        403        403        in         403
my_messages_read                      POST  in         303*       303*       403        404        303        403        403        403        in         403
report                                GET   in         200        200        200        200        200        403        403        403        in         403
report                                POST  in         303*       303*       303*       303*       303*       403        403        403        in         403
report_take_back                      POST  in         303*       404        422        404        404        403        403        403        in         403
ladder                                GET   in         200        200        403        200        200        403        403        403        in         403
about_ladder                          GET   in         200        200        200        200        200        200        200        200        in         200
rung_page                             GET   in         200        200        403        404        403        403        403        403        in         403
level_page                            GET   in         200        200        403        404        403        403        403        403        in         403
history                               GET   in         200        200        403        200        200        403        403        403        in         403
my_export                             POST  in         200*       200*       403        200*       200*       403        403        403        in         403
who_looked                            GET   in         200        200        403        200        200        403        403        403        in         403
rate                                  GET   in         200        200        403        200        200        403        403        403        in         403
rate                                  POST  in         303*       303*       403        422        422        403        403        403        in         403
my_person                             GET   in         200        200        403        200        200        403        403        403        in         403
my_person                             POST  in         303*       303*       403        422        303*       403        403        403        in         403
my_reminders                          GET   in         200        200        403        200        200        403        403        403        in         403
my_reminders                          POST  in         200*       200*       403        422        200*       403        403        403        in         403
my_reminders_end                      POST  in         303*       303        403        303        303        403        403        403        in         403
my_practice_file                      GET   in         200        200        403        200        200        403        403        403        in         403
my_carers                             GET   in         200        200        403        200        200        403        403        403        in         403
my_carers                             POST  in         303*       303*       403        422        303*       403        403        403        in         403
carer_reading                         POST  in         303*       404        403        404        404        403        403        403        in         403
carer_end                             POST  in         303*       404        403        404        404        303*       303*       303*       in         404

# the owner's
clinic                                GET   in         403        403        403        403        403        403        403        200        in         200
clinic                                POST  in         403        403        403        403        403        403        403        303*       in         303*
ladder_keep_back                      POST  in         403        403        403        403        403        403        403        303*       in         303*
ladder_offer                          POST  in         403        403        403        403        403        403        403        303*       in         303
bands                                 GET   in         403        403        403        403        403        403        403        200        in         200
bands                                 POST  in         403        403        403        403        403        403        403        303*       in         303*
band                                  GET   in         403        403        403        403        403        403        403        200        in         404
band                                  POST  in         403        403        403        403        403        403        403        303*       in         404
band_retire                           POST  in         403        403        403        403        403        403        403        303*       in         404
band_back                             POST  in         403        403        403        403        403        403        403        303*       in         404
clinic_trail                          GET   in         403        403        403        403        403        403        403        200        in         200
staff                                 GET   in         403        403        403        403        403        403        403        200        in         200
staff_invite                          GET   in         403        403        403        403        403        403        403        200        in         200
staff_invite                          POST  in         403        403        403        403        403        403        403        303*       in         303*
staff_invitation                      GET   in         403        403        403        403        403        403        403        200        in         404
staff_invite_again                    POST  in         403        403        403        403        403        403        403        303*       in         404
staff_change                          GET   in         403        403        403        403        403        403        403        200        in         404
staff_change                          POST  in         403        403        403        403        403        403        403        303*       in         404
staff_password                        POST  in         403        403        403        403        403        403        403        200*       in         404
staff_step_remove                     POST  in         403        403        403        403        403        403        403        303*       in         404
staff_deactivate                      POST  in         403        403        403        403        403        403        403        303*       in         404
staff_reactivate                      POST  in         403        403        403        403        403        403        403        303*       in         404
hand_over                             GET   in         403        403        403        403        403        403        403        200        in         404
hand_over                             POST  in         403        403        403        403        403        403        403        303*       in         404
erase                                 GET   in         403        403        403        403        403        403        403        200        in         404
erase                                 POST  in         403        403        403        403        403        403        403        303*       in         404
people_list                           GET   in         403        403        403        403        403        403        403        200        in         200
people_list                           POST  in         403        403        403        403        403        403        403        303*       in         303*
people_list_template                  GET   in         403        403        403        403        403        403        403        200        in         200
people_list_out                       POST  in         403        403        403        403        403        403        403        200*       in         200*
retention                             GET   in         403        403        403        403        403        403        403        200        in         200
retention                             POST  in         403        403        403        403        403        403        403        303*       in         303*

# the clinic's
my_name                               POST  in         403        403        403        403        403        303*       303*       303*       in         303*
cover                                 POST  in         403        403        403        403        403        303*       303*       303*       in         422
staff_cover                           GET   in         403        403        403        403        403        200        200        200        in         404
staff_cover                           POST  in         403        403        403        403        403        303*       303*       303*       in         404
patient_link                          GET   in         403        403        403        403        403        200        200        200        in         404
link_code                             POST  in         403        403        403        403        403        200*       200*       200*       in         404
link_revoke                           POST  in         403        403        403        403        403        303*       303*       303*       in         404
write_to_several                      GET   in         403        403        403        403        403        200        200        200        in         200
write_to_several                      POST  in         403        403        403        403        403        303*       303*       303*       in         422
caseload                              GET   in         403        403        403        403        403        200        200        200        in         200
caseload                              POST  in         403        403        403        403        403        303        303        303        in         303
visit_feed                            GET   in         403        403        403        403        403        200        200        200        in         200
visit_feed                            POST  in         403        403        403        403        403        200*       200*       200*       in         200*
visit_feed_end                        POST  in         403        403        403        403        403        303*       303        303        in         303
visit_feed_file                       GET   200        200        200        200        200        200        200        200        200        200        200
practice_feed_file                    GET   200        200        200        200        200        200        200        200        200        200        200
todays_visits                         GET   in         403        403        403        403        403        200        200        200        in         200
patient_new                           GET   in         403        403        403        403        403        200        200        200        in         200
patient_new                           POST  in         403        403        403        403        403        303*       303*       303*       in         422
assign                                GET   in         403        403        403        403        403        302        302        302        in         404
assign                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
invite                                GET   in         403        403        403        403        403        200        200        200        in         404
link_show                             POST  in         403        403        403        403        403        200*       200*       200*       in         404
pin_here                              POST  in         403        403        403        403        403        303*       303*       303*       in         404
invite_issue                          POST  in         403        403        403        403        403        303*       303*       303*       in         404
carers                                GET   in         403        403        403        403        403        200        200        200        in         404
carers                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
carer_link                            GET   in         403        403        403        403        403        200        200        200        in         404
carer_link_issue                      POST  in         403        403        403        403        403        303*       303*       303*       in         404
carer_link_show                       POST  in         403        403        403        403        403        200*       200*       200*       in         404
carer_pin_here                        POST  in         403        403        403        403        403        303*       303*       303*       in         404
patient_edit                          GET   in         403        403        403        403        403        200        200        200        in         404
patient_edit                          POST  in         403        403        403        403        403        303*       303*       303*       in         404
discharge                             GET   in         403        403        403        403        403        200        200        200        in         404
discharge                             POST  in         403        403        403        403        403        303*       303*       303*       in         404
take_back                             POST  in         403        403        403        403        403        303*       303*       303*       in         404
chart                                 GET   in         403        403        403        403        403        200        200        200        in         404
decisions                             GET   in         403        403        403        403        403        200        200        200        in         404
details                               GET   in         403        403        403        403        403        200        200        200        in         404
export_person                         GET   in         403        403        403        403        403        200        403        200        in         404
export_person                         POST  in         403        403        403        403        403        200*       403        200*       in         404
record_trail                          GET   in         403        403        403        403        403        200        403        200        in         404
practice_history                      GET   in         403        403        403        403        403        200        200        200        in         404
usual_pain                            POST  in         403        403        403        403        403        303*       303*       303*       in         404
usual_pain_seen                       POST  in         403        403        403        403        403        303*       303*       303*       in         404
pain_limits                           GET   in         403        403        403        403        403        200        200        200        in         404
pain_limits                           POST  in         403        403        403        403        403        303*       303*       303*       in         404
pain_limits_end                       POST  in         403        403        403        403        403        303*       303*       303*       in         404
next_visit                            POST  in         403        403        403        403        403        303*       303*       303*       in         404
visits                                GET   in         403        403        403        403        403        200        200        200        in         404
visits                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
visit_mark                            POST  in         403        403        403        403        403        303*       303*       303*       in         404
visit_take_back                       POST  in         403        403        403        403        403        303*       303*       303*       in         404
record_notes                          GET   in         403        403        403        403        403        200        200        200        in         404
record_notes                          POST  in         403        403        403        403        403        303*       303*       303*       in         404
record_note_put_right                 GET   in         403        403        403        403        403        200        200        200        in         404
record_note_put_right                 POST  in         403        403        403        403        403        303*       303*       303*       in         404
thread                                GET   in         403        403        403        403        403        200        200        200        in         404
thread                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
thread_read                           POST  in         403        403        403        403        403        303*       303*       303*       in         404
place                                 GET   in         403        403        403        403        403        200        200        200        in         404
place                                 POST  in         403        403        403        403        403        303*       303*       303*       in         404
tick                                  POST  in         403        403        403        403        403        303*       303*       303*       in         404
untick                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
decide                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
not_yet                               GET   in         403        403        403        403        403        200        200        200        in         404
not_yet                               POST  in         403        403        403        403        403        303*       303*       303*       in         404
undo                                  POST  in         403        403        403        403        403        303*       422        422        in         404
withdraw                              GET   in         403        403        403        403        403        200        200        200        in         404
withdraw                              POST  in         403        403        403        403        403        303*       303*       303*       in         404
prescribe                             GET   in         403        403        403        403        403        200        200        200        in         404
prescribe                             POST  in         403        403        403        403        403        303*       303*       303*       in         404
sign_proposal                         POST  in         403        403        403        403        403        303*       303*       303*       in         404
schedule                              GET   in         403        403        403        403        403        200        200        200        in         404
schedule                              POST  in         403        403        403        403        403        303*       303*       303*       in         404
goal                                  GET   in         403        403        403        403        403        200        200        200        in         404
goal                                  POST  in         403        403        403        403        403        303*       303*       303*       in         404
choose_level                          GET   in         403        403        403        403        403        200        200        200        in         404
choose_level                          POST  in         403        403        403        403        403        303*       303*       303*       in         404
pause                                 GET   in         403        403        403        403        403        200        200        200        in         404
pause                                 POST  in         403        403        403        403        403        303*       303*       303*       in         404
resume                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
end                                   GET   in         403        403        403        403        403        200        200        200        in         404
end                                   POST  in         403        403        403        403        403        303*       303*       303*       in         404
keep_as_template                      GET   in         403        403        403        403        403        200        200        200        in         404
keep_as_template                      POST  in         403        403        403        403        403        303*       303*       303*       in         404
take_up                               GET   in         403        403        403        403        403        200        200        200        in         404
take_up                               POST  in         403        403        403        403        403        303*       303*       303*       in         404
finding                               GET   in         403        403        403        403        403        200        200        200        in         404
finding                               POST  in         403        403        403        403        403        303*       303*       303*       in         404
paper                                 GET   in         403        403        403        403        403        200        200        200        in         404
paper                                 POST  in         403        403        403        403        403        303*       303*       303*       in         404
paper_week                            GET   in         403        403        403        403        403        200        200        200        in         404
paper_week                            POST  in         403        403        403        403        403        303*       303*       303*       in         404
finding_clear                         POST  in         403        403        403        403        403        303*       303*       303*       in         404
borrow                                GET   in         403        403        403        403        403        200        200        200        in         404
borrow                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
borrow_end                            POST  in         403        403        403        403        403        303*       303*       303*       in         404
stop_answer                           GET   in         403        403        403        403        403        200        200        200        in         404
stop_answer                           POST  in         403        403        403        403        403        303*       303*       303*       in         404
undo_answer                           POST  in         403        403        403        403        403        303*       422        422        in         404
looked_again                          POST  in         403        403        403        403        403        303*       303*       303*       in         404
first_visit                           GET   in         403        403        403        403        403        303        303        303        in         404
first_visit_who                       GET   in         403        403        403        403        403        200        200        200        in         404
first_visit_who                       POST  in         403        403        403        403        403        303*       303*       303*       in         404
first_visit_story                     GET   in         403        403        403        403        403        200        200        200        in         404
first_visit_story                     POST  in         403        403        403        403        403        303*       303*       303*       in         404
first_visit_see                       GET   in         403        403        403        403        403        200        200        200        in         404
first_visit_see                       POST  in         403        403        403        403        403        303*       303*       303*       in         404
first_visit_dose                      GET   in         403        403        403        403        403        200        200        200        in         404
first_visit_dose                      POST  in         403        403        403        403        403        303*       303*       303*       in         404
first_visit_hand_over                 GET   in         403        403        403        403        403        200        200        200        in         404
first_visit_hand_over                 POST  in         403        403        403        403        403        303*       303*       303*       in         404
first_visit_draft                     POST  in         403        403        403        403        403        303*       303*       303*       in         404
first_visit_end                       GET   in         403        403        403        403        403        200        200        200        in         404
first_visit_end                       POST  in         403        403        403        403        403        303*       303*       303*       in         404
screening                             GET   in         403        403        403        403        403        200        200        200        in         404
screening                             POST  in         403        403        403        403        403        303*       303*       303*       in         404
screening_nothing_new                 POST  in         403        403        403        403        403        303*       303*       303*       in         404
intake                                GET   in         403        403        403        403        403        200        200        200        in         404
intake                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
assess                                GET   in         403        403        403        403        403        200        200        200        in         404
assess                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
assess_suggest                        POST  in         403        403        403        403        403        200        200        200        in         404
activities                            GET   in         403        403        403        403        403        200        200        200        in         404
activities                            POST  in         403        403        403        403        403        303*       303*       303*       in         404
handout                               GET   in         403        403        403        403        403        200        200        200        in         404
handout                               POST  in         403        403        403        403        403        200*       200*       200*       in         404
visit_note                            GET   in         403        403        403        403        403        200        200        200        in         404
plan_summary                          GET   in         403        403        403        403        403        200        200        200        in         404
letter                                GET   in         403        403        403        403        403        200        200        200        in         404
letter                                POST  in         403        403        403        403        403        303*       303*       303*       in         404
written_letter                        GET   in         403        403        403        403        403        200        200        200        in         404
helps                                 GET   in         403        403        403        403        403        200        200        200        in         404
move                                  GET   in         403        403        403        403        403        200        200        200        in         404
move                                  POST  in         403        403        403        403        403        303*       303*       303*       in         404
numbers                               GET   in         403        403        403        403        403        200        200        200        in         200
numbers_file                          GET   in         403        403        403        403        403        200        200        200        in         200
plan_templates                        GET   in         403        403        403        403        403        200        200        200        in         200
plan_template_new                     GET   in         403        403        403        403        403        200        200        200        in         200
plan_template_new                     POST  in         403        403        403        403        403        303*       303*       303*       in         303*
plan_template                         GET   in         403        403        403        403        403        200        200        200        in         404
plan_template                         POST  in         403        403        403        403        403        303*       303*       303*       in         404
template_dose                         POST  in         403        403        403        403        403        303*       303*       303*       in         404
template_dose_out                     POST  in         403        403        403        403        403        303*       303*       303*       in         404
template_put_away                     POST  in         403        403        403        403        403        303*       303*       303*       in         404
template_back                         POST  in         403        403        403        403        403        303*       303*       303*       in         404
library                               GET   in         403        403        403        403        403        200        200        200        in         200
library_drill                         GET   in         403        403        403        403        403        200        200        200        in         200
library_ladder                        GET   in         403        403        403        403        403        200        200        200        in         200
"""

#: Rows with another answer to an htmx request of a person who may do it: the status, and why.
HTMX = {
    ("tick", "POST"): ("200*", "the gate alone, to be swapped"),
    ("untick", "POST"): ("200*", "the gate alone, to be swapped"),
    ("thread", "POST"): ("200*", "the newest messages alone, to be swapped"),
    ("record_notes", "POST"): ("200*", "the notes alone, to be swapped"),
    ("first_visit_draft", "POST"): ("200*", "what is kept alone, to be swapped"),
    ("caseload", "POST"): ("200", "the rows alone, to be swapped"),
    ("account_lock", "POST"): ("204", "the cover goes, and the page beneath it stays"),
    ("log_day", "POST"): ("200*", "leads on by a header, for the whole page changes"),
    ("report", "POST"): ("200*", "leads on by a header, for the whole page changes"),
    ("my_messages_read", "POST"): ("204*", "pressed by the page itself, which stays as it is"),
}


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    outcomes: dict[str, str]

    def by_htmx(self, who: str) -> str:
        """The outcome of the same request when htmx sends it."""
        plain = self.outcomes[who]
        swapped, _why = HTMX.get((self.name, self.method), (plain, ""))
        return swapped.rstrip("*") + "*" * plain.endswith("*") if plain[:3] == "303" else plain


def rows() -> list[Row]:
    lines = (line.split() for line in TABLE.splitlines() if line and not line.startswith("#"))
    return [
        Row(name, method, dict(zip(PEOPLE, outcomes, strict=True)))
        for name, method, *outcomes in lines
    ]
