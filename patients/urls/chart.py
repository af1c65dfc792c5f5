"""The patient's page for the clinic. What belongs to a patient goes by the patient, an act on a plan by the plan that
the page showed: a page left open while the plan ended or moved acts on no other."""

from django.urls import URLPattern, path

from patients.views import chart, findings, gate, paper, placement, plan, stops, thread

urlpatterns: list[URLPattern] = [
    path("patients/<id:pk>/", chart.chart, name="chart"),
    path("patients/<id:pk>/decisions/", chart.decisions, name="decisions"),
    path("patients/<id:pk>/practice/", chart.practice_history, name="practice_history"),
    path("patients/<id:pk>/usual-pain/", chart.usual_pain, name="usual_pain"),
    path("patients/<id:pk>/next-visit/", chart.next_visit, name="next_visit"),
    path("patients/<id:pk>/messages/", thread.thread, name="thread"),
    path("patients/<id:pk>/messages/read/", thread.thread_read, name="thread_read"),
    path("plans/<id:pk>/place/", placement.place, name="place"),
    path("plans/<id:pk>/tick/<id:criterion_pk>/", gate.tick, name="tick"),
    path("plans/<id:pk>/untick/<id:criterion_pk>/", gate.untick, name="untick"),
    path("plans/<id:pk>/rungs/<id:rung_pk>/decide/", gate.decide, name="decide"),
    path("plans/<id:pk>/rungs/<id:rung_pk>/not-yet/", gate.not_yet, name="not_yet"),
    path("plans/<id:pk>/rungs/<id:rung_pk>/withdraw/", gate.withdraw, name="withdraw"),
    path("plans/<id:pk>/prescribe/", plan.prescribe, name="prescribe"),
    path("plans/<id:pk>/days/", plan.schedule, name="schedule"),
    path("plans/<id:pk>/goal/", plan.goal, name="goal"),
    path("plans/<id:pk>/level/", plan.choose_level, name="choose_level"),
    path("plans/<id:pk>/pause/", plan.pause, name="pause"),
    path("plans/<id:pk>/resume/", plan.resume, name="resume"),
    path("plans/<id:pk>/end/", plan.end, name="end"),
    path("plans/<id:pk>/findings/", findings.finding, name="finding"),
    path("plans/<id:pk>/paper/", paper.paper, name="paper"),
    path("findings/<id:pk>/clear/", findings.finding_clear, name="finding_clear"),
    path("stops/<id:pk>/answer/", stops.stop_answer, name="stop_answer"),
]
