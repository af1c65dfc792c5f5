from django.urls import URLPattern, path

from patients.views import judgement, move, papers

urlpatterns: list[URLPattern] = [
    path("patients/<id:pk>/intake/", judgement.intake, name="intake"),
    path("patients/<id:pk>/assess/", judgement.assess, name="assess"),
    path("patients/<id:pk>/assess/suggest/", judgement.assess_suggest, name="assess_suggest"),
    path("patients/<id:pk>/activities/", judgement.activities, name="activities"),
    path("patients/<id:pk>/handout/", papers.handout_page, name="handout"),
    path("patients/<id:pk>/visit-note/", papers.visit_note_page, name="visit_note"),
    path("patients/<id:pk>/summary/", papers.summary_page, name="plan_summary"),
    path("patients/<id:pk>/helps/", judgement.helps, name="helps"),
    path("plans/<id:pk>/move/", move.move, name="move"),
    path("today/rate/", judgement.rate, name="rate"),
]
