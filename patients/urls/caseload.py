"""The caseload, and the hand-over of a colleague's patients."""

from django.urls import URLPattern, path

from patients.views import caseload, handover

urlpatterns: list[URLPattern] = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("staff/<id:pk>/hand-over/", handover.hand_over, name="hand_over"),
]
