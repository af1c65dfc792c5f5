"""The filter that writes rows of the caseload."""

from __future__ import annotations

from django import template

from patients.caseload.markup import rows_in_html

register = template.Library()
register.filter("caseload_rows", rows_in_html)
