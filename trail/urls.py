"""The pages of the trail."""

from django.urls import URLPattern, path

from trail import views

urlpatterns: list[URLPattern] = [
    path("patients/<id:pk>/trail/", views.record_trail, name="record_trail"),
    path("clinic/trail/", views.clinic_trail, name="clinic_trail"),
    path("me/looked/", views.who_looked, name="who_looked"),
]
