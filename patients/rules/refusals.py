"""The codes of refusals, each with the sentence that a person reads."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import refusals
from accounts.refusals import Refused as Refused

SENTENCES: dict[str, str | Promise] = {
    # who
    "not_the_patient": _("Only the patient themselves or their clinic can do this."),
    "staff_only": _("The lead must be a clinician of the same clinic who can sign in."),
    "finished_name": _("You have finished with {clinic}. They put your name right: call {phone}."),
    "archived": _("This patient is discharged. Take them on again first."),
    "erased": _("This person was erased. Nothing more is written about them."),
    "contact_missing": _("Say how you reached {patient} first."),
    "finding_missing": _("Write what you were told or found."),
    "look_again_in_past": _("Somebody looks again today at the earliest."),
    "sent_on": _("Nobody trains who was sent on, or only written to: choose Pause."),
    "outcome_missing": _("Say whether {patient} is cleared for training."),
    "not_cleared_pauses": _("Who is not cleared does no drill: choose Pause."),
    "examined_missing": _(
        "A call examines nobody. Write who examined {patient}, and on which day, or choose “Not"
        " cleared”."
    ),
    "examined_too_early": _("Examined on the day on which it was told, {day}, at the earliest."),
    "examined_in_future": _("The examination cannot lie in the future."),
    "contact_too_early": _("Choose a moment after it was told, {at}."),
    "spoken_without_words": _(
        "After a call {patient} trains on only with words from you: write what they may do."
    ),
    "answer_without_words": _("Write a few words: {patient} told of something that needs them."),
    "letter_too_early": _(
        "A letter is an answer once somebody tried to reach {patient} on two different days."
    ),
    "try_again_in_past": _("Choose a later moment at which somebody tries again."),
    "birth_date_impossible": _("Nobody is born on that day: it lies ahead, or too far back."),
    "number_taken": _("{number} is the number of {name} already."),
    "bad_phone": "{why}",
    "phone_comes_first": _("Write the first phone before another one."),
    "bad_email": _("Write an e-mail address such as maya@example.org, or leave it empty."),
    # screening
    "not_screened": _(
        "{patient} is not screened yet. Ask for red flags and precautions before the first drill."
    ),
    "not_cleared": _(
        "{patient} is not cleared for training. A new screening by a clinician opens it again."
    ),
    "red_flag_not_asked": _("Still to ask: {left}."),
    "red_flag_told": _(
        "Told: {told}. To clear the patient all the same, write who examined, when, and what was"
        " found."
    ),
    "travels_missing": _("Told: {told}. Write how the patient travels."),
    "no_first_visit": _("No first visit of {patient} is unfinished."),
    "visit_saved_since": _(
        "This step was saved on {at}, after this page was opened. Open it afresh to change it."
    ),
    "no_plan_yet": _("{patient} has no plan yet. Go through the steps before this one first."),
    "red_sign_waits": _(
        "Told, and waiting: {told}. Answer it first: the answer says whether {patient} is cleared."
    ),
    "words_missing": _("Write what was done, and who was told."),
    # plan
    "already_running": _("{patient} already has a running plan. End it before assigning another."),
    "taken_up_before": _("This plan was taken up again before. Take up the later one."),
    "not_a_goal": _("The goal must be a rung of this ladder."),
    "goal_below_passed": _("The goal cannot lie below a rung that is already passed."),
    "plan_ended": _("This plan has ended."),
    "template_unnamed": _("Give the template a name."),
    "template_named": _("Another template is called {template} already."),
    "template_away": _("{template} is put away. Bring it back first."),
    "too_many_templates": _("{most} templates at most. Put one away first."),
    "last_dose": _("A template keeps one dose at least, to start with."),
    "goal_below_start": _("The goal cannot lie below the rung on which the template starts."),
    "no_weekday": _("Choose at least one day of the week."),
    "days_missing": _("Choose the days of practice: they are asked for where load begins."),
    "days_running": _(
        "Load on days that follow each other: {days}. Most people need a day between. Choose other"
        " days, or keep these all the same."
    ),
    "day_in_past": _("A change of days can start today at the earliest."),
    "other_ladder": _("This belongs to another ladder."),
    "ladder_asks": _("{ladder} asks for more red flags. Screen first: {left}."),
    "not_offered": _(
        "{ladder} is offered to nobody new: {name} said so on {day}. Choose another ladder."
    ),
    "last_offered": _("{ladder} is the only ladder that is offered. Offer another one first."),
    "not_offered_word": _(
        "{ladder} is offered to nobody new. Write why {patient} goes on with it."
    ),
    "draft": _("This edition is a draft. Publish it before anybody climbs it."),
    "not_newer": _("There is no newer edition of this ladder to move to."),
    "stop_unanswered": _("A stop of {patient} waits for an answer. Answer it first."),
    # gate
    "locked": _("“{rung}” is locked: a rung opens only when every gate below it is passed."),
    "already_passed": _("{name} already passed “{rung}” on {at}."),
    "criteria_left": _("Still to tick: {left}."),
    "always_met": _("Always asked, and never set aside: {left}."),
    "too_few_met": _("At least {least} criteria must be met. What does not apply was not seen."),
    "lift_missing": _(
        "Nobody has seen a lift on “{rung}”. Prescribe a weight and wait until it is logged, or"
        " tick a criterion with the kilograms and the repetitions that you saw."
    ),
    "why_missing": _("Say why it does not apply."),
    "met_and_not": _("Ticked as met and as not applying: {both}. Choose one."),
    "bad_figure": _(
        "A figure is made of numbers: repetitions, kilograms, seconds, degrees or centimetres."
    ),
    "stale": _(
        "{name} decided on {at}, after this page was opened. Look at the page as it is now."
    ),
    "undo_over": _(
        "A slip is taken back within {minutes} minutes. After that, withdraw it with a reason."
    ),
    "undo_not_yours": _("Only {name}, who pressed it, can take it back as a slip."),
    "undo_too_late": _(
        "Somebody has already practised or decided on what it opened. Withdraw it with a reason."
    ),
    "unknown_outcome": _("A gate is either passed or not yet passed."),
    "nothing_ticked": _("Nothing is ticked yet."),
    "not_from_the_bottom": _("Place from the bottom: every criterion of “{rung}” comes first."),
    "not_passed": _("“{rung}” is not passed, so there is nothing to take back."),
    "too_high": _("Start at “{rung}” or lower: a criterion below is not ticked."),
    "reason_missing": _("Write the reason: the patient and your colleagues will ask."),
    # dose and level
    "out_of_range": _("{field} must be between {low} and {high}."),
    "load_missing": _("This drill is done with a weight. Say how many kilograms."),
    "load_not_here": _("This drill has no weight in kilograms."),
    "band_not_here": _("This drill is done without a band."),
    "band_gone": _("Choose one of your clinic’s bands."),
    "band_missing": _("A mark on the floor goes with a band: choose the band as well."),
    "band_unnamed": _("Write its colour, or what people call it here."),
    "band_named": _("Another band is called {band} already."),
    "band_keeps_its_name": _(
        "{band} was prescribed, so it keeps its name. Retire it, and add another band."
    ),
    "mark_prescribed": _("It was prescribed at mark {mark}. Its last mark is {mark} at least."),
    "pull_half_said": _("Write both numbers of the pull, or none."),
    "pull_upside_down": _("The pull cannot end below where it begins."),
    "too_many_bands": _("{most} bands at most. Retire one first."),
    "load_over_cap": _("{kg} kg at most here, as it was set. Change that first."),
    "cap_missing": _(
        "{patient} has a fragile spine: say how many kilograms at most are prescribed here."
    ),
    "load_guard": _("{why} Write why it is right all the same: it is kept with the dose."),
    "load_stale": _("Now it is: {now}. Look at the page as it is now."),
    "nothing_to_sign": _("Nothing is proposed here that needs a signature."),
    "too_many_weights": _("{most} weights of one kind at most."),
    "not_prescribed": _("Your physio prescribes this drill first."),
    "avoid_without_reason": _(
        "To avoid for {patient}: {why} Write why you prescribe it all the same."
    ),
    "avoid_prescribe_first": _(
        "To avoid for {patient}: {why} Choose another level, or prescribe this one with a reason"
        " first."
    ),
    "unknown_variant": _("Choose one of the ways of this drill, or as it is drawn."),
    "clinic_alone": _(
        "“{level}” is for the clinic alone. Say that {patient} does it at home all the same, or"
        " choose another level."
    ),
    "clinic_prescribe_first": _(
        "“{level}” is for the clinic alone. Choose another level, or prescribe it for home first."
    ),
    "not_for_you": _("Your physio has another level for you. Write or call to ask for this one."),
    "until_missing": _("Say until when: a level of a passed rung is for a while."),
    "until_in_past": _("Choose a day from today on."),
    "finding_gone": _(
        "This fault is gone, or was seen on another plan. Look at the page as it is now."
    ),
    "borrowed_loaded": _("“{level}” is with load, or on a rung with load: its gates come first."),
    "borrowed_in_reach": _("“{level}” is in reach already. Choose it as the level instead."),
    "no_remedy": _("“{level}” is no drill that the library names against this fault."),
    "borrowed_too_long": _("{days} days at most. Set it again then, if the fault still stands."),
    "already_borrowed": _("“{level}” is set for now, until {until}. End that first."),
    "borrowed_now": _(
        "Your physio asked for another drill until {until}. Write or call to change it."
    ),
    "visit_in_past": _("The next visit is today at the earliest. Leave it empty if there is none."),
    "time_without_day": _("Choose the day of this time, too."),
    "visit_taken": _("{patient} has a visit at that time already."),
    "visit_ahead": _("This visit is on {day}. It can be called off until then."),
    "visit_marked": _("{name} has already marked this visit: {state}."),
    "not_of_the_clinic": _("Choose somebody of this clinic who can sign in."),
    "goal_level": _("Choose a level of the rung that is open."),
    # findings
    "finding_empty": _("Choose a fault or describe one."),
    "day_in_future": _("The day cannot lie in the future."),
    # practice
    "bad_client_id": _("The form has lost its number. Open the page again and save once more."),
    "other_content": _(
        "This form was already saved with other content. Open the page again to change it."
    ),
    "not_yet_that_day": _(
        "{day} is still to come. Practice can be logged for today and the past seven days."
    ),
    "too_long_ago": _(
        "{day} is too long ago. Practice can be logged for today and the past seven days."
    ),
    "before_the_plan": _("{day} lies before the plan began on {start}."),
    "after_the_plan": _("The plan ended on {end}."),
    "level_locked_that_day": _("“{rung}” was not open on {day}."),
    "day_taken": _("{day} is already logged. Change that entry instead."),
    "nothing_to_correct": _("There is no such entry to correct: it may have been changed already."),
    "other_day": _("A correction keeps the day of the entry."),
    "paper_by_clinic": _("Only the clinic enters a paper log."),
    "clinic_by_paper": _("An entry made by the clinic is marked as from paper."),
    "bad_sets": _("Log 1 to 10 sets with 0 to 200 repetitions each."),
    "bad_pain": _("Pain is a number from 0 to 10."),
    "limits_out_of_order": _("Fine ends at 7 at most, and stop begins above it, at 10 at most."),
    "second_missing": _(
        "Where stop begins at 9 or 10, a second clinician agrees: write another name than yours and"
        " the patient’s."
    ),
    "until_too_late": _("Own limits end after {days} days at the latest. Set them anew then."),
    "usual_seen": _("{name} has already seen it."),
    "usual_told_again": _(
        "{patient} has told another number since. Look at the page as it is now."
    ),
    "bad_choice": _("Choose one of the answers shown."),
    "nobody_reads": _(
        "Not saved: this plan has ended. If it hurts more than usual, call {clinic} on {phone}. "
        "They want to know."
    ),
    "morning_ahead": _("The morning after {day} is still to come."),
    "morning_closed": _("The question about the morning after is closed."),
    "unknown_symptom": _("Choose one of the boxes shown."),
    "report_of_another_day": _(
        "It was told on another day, so it stays. Call {clinic} on {phone} and tell them."
    ),
    "stop_answered": _("{name} already answered on {at}."),
    "answer_taken_back": _(
        "The answer from before was taken back, so this waits again. Look at it as it is now, and"
        " answer it."
    ),
    "answer_stays": _(
        "Nothing is taken back here: an answer that withdrew a rung stays, and so does a corrected"
        " number."
    ),
    "answer_undo_over": _(
        "An answer is taken back within {minutes} minutes. After that, change the level, the pause"
        " or the days instead."
    ),
    "answer_undo_too_late": _(
        "Somebody has practised or decided since this answer, so it stays. Change the level, the"
        " pause or the days instead."
    ),
    "already_asked": _("You already asked for a review."),
    "already_complete": _("The ladder is complete: no gate is left."),
    "paused_by_clinic": _("Your physio set this pause. Write or call, and they end it with you."),
    "trains_lower": _(
        "Your physio asked for a lower level until {until}. Write or call to change it."
    ),
    "already_paused": _("Practice is already paused."),
    "not_paused": _("Practice is not paused."),
    "nothing_written": _("Write a few words first."),
    "not_your_words": _(
        "Somebody else wrote this, so you cannot change it. Ask them, or call the clinic."
    ),
    "reminders_ended": _("Your calendar has ended. Make a new address."),
    "reminders_too_late": _("The clinic has finished with you, so there is nothing to remind of."),
    "person_too_late": _("The clinic has finished with you, so the pictures stay as they are."),
    "carer_too_late": _(
        "Nobody is named after the end of treatment. Call {clinic} on {phone} about it."
    ),
    "too_many_carers": _("{most} people help already. End the access of one first."),
    "carer_of_nobody": _("Their access has ended. Name them anew."),
    "addressee_missing": _("Write to whom the letter goes."),
    "letter_put_right": _("{name} has already written another letter in its place."),
    "note_put_right": _("{name} has already put this note right. Look at it as it is now."),
}

refusals.SENTENCES.update(SENTENCES)
