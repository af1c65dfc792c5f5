"""Addresses, by the person whose pages they are."""

from patients.urls import caseload, chart, library, patient

urlpatterns = [*patient.urlpatterns, *caseload.urlpatterns, *chart.urlpatterns, *library.urlpatterns]
