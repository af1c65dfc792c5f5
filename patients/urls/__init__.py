"""Addresses, by the person whose pages they are."""

from patients.urls import caseload, chart, judgement, library, patient, staff

urlpatterns = [
    *patient.urlpatterns,
    *caseload.urlpatterns,
    *chart.urlpatterns,
    *judgement.urlpatterns,
    *library.urlpatterns,
    *staff.urlpatterns,
]
