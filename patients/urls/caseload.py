"""The caseload, and the hand-over of a colleague's patients."""

from django.urls import URLPattern, path

from patients.views import caseload, day, handover, visit_feed, write_to

urlpatterns: list[URLPattern] = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("visits/", day.todays_visits, name="todays_visits"),
    path("me/calendar/", visit_feed.visit_feed, name="visit_feed"),
    path("me/calendar/end/", visit_feed.visit_feed_end, name="visit_feed_end"),
    path("calendar/<str:token>/visits.ics", visit_feed.visit_feed_file, name="visit_feed_file"),
    path("caseload/<slug:to>/write/", write_to.write_to_several, name="write_to_several"),
    path("staff/<id:pk>/hand-over/", handover.hand_over, name="hand_over"),
]
