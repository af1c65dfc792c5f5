"""Every period of time in the product's rules. A period without a source is a clinic default."""

from __future__ import annotations

from datetime import timedelta

#: For how many days a patient can log a forgotten day, or change one.
DAYS_BACK = 7
#: For how many days after an entry the patient can answer about the morning after it.
MORNING_DAYS = 3
#: The hour from which on it is the morning after, and no longer the night.
MORNING_FROM = 4
#: For how many days a clinician's words are shown above the drill.
WORD_DAYS = 14
#: For how long the clinician who decided can take a slip back by one press.
UNDO = timedelta(minutes=10)

#: In how many days somebody looks again after an answer, as it is proposed: after a sign in a leg
#: or something urgent, and after pain. Clinic defaults.
LOOK_AGAIN_AFTER_A_LEG = timedelta(days=1)
LOOK_AGAIN_AFTER_PAIN = timedelta(days=3)
#: For how many days "train lower" is proposed.
LOWER_DAYS = 7

#: A level borrowed from a locked rung ends after so many days at the latest; so many are proposed.
#: Clinic defaults.
BORROWED_DAYS = 14
BORROWED_PROPOSED_DAYS = 7

#: After a stop below the high pain so many easier days are offered at most: a clinic default.
EASIER_DAYS = 5

#: Ready by numbers: (planned days practised, within how many days), without and with a load.
UNLOADED_RULE = (3, 10)
LOADED_RULE = (6, 21)
#: Ready by numbers: how many of the latest entries must have gone well.
LAST_ENTRIES = 3
#: After how many days without practice the evidence beside a gate is marked as old.
FRESH_DAYS = 7

#: For how many days a row of the caseload shows practice.
CASELOAD_DAYS = 14
#: After how many days the caseload reports a link that the patient has not opened.
LINK_UNOPENED_DAYS = 3
#: A patient has gone quiet after both so many planned days and so many calendar days without
#: practice.
QUIET_PLANNED_DAYS = 3
QUIET_DAYS = 5

#: The usual pain is asked again after so many days, and unknown after so many more.
USUAL_EVERY_DAYS = 14
USUAL_KNOWN_DAYS = 28
#: A usual pain of so many points above the lowest of the days before waits for a clinician's look.
USUAL_RISE = 2
USUAL_LOWEST_DAYS = 42

#: From this usual pain on, the pain before practice is asked each time.
BEFORE_FROM = 4

#: A patient's own pain limits end after so many days, unless a clinician sets an earlier end.
OWN_LIMITS_DAYS = 90
#: From this usual pain on, own limits are offered.
OWN_LIMITS_FROM = 8

#: The patient's own activities are rated again after this time.
RATING_EVERY = timedelta(weeks=4)
#: How many weeks of practice the summary for a colleague shows.
SUMMARY_WEEKS = 6
#: How many weeks the history shows until the reader asks for all of it.
HISTORY_WEEKS = 13
#: For how many days a report stands in front on the chart.
REPORTED_DAYS = 14

#: After so many days the gate asks whether anything is new since the screening.
SCREENING_DAYS = 90

#: A mail that did not leave is tried again after this time, then after twice as long, and so on.
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
#: After this time without a sign of life from a sender, or with a mail that is due, people are told
#: that mails do not leave.
MAIL_LATE = timedelta(minutes=5)

#: The oldest that somebody can be whose birth date is believed, in years.
OLDEST_AGE = 120

#: On how many days a week somebody practises who keeps what they have reached: a clinic default.
MAINTENANCE_DAYS = 2
#: After more than so many days without practice a lift begins lighter: a clinic default.
LIGHTER_AFTER_DAYS = 10
