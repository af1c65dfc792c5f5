"""Addresses. Pages take the patient's id. Actions take the plan's id, so a page left open cannot
act on a newer plan."""

from patients.urls import (
    bands,
    caseload,
    chart,
    history,
    ladder,
    library,
    numbers,
    papers,
    people,
    plan,
    plan_templates,
    today,
)

urlpatterns = [
    *today.urlpatterns,
    *ladder.urlpatterns,
    *history.urlpatterns,
    *caseload.urlpatterns,
    *people.urlpatterns,
    *chart.urlpatterns,
    *plan.urlpatterns,
    *papers.urlpatterns,
    *library.urlpatterns,
    *numbers.urlpatterns,
    *bands.urlpatterns,
    *plan_templates.urlpatterns,
]
