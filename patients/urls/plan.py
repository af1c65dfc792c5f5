"""Actions on a plan: the gate, the dose, the days, findings, stops, and a newer edition."""

from django.urls import URLPattern, path

from patients.views import (
    borrowing,
    findings,
    gate,
    move_edition,
    paper_log,
    placement,
    plan,
    prescribing,
    stops,
)

urlpatterns: list[URLPattern] = [
    path("plans/<id:pk>/place/", placement.place, name="place"),
    path("plans/<id:pk>/tick/<id:criterion_pk>/", gate.tick, name="tick"),
    path("plans/<id:pk>/untick/<id:criterion_pk>/", gate.untick, name="untick"),
    path("plans/<id:pk>/rungs/<id:rung_pk>/decide/", gate.decide, name="decide"),
    path("plans/<id:pk>/rungs/<id:rung_pk>/not-yet/", gate.not_yet, name="not_yet"),
    path("plans/<id:pk>/reviews/<id:review_pk>/undo/", gate.undo, name="undo"),
    path("plans/<id:pk>/rungs/<id:rung_pk>/withdraw/", gate.withdraw, name="withdraw"),
    path("plans/<id:pk>/prescribe/", prescribing.prescribe, name="prescribe"),
    path("plans/<id:pk>/sign-load/", prescribing.sign_proposal, name="sign_proposal"),
    path("plans/<id:pk>/days/", plan.schedule, name="schedule"),
    path("plans/<id:pk>/goal/", plan.goal, name="goal"),
    path("plans/<id:pk>/level/", plan.choose_level, name="choose_level"),
    path("plans/<id:pk>/pause/", plan.pause, name="pause"),
    path("plans/<id:pk>/resume/", plan.resume, name="resume"),
    path("plans/<id:pk>/end/", plan.end, name="end"),
    path("plans/<id:pk>/take-up/", plan.take_up, name="take_up"),
    path("plans/<id:pk>/findings/", findings.finding, name="finding"),
    path("plans/<id:pk>/paper/", paper_log.paper, name="paper"),
    path("plans/<id:pk>/paper/week/", paper_log.paper_week, name="paper_week"),
    path("plans/<id:pk>/move/", move_edition.move, name="move"),
    path("findings/<id:pk>/clear/", findings.finding_clear, name="finding_clear"),
    path("findings/<id:pk>/borrow/", borrowing.borrow, name="borrow"),
    path("plans/<id:pk>/borrowed/end/", borrowing.borrow_end, name="borrow_end"),
    path("stops/<id:pk>/answer/", stops.stop_answer, name="stop_answer"),
    path("stops/<id:pk>/undo/", stops.undo_answer, name="undo_answer"),
    path("patients/<id:pk>/looked/", stops.looked_again, name="looked_again"),
]
