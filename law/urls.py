"""What the law asks of data about people: exports, erasure, years, and the list of patients."""

from django.urls import path

from law.views import erase, export, people_list, retention

urlpatterns = [
    path("patients/<id:pk>/export/", export.export_person, name="export_person"),
    path("me/export/", export.my_export, name="my_export"),
    path("patients/<id:pk>/erase/", erase.erase_person, name="erase"),
    path("clinic/patients/", people_list.people_list, name="people_list"),
    path(
        "clinic/patients/template/",
        people_list.people_list_template,
        name="people_list_template",
    ),
    path("clinic/patients/out/", people_list.people_list_out, name="people_list_out"),
    path("clinic/years/", retention.retention, name="retention"),
]
