"""What other apps may want to hear of, sent inside the transaction that changed it."""

from django.dispatch import Signal

#: A patient's link was issued, taken back, or used for the first time. ``user``: the patient.
phone_link_changed = Signal()

#: A clinic's settings were saved. ``clinic``: as it is now; ``changed``: names of the columns that
#: have another value than before.
clinic_changed = Signal()
