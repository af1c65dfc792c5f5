"""Joins the addresses of the apps. Each app lists its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("patients.urls")),
    path("", include("law.urls")),
    path("", include("trail.urls")),
]
