"""Signals for other apps. Each is sent inside the transaction of the change."""

from django.dispatch import Signal

#: A patient's link was issued, taken back, or used for the first time. ``user``: the patient.
phone_link_changed = Signal()

#: A clinic's settings were saved. ``clinic``: the saved row; ``changed``: names of the columns that
#: have a new value.
clinic_changed = Signal()

#: A colleague's access ended, or somebody now stands in for them. ``user``: the colleague.
staff_changed = Signal()

#: An hour has passed, in the process beside the server: what has run out is deleted.
hourly = Signal()

#: `manage.py verify` checks the database. A receiver returns a list of sentences, one for each
#: difference.
verifying = Signal()
