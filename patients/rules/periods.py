"""Every period of time in the product's rules. A period without a source is a clinic default."""

from __future__ import annotations

from datetime import timedelta

#: For how many days a patient can log a forgotten day, or change one.
DAYS_BACK = 7
#: For how many days after an entry the patient can answer about the morning after it.
MORNING_DAYS = 3
#: The hour from which on it is the morning after, and no longer the night.
MORNING_FROM = 4
#: On so many of its first planned days the words of a level stand open.
NEW_LEVEL_DAYS = 3
#: Whoever was written to in the last so many days is not proposed to be written to together with
#: others. A clinic default.
WRITTEN_LATELY_DAYS = 7
#: For how many days a clinician's words are shown above the drill.
WORD_DAYS = 14
#: For how long the clinician who decided can take a slip back by one press.
UNDO = timedelta(minutes=10)

#: For how long the patient's day tells of a carer whom the clinic named. A clinic default.
CARER_NEW = timedelta(days=7)

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
#: And whenever somebody has practised nothing for longer than so many days.
SCREENING_AWAY_DAYS = 42

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
#: With so many sets, unless it is done with fewer already: a clinic default.
MAINTENANCE_SETS = 2
#: After more than so many days without practice a lift begins lighter: a clinic default.
LIGHTER_AFTER_DAYS = 10

#: How many repetitions a set has, from and to, with a weight. A clinic default around the 8 to 12
#: of the ACSM for beginners.
WEIGHT_REPS = (8, 12)
#: The same with a band: a clinic default.
BAND_REPS = (10, 15)
#: The same on one leg, a side: a clinic default.
ONE_LEG_REPS = (6, 10)
#: Seconds of rest between two sets with load: a clinic default.
REST_SECONDS = 90
#: The guided set counts so many seconds each way where a dose says nothing of them: a clinic
#: default, the moderate pace of the ACSM.
PACE_SECONDS = 2
#: So many seconds lie between two repetitions: a clinic default.
BETWEEN_REPS_SECONDS = 1
#: So many seconds come before a set, and for changing sides: clinic defaults.
READY_SECONDS = 5
SIDES_SECONDS = 15
#: Seconds of rest that it counts where a dose says none: a clinic default.
GUIDE_REST_SECONDS = 45

#: A session counts from this share of the prescribed repetitions on, and not above the other one:
#: clinic defaults.
LOAD_SHARE = 0.8
LOAD_MORE_THAN = 1.25
#: How much more weight is usual at once: the larger of so many kilograms, a clinic default, and
#: this share, the most that the ACSM names.
STEP_KG = 2.5
STEP_SHARE = 0.1
#: The largest step that is ever proposed, where the patient owns nothing between: the larger of so
#: many kilograms and this share. A clinic default.
BIG_STEP_KG = 4.0
BIG_STEP_SHARE = 0.25
#: With a weight, so many repetitions come before such a step: a clinic default.
BIG_STEP_REPS = 15
#: A higher weight follows another one after so many days at the earliest: a clinic default.
WEIGHT_EVERY_DAYS = 7
#: The target reserve, the one that counts at least, and the one that counts with some precautions:
#: clinic defaults.
TARGET_RESERVE = 3
LEAST_RESERVE = 2
CAREFUL_RESERVE = 4
#: So many sessions at the top of the range come before more weight; more with loose joints.
TOP_SESSIONS = 2
TOP_SESSIONS_LOOSE = 3
#: Seconds at the bottom, and then on the way down, where no weight can be added: clinic defaults.
PAUSE_SECONDS = 2
SLOW_SECONDS = 4
#: After days away: the share of the weight up to so many days. Clinic defaults.
AWAY_SHARES = ((21, 0.7), (42, 0.6))
#: The share after longer than that.
AWAY_LONGEST_SHARE = 0.5
#: After days away it goes back up by this share of the weight from before at once.
RETURN_SHARE = 0.2
#: So many sets are left of a dose after days away, and at a big step.
LIGHTER_SETS = 2
#: More than so many repetitions in all, a side, are asked again: a clinic default.
MOST_REPS = 60
#: The heaviest weight that went fine is looked for in so many days.
GUARD_DAYS = 42
#: Whoever practised nothing for so many days, those away not counted, and waits for nothing of the
#: clinic, counts as stopped in the clinic's numbers. A clinic default: the days
#: after which the usual pain is unknown as well.
STOPPED_PRACTISING_DAYS = 28
