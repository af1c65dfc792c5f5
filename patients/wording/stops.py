"""Stops and faults in words, for every page and note."""

from __future__ import annotations

from django.utils.translation import gettext as _

from patients.models import Finding, Stop, StopCause


def stop_in_words(stop: Stop) -> str:
    """'pain 7/10', or the name of another cause: 'weakness in the leg'."""
    if stop.cause == StopCause.PAIN and stop.practice.pain is not None:
        return _("pain {pain}/10").format(pain=stop.practice.pain)
    return stop.get_cause_display().lower()


def fault_in_words(finding: Finding) -> str:
    """The fault's name from the library, or the clinic's own words."""
    return finding.fault.name if finding.fault else finding.words
