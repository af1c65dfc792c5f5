"""What the law asks of data about people: exports, erasure, years, and the list of patients."""

from django.urls import path

from law.views import erase, export, retention

urlpatterns = [
    path("patients/<id:pk>/export/", export.export_person, name="export_person"),
    path("me/export/", export.my_export, name="my_export"),
    path("patients/<id:pk>/erase/", erase.erase_person, name="erase"),
    path("clinic/years/", retention.retention, name="retention"),
]
