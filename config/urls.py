"""Joins the addresses of the apps. Each app lists its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("patients.urls")),
    path("", include("law.urls")),
    path("", include("trail.urls")),
]
if settings.OIDC is not None:
    urlpatterns.append(path("", include("accounts.sign_on.urls")))
handler500 = "accounts.views.unavailable.failed"
