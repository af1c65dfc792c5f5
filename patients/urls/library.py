"""The library of drills and ladders."""

from django.urls import URLPattern, path

from patients.views import library

urlpatterns: list[URLPattern] = [
    path("drills/", library.library, name="library"),
    path("drills/<slug:slug>/", library.library_drill, name="library_drill"),
    path("ladders/<slug:slug>/", library.library_ladder, name="library_ladder"),
    path("ladders/<slug:slug>/keep-back/", library.ladder_keep_back, name="ladder_keep_back"),
    path("ladders/<slug:slug>/offer/", library.ladder_offer, name="ladder_offer"),
]
