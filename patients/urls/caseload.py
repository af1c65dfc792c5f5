"""The caseload, and who comes and goes."""

from django.urls import URLPattern, path

from patients.views import caseload, people

urlpatterns: list[URLPattern] = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("patients/new/", people.patient_new, name="patient_new"),
    path("patients/<id:pk>/assign/", people.assign, name="assign"),
    path("patients/<id:pk>/invite/", people.invite, name="invite"),
    path("patients/<id:pk>/invite/issue/", people.invite_issue, name="invite_issue"),
    path("patients/<id:pk>/edit/", people.patient_edit, name="patient_edit"),
    path("patients/<id:pk>/discharge/", people.discharge, name="discharge"),
    path("patients/<id:pk>/take-back/", people.take_back, name="take_back"),
]
