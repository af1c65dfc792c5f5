"""The fields of each form.

Every address that takes a POST is here, with its fields, or in ``BUTTONS`` when it has none.
"""

from __future__ import annotations

from dataclasses import replace

from tests.typed_kinds import (
    DIGITS,
    EMOJI,
    HUGE,
    LONG,
    NO_CHOICE,
    NO_NUMBER,
    NUL,
    RIGHT_TO_LEFT,
    SCRIPT,
    Kind,
    choice,
    clock,
    day,
    email,
    number,
    secret,
    signed,
    text,
    weight,
)

CODE = Kind(("", "12a456", "٢٥٨٠١٢", HUGE, SCRIPT, EMOJI, NUL, LONG), ("12345",))
SCALE = choice()
LEVEL = choice(needed=True)
RUNG = choice(needed=True)
WORD = text(400)
PHONE = Kind(
    ("call me", "070 123 45 67 / 070 123 45 68", SCRIPT, EMOJI, NUL, LONG), ("", "+46 70 123 45 67")
)
#: What somebody is called. It is no message to anybody.
NAMES = {
    "name": replace(text(200, needed=True), words=False),
    "formal_name": replace(text(200), words=False),
}
#: Who a patient is.
WHO = {
    "name": text(200, needed=True),
    "lead": choice(needed=True),
    "referral_note": text(2000),
    "formal_name": text(200),
    "born_on": day(),
    "number": text(40),
    "phone": PHONE,
    "email": Kind(("nobody", SCRIPT, LONG, NUL, "a@x.example\nBcc: b@x.example"), ("",)),
    "sex": choice(),
}
HOURS = Kind(("8", "17-8", "8:70-9", "25-26", SCRIPT, EMOJI, NUL, LONG), ("closed", "8 to 5 pm"))
#: Made by the page itself and kept from sight: junk in it is nobody's typing, and must break
#: nothing.
HIDDEN = Kind((), ("", *NO_CHOICE), kept=False)
NEXT_VISIT = {
    "next_visit": day(),
    "next_time": clock(),
    "initial-next_visit": HIDDEN,
    "initial-next_time": HIDDEN,
}
DAYS = {"weekdays": choice(), "keep_running": HIDDEN}
ADDRESS = Kind(
    (), (SCRIPT, NUL, LONG, "http://[", "//evil.example/", "/caseload/\r\nX-Evil: yes"), kept=False
)
KILOGRAMS = Kind(("heavy", "8-", *(one for one in NO_NUMBER if one != "-1")), ("8, 12", ""))
NEW_PIN = Kind(
    ("", "12345", "123", "1" * 9, "12a4", HUGE, "٢٥٨٠", SCRIPT, EMOJI, NUL, LONG), kept=False
)
SOUGHT = Kind((), ("", "  ", SCRIPT, EMOJI, RIGHT_TO_LEFT, NUL, LONG, DIGITS))
#: What is told of the body is kept, whatever stands in it.
TOLD = Kind((), ("", *NO_CHOICE), kept=False)
WORDS_OF_THE_BODY = Kind((), ("", SCRIPT, EMOJI + RIGHT_TO_LEFT, NUL, LONG), kept=False, words=True)
BAND = {"name": replace(text(60, needed=True), words=False), "after": choice(), "marks": LEVEL}
SHEET = {
    "level": HIDDEN,
    "client_id": HIDDEN,
    "corrects": HIDDEN,
    "side-1": HIDDEN,
    "done-1": HIDDEN,
    "reps-1": number(),
    "load-1": weight(),
    "pain": SCALE,
    "new": HIDDEN,
    "kind": HIDDEN,
    "side-weak": HIDDEN,
    "growing": HIDDEN,
    "since": HIDDEN,
    "words": WORDS_OF_THE_BODY,
    "effort": SCALE,
    "reserve": HIDDEN,
    "loaded": HIDDEN,
    "why_stopped": HIDDEN,
    "note": text(1000),
}
DRAFT = {name: HIDDEN for name in ("level", "reps-1", "load-1", "side-1", "done-1")}
PRECAUTION = "falls"

#: What is said of a dose, of a first assessment and of an intake.
DOSE = {
    "level": LEVEL,
    **dict.fromkeys(("sets", "reps"), number()),
    **dict.fromkeys(("seconds", "reps_to", "pause", "rest"), number(needed=False)),
    **dict.fromkeys(("load", "max_kg"), weight()),
    **dict.fromkeys(("band", "mark", "reserve", "variant"), choice()),
    **dict.fromkeys(("per_side", "at_home", "practise"), HIDDEN),
    **dict.fromkeys(("word", "reason", "why_more"), text(500)) | {"max_depth": text(200)},
    "until": day(),
    **DAYS,
}
SEEN = {
    **dict.fromkeys(("fault", "criterion", "rung", "level", "borrow"), SCALE),
    "words": text(200),
    "reason": text(500),
    "borrow_until": day(),
    **DAYS,
}
INTAKE = {
    **dict.fromkeys(("reason", "goal"), text(2000)),
    **dict.fromkeys(("usual_pain", "equipment"), SCALE),
    "kg_kettlebell": KILOGRAMS,
}

#: What is said of a template, and of a dose in it.
TEMPLATE = {
    "name": replace(text(60, needed=True), words=False),
    "weekdays": choice(needed=True),
    "goal_rung": SCALE,
}
TEMPLATE_DOSE = {
    "level": LEVEL,
    **dict.fromkeys(("sets", "reps"), number()),
    **dict.fromkeys(("seconds", "reps_to", "pause", "rest"), number(needed=False)),
    "per_side": HIDDEN,
    "word": text(500),
}

FIELDS: dict[str, dict[str, Kind]] = {
    "account_login": {"login": email(), "password": secret(), "next": ADDRESS},
    "account_reauthenticate": {"password": secret(), "next": ADDRESS},
    "account_lock": {"password": secret(), "next": ADDRESS, "to": ADDRESS, "kept": HIDDEN},
    "mfa_authenticate": {"code": CODE},
    "mfa_activate_totp": {"code": CODE},
    "mfa_login_webauthn": {"credential": HIDDEN, "next": ADDRESS},
    "mfa_add_webauthn": {"name": Kind(("x" * 61,), (SCRIPT, EMOJI, NUL)), "credential": HIDDEN},
    "mfa_reauthenticate": {"code": HIDDEN, "next": ADDRESS},
    "mfa_reauthenticate_webauthn": {"credential": HIDDEN, "next": ADDRESS},
    "account_change_password": {"oldpassword": secret(), "password1": secret()},
    "account_reset_password": {"email": email()},
    "account_reset_password_from_key": {"password1": secret()},
    "phone_link": {"pin": secret()},
    "open_code": {"code": CODE, "pin": secret()},
    "pin": {"pin": NEW_PIN},
    "pin_here": {"pin": NEW_PIN},
    "carer_pin_here": {"pin": NEW_PIN},
    "my_person": {
        **dict.fromkeys(["build", "hair", "hair_colour", "skin", "clothes", "top"], LEVEL),
        **{"preset": SCALE, "glasses": HIDDEN, "beard": HIDDEN},
    },
    "my_reminders": {"reminds_at": clock(needed=True), "new": HIDDEN},
    "my_carers": {"name": NAMES["name"]},
    "carers": {"name": NAMES["name"]},
    "handout": {"level": HIDDEN, "large": HIDDEN},
    "staff_accept": {"password": secret()},
    "staff_invite": {**NAMES, "email": email(), "role": choice(needed=True)},
    "staff_change": {**NAMES, "email": email(), "role": choice(needed=True)},
    "my_name": NAMES,
    "own_name": NAMES,
    "hand_over": {"to": choice()},
    "clinic": {
        "name": text(200, needed=True),
        "phone": Kind(("", "call us", SCRIPT, EMOJI, NUL, LONG), ("+46 8 123", "٠٨١٢٣٤")),
        "country": Kind(("XX", "Sweden", SCRIPT, NUL, LONG), ("SE", "GB"), kept=False),
        "emergency_number": Kind(("12", "ring 112", SCRIPT, EMOJI, NUL, LONG), ("112",)),
        "advice_number": Kind(("1177 or 112", SCRIPT, EMOJI, NUL, LONG), ("1177",)),
        "advice_name": Kind((LONG,), ("",)),
        "opening_hours": text(200),
        "emergency_text": text(500),
        "crisis_number": Kind(("call us", SCRIPT, EMOJI, NUL, LONG), ("", "+46 8 123", "٠٨١٢٣٤")),
        "open_0": HOURS,
        "first_0": day(),
        "last_0": day(),
        "hours_0": HOURS,
        "time_zone": Kind(("", "Mars/Base", "../../etc/passwd", SCRIPT, NUL, LONG), kept=False),
        "urgent_again_minutes": number(),
        "idle_minutes": number(needed=False),
        "pain_fine_to": number(),
        "pain_fine_rise_to": number(),
        "pain_stop_from": number(),
        "pain_rise_stop": number(),
        "pain_high": number(),
        "pain_rise_high": number(),
    },
    **{key: {"cover": SCALE, "until": day()} for key in ("cover", "staff_cover")},
    "caseload": {"q": SOUGHT, "who": HIDDEN, "show": HIDDEN, "rung": HIDDEN, "after": HIDDEN},
    "patient_new": {**WHO, "another": HIDDEN},
    "patient_edit": {**WHO, **NEXT_VISIT},
    "assign": {
        "ladder": choice(needed=True),
        "weekdays": choice(needed=True),
        "goal": choice(),
    },
    "usual_pain": {"usual_pain": SCALE},
    "usual_pain_seen": {"told": HIDDEN, "word": text(500, needed=True)},
    "pain_limits": {
        "fine_to": choice(needed=True),
        "stop_from": choice(needed=True),
        "reason": text(500, needed=True),
        "until": day(needed=True),
        "second": text(200),
    },
    "before": {"usual": HIDDEN, "before": HIDDEN},
    "my_usual_pain": {"usual": LEVEL},
    "next_visit": NEXT_VISIT,
    "visits": {"day": day(needed=True), "time": clock(), "clinician": choice(needed=True)},
    "visit_mark": {"state": HIDDEN, "back": HIDDEN},
    "visit_take_back": {"back": HIDDEN},
    "thread": {"client_id": HIDDEN, "word": text(400, needed=True), "phrases": SCALE},
    "write_to_several": {
        "client_id": HIDDEN,
        "plans": choice(),
        "word": text(400),
        "phrases": SCALE,
    },
    "letter": {
        "client_id": HIDDEN,
        "addressee": text(300, needed=True),
        "why": text(1000),
        "words": text(4000),
    },
    "record_notes": {
        "client_id": HIDDEN,
        "text": text(4000, needed=True),
        "part": choice(needed=True),
    },
    "record_note_put_right": {"client_id": HIDDEN, "text": text(4000), "part": choice(needed=True)},
    "place": {"criteria": SCALE, "note": text(500), "whole": HIDDEN, **DAYS},
    "tick": {
        "reps": number(needed=False),
        "kg": weight(),
        "seconds": number(needed=False),
        "degrees": signed(),
        "cm": signed(),
        "side": choice(),
        "why": SCALE,
        "words": text(180, needed=True),
    },
    "decide": {"seen": HIDDEN, **DAYS},
    "not_yet": {"word": WORD, "phrases": SCALE, "seen": HIDDEN},
    "withdraw": {"reason": text(500, needed=True), "to_patient": text(500)},
    "prescribe": DOSE,
    "sign_proposal": dict.fromkeys(("level", "seen", "why_more"), HIDDEN),
    "schedule": DAYS | {"weekdays": choice(needed=True), "from_day": day()},
    "goal": {"goal_rung": SCALE},
    "choose_level": {"level": LEVEL, "until": day(), "reason": text(500), **DAYS},
    "pause": {"until": day(), "reason": text(300)},
    "end": {"reason": text(500, needed=True)},
    "finding": {"fault": SCALE, "words": text(200), "seen_on": day()},
    "borrow": {"level": LEVEL, "until": day(needed=True), "reason": text(500), "at_home": HIDDEN},
    "paper": {
        "client_id": HIDDEN,
        "done_on": day(needed=True),
        "level": LEVEL,
        "sets": number(),
        "reps": number(),
        "pain": SCALE,
        "leg": SCALE,
        "side": SCALE,
        "growing": SCALE,
        "effort": SCALE,
        "reserve": choice(),
        "morning_pain": SCALE,
        "worse": SCALE,
        "note": text(1000),
    },
    "paper_week": {"level": LEVEL, "reps": number()},
    "stop_answer": {
        "action": choice(needed=True),
        "word": WORD,
        "phrases": SCALE,
        "level": SCALE,
        "look_again": SCALE,
        "look_again_on": day(),
        "until": day(),
        "away_until": day(),
        "rung": SCALE,
    },
    "looked_again": {"words": text(2000), "look_again_on": day()},
    "intake": INTAKE,
    "screening": {
        **dict.fromkeys(("no_flags", "no_precautions"), HIDDEN),
        "outcome": SCALE,
        "words": text(2000),
        "look_again_on": day(),
        "examined_on": day(),
        **dict.fromkeys(("examined_by", "travels"), text(200)),
        "finding": text(2000),
        "flag_saddle": HIDDEN,
        "note_saddle": text(500),
        "has_surgery": HIDDEN,
        "note_surgery": text(500),
        "surgery_what": text(200),
        "surgery_date": day(),
        "surgery_weight_bearing": SCALE,
        **dict.fromkeys(("hip_limit_degrees", "knees_bend"), SCALE),
        **dict.fromkeys(("hip_limit_why", "hip_limit_set_by"), text(200)),
    },
    "first_visit_who": WHO,
    "first_visit_story": INTAKE | {"ladder": HIDDEN},
    "first_visit_see": SEEN,
    "first_visit_dose": DOSE | {"pattern": choice(needed=True), "goal_rung": SCALE},
    "first_visit_hand_over": {**NEXT_VISIT, "paper": HIDDEN},
    "first_visit_draft": {
        "words": Kind((), ("", SCRIPT, EMOJI, NUL, LONG), kept=False),
        "go": HIDDEN,
    },
    "first_visit_end": {"reason": text(500, needed=True)},
    "assess": SEEN,
    "discharge": {"activity": SCALE},
    "take_up": {"word": text(500)},
    "activities": {"activity_1": text(120), "activity_2": text(120), "activity_3": text(120)},
    "draft": DRAFT,
    "log_day": SHEET,
    "my_level": {"level": LEVEL},
    "ask_review": {"words": text(500)},
    "morning": {"client_id": HIDDEN, "morning": SCALE, "worse": HIDDEN},
    "report": {
        "client_id": HIDDEN,
        "pain": TOLD,
        "kind": TOLD,
        "side-weak": TOLD,
        "growing": TOLD,
        "since": TOLD,
        "words": WORDS_OF_THE_BODY,
    },
    "my_messages": {"client_id": HIDDEN, "text": text(1000, needed=True)},
    "my_pause": {"reason": choice(needed=True), "until": day(), "words": text(294)},
    "rate": {"activity": SCALE},
    "erase": {"typed": replace(text(200, needed=True), words=False), "why": text(2000)},
    "people_list": {"file": HIDDEN, "text": HIDDEN, "keep": HIDDEN},
    **dict.fromkeys(("plan_template_new", "keep_as_template"), TEMPLATE | TEMPLATE_DOSE),
    "plan_template": TEMPLATE,
    "template_dose": TEMPLATE_DOSE,
    "template_dose_out": {"level": HIDDEN},
    **dict.fromkeys(("bands", "band"), BAND | {"kg_from": weight(), "kg_to": weight()}),
    "retention": {"years": number(), "acts": HIDDEN},
    "assess_suggest": dict.fromkeys(("fault", "words", "criterion", "rung", "reason"), HIDDEN)
    | {"level": HIDDEN},
}

#: Nothing is typed: a press, and the address says all.
_NAMES = """
account_logout borrow_end export_person finding_clear here invite_issue link_revoke
link_code link_show move my_code my_export my_messages_read my_resume pain_limits_end
people_list_out phone_end
report_take_back resume screening_nothing_new staff_deactivate staff_invite_again staff_password
staff_reactivate take_back take_back_review thread_read undo undo_answer untick
mfa_deactivate_totp mfa_generate_recovery_codes mfa_remove_webauthn staff_step_remove lock_now
sign_in_end sign_ins_end news_read
visit_feed visit_feed_end my_reminders_end
carer_end carer_link_issue carer_link_show carer_reading band_retire band_back
ladder_keep_back ladder_offer template_put_away template_back
"""
BUTTONS = {*_NAMES.split()}
