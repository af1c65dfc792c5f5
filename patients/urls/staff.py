from django.urls import URLPattern, path

from patients.views import handover

urlpatterns: list[URLPattern] = [
    path("staff/<id:pk>/hand-over/", handover.hand_over, name="hand_over"),
]
