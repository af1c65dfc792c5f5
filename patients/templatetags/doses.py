"""Filters that put the parts of a dose into words for the patient's pages."""

from __future__ import annotations

from django import template

from patients.wording.dosage import band_in_words, sets_in_words

register = template.Library()
register.filter("amount", sets_in_words)
register.filter("band", band_in_words)
