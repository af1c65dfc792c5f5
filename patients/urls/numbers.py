"""The numbers of the clinic, as pictures and as files."""

from django.urls import URLPattern, path

from patients.views import numbers

urlpatterns: list[URLPattern] = [
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/file/", numbers.numbers_file, name="numbers_file"),
]
