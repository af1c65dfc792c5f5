"""The patient's ladder."""

from django.urls import URLPattern, path

from patients.views import about_ladder, ladder

urlpatterns: list[URLPattern] = [
    path("ladder/", ladder.ladder, name="ladder"),
    path("ladder/about/", about_ladder.about_ladder, name="about_ladder"),
    path("ladder/<id:position>/", ladder.rung_page, name="rung_page"),
    path("ladder/<id:position>/<slug:slug>/", ladder.level_page, name="level_page"),
]
