from django.urls import URLPattern, path

from patients.views import judgement, move, papers

urlpatterns: list[URLPattern] = [
    path("patients/<int:pk>/intake/", judgement.intake, name="intake"),
    path("patients/<int:pk>/assess/", judgement.assess, name="assess"),
    path("patients/<int:pk>/assess/suggest/", judgement.assess_suggest, name="assess_suggest"),
    path("patients/<int:pk>/activities/", judgement.activities, name="activities"),
    path("patients/<int:pk>/handout/", papers.handout_page, name="handout"),
    path("patients/<int:pk>/visit-note/", papers.visit_note_page, name="visit_note"),
    path("patients/<int:pk>/summary/", papers.summary_page, name="plan_summary"),
    path("patients/<int:pk>/helps/", judgement.helps, name="helps"),
    path("plans/<int:pk>/move/", move.move, name="move"),
    path("today/rate/", judgement.rate, name="rate"),
]
