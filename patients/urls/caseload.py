"""The caseload, and the hand-over of a colleague's patients."""

from django.urls import URLPattern, path

from patients.views import caseload, handover, write_to

urlpatterns: list[URLPattern] = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/<slug:to>/write/", write_to.write_to_several, name="write_to_several"),
    path("staff/<id:pk>/hand-over/", handover.hand_over, name="hand_over"),
]
