"""Every "for so many days" of the product, in one place. Those that no source gives are clinic
defaults."""

from __future__ import annotations

from datetime import timedelta

#: For how many days a patient can log a forgotten day, or change one.
DAYS_BACK = 7
#: For how many days after an entry the morning after it can be told or changed.
MORNING_DAYS = 3
#: For how many days a clinician's word stands above the drill.
WORD_DAYS = 14
#: For how many days "train lower" is proposed.
LOWER_DAYS = 7

#: Ready by numbers: so many planned days practised, within so many days. Rungs 1 to 4, and rungs 5
#: to 7.
UNLOADED_RULE = (3, 10)
LOADED_RULE = (6, 21)
#: Ready by numbers: so many of the latest entries went well.
LAST_ENTRIES = 3
#: After so many days without practice the numbers beside a gate are old.
FRESH_DAYS = 7

#: A caseload row shows the practice of so many days.
CASELOAD_DAYS = 14
#: After so many days an unopened link is a matter for the clinic.
LINK_UNOPENED_DAYS = 3
#: A patient has gone quiet after so many planned days and so many calendar days without practice.
QUIET_PLANNED_DAYS = 3
QUIET_DAYS = 5

#: The patient's own activities are rated again after this time.
RATING_EVERY = timedelta(weeks=4)
#: The summary for a colleague shows so many weeks of practice.
SUMMARY_WEEKS = 6
#: The history shows so many weeks until all of it is asked for.
HISTORY_WEEKS = 13

#: After so many days the gate asks whether anything is new since the screening.
SCREENING_DAYS = 90
