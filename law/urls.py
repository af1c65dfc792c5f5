"""What the law asks of data about people: exports, erasure, years, and the list of patients."""

from django.urls import path

from law.views import export

urlpatterns = [
    path("patients/<id:pk>/export/", export.export_person, name="export_person"),
    path("me/export/", export.my_export, name="my_export"),
]
