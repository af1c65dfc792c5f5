"""The clinic's elastic bands."""

from django.urls import URLPattern, path

from patients.views import bands

urlpatterns: list[URLPattern] = [
    path("clinic/bands/", bands.bands, name="bands"),
    path("bands/<id:pk>/", bands.band, name="band"),
    path("bands/<id:pk>/retire/", bands.band_retire, name="band_retire"),
    path("bands/<id:pk>/back/", bands.band_back, name="band_back"),
]
