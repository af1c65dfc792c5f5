"""The Today page and its actions, the log, the pause and the patient's messages."""

from django.urls import URLPattern, path, register_converter

from accounts.parsing import DayConverter
from patients.views import (
    activities,
    before,
    log_day,
    messages,
    morning,
    names,
    read_first,
    reports,
    today,
    usual_pain,
)

register_converter(DayConverter, "day")

urlpatterns: list[URLPattern] = [
    path("today/", today.today, name="today"),
    path("today/sets/", log_day.draft, name="draft"),
    path("today/level/", today.my_level, name="my_level"),
    path("today/review/", today.ask_review, name="ask_review"),
    path("today/review/take-back/", today.take_back_review, name="take_back_review"),
    path("today/how/", reports.report, name="report"),
    path("today/how/<id:pk>/take-back/", reports.report_take_back, name="report_take_back"),
    path("today/rate/", activities.rate, name="rate"),
    path("today/before/", before.before, name="before"),
    path("name/", names.own_name, name="own_name"),
    path("today/usual-pain/", usual_pain.my_usual_pain, name="my_usual_pain"),
    path("log/<day:day>/", log_day.log_day, name="log_day"),
    path("log/<id:pk>/morning/", morning.morning, name="morning"),
    path("pause/", today.my_pause, name="my_pause"),
    path("pause/end/", today.my_resume, name="my_resume"),
    path("messages/", messages.my_messages, name="my_messages"),
    path("messages/read/", messages.my_messages_read, name="my_messages_read"),
    path("read-first/", read_first.read_first, name="read_first"),
]
