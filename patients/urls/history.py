"""Past practice, for the patient and for the clinic."""

from django.urls import URLPattern, path

from patients.views import history

urlpatterns: list[URLPattern] = [
    path("history/", history.history, name="history"),
    path("patients/<id:pk>/practice/", history.practice_history, name="practice_history"),
]
