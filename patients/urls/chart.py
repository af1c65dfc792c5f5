"""The patient's page for the clinic, and the pages that it leads to."""

from django.urls import URLPattern, path

from patients.views import assessment, chart, details, messages, record_notes

urlpatterns: list[URLPattern] = [
    path("patients/<id:pk>/", chart.chart, name="chart"),
    path("patients/<id:pk>/details/", details.details, name="details"),
    path("patients/<id:pk>/decisions/", chart.decisions, name="decisions"),
    path("patients/<id:pk>/notes/", record_notes.record_notes, name="record_notes"),
    path(
        "notes/<id:pk>/put-right/",
        record_notes.record_note_put_right,
        name="record_note_put_right",
    ),
    path("patients/<id:pk>/messages/", messages.thread, name="thread"),
    path("patients/<id:pk>/messages/read/", messages.thread_read, name="thread_read"),
    path("patients/<id:pk>/assess/", assessment.assess, name="assess"),
    path("patients/<id:pk>/assess/suggest/", assessment.assess_suggest, name="assess_suggest"),
    path("patients/<id:pk>/helps/", assessment.helps, name="helps"),
]
