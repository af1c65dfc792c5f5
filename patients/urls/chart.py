"""The patient's page for the clinic. What belongs to a patient goes by the patient, an act on a plan by the plan that
the page showed: a page left open while the plan ended or moved acts on no other."""

from django.urls import URLPattern, path

from patients.views import chart, findings, gate, paper, placement, plan, stops, thread

urlpatterns: list[URLPattern] = [
    path("patients/<int:pk>/", chart.chart, name="chart"),
    path("patients/<int:pk>/decisions/", chart.decisions, name="decisions"),
    path("patients/<int:pk>/practice/", chart.practice_history, name="practice_history"),
    path("patients/<int:pk>/usual-pain/", chart.usual_pain, name="usual_pain"),
    path("patients/<int:pk>/next-visit/", chart.next_visit, name="next_visit"),
    path("patients/<int:pk>/messages/", thread.thread, name="thread"),
    path("patients/<int:pk>/messages/read/", thread.thread_read, name="thread_read"),
    path("plans/<int:pk>/place/", placement.place, name="place"),
    path("plans/<int:pk>/tick/<int:criterion_pk>/", gate.tick, name="tick"),
    path("plans/<int:pk>/untick/<int:criterion_pk>/", gate.untick, name="untick"),
    path("plans/<int:pk>/rungs/<int:rung_pk>/decide/", gate.decide, name="decide"),
    path("plans/<int:pk>/rungs/<int:rung_pk>/not-yet/", gate.not_yet, name="not_yet"),
    path("plans/<int:pk>/rungs/<int:rung_pk>/withdraw/", gate.withdraw, name="withdraw"),
    path("plans/<int:pk>/prescribe/", plan.prescribe, name="prescribe"),
    path("plans/<int:pk>/days/", plan.schedule, name="schedule"),
    path("plans/<int:pk>/goal/", plan.goal, name="goal"),
    path("plans/<int:pk>/level/", plan.choose_level, name="choose_level"),
    path("plans/<int:pk>/pause/", plan.pause, name="pause"),
    path("plans/<int:pk>/resume/", plan.resume, name="resume"),
    path("plans/<int:pk>/end/", plan.end, name="end"),
    path("plans/<int:pk>/findings/", findings.finding, name="finding"),
    path("plans/<int:pk>/paper/", paper.paper, name="paper"),
    path("findings/<int:pk>/clear/", findings.finding_clear, name="finding_clear"),
    path("stops/<int:pk>/answer/", stops.stop_answer, name="stop_answer"),
]
