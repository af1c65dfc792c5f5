from django.urls import URLPattern, path, register_converter

from accounts.reading import DayConverter
from patients.views import patient, patient_history, patient_ladder, patient_log, patient_morning

register_converter(DayConverter, "day")

urlpatterns: list[URLPattern] = [
    path("today/", patient.today, name="today"),
    path("today/sets/", patient_log.draft, name="draft"),
    path("today/level/", patient.my_level, name="my_level"),
    path("today/review/", patient.ask_review, name="ask_review"),
    path("log/<day:day>/", patient_log.log_day, name="log_day"),
    path("log/<id:pk>/morning/", patient_morning.morning, name="morning"),
    path("today/review/take-back/", patient.take_back_review, name="take_back_review"),
    path("pause/", patient.my_pause, name="my_pause"),
    path("pause/end/", patient.my_resume, name="my_resume"),
    path("messages/", patient.my_messages, name="my_messages"),
    path("messages/read/", patient.my_messages_read, name="my_messages_read"),
    path("ladder/", patient_ladder.ladder, name="ladder"),
    path("ladder/<id:position>/", patient_ladder.rung_page, name="rung_page"),
    path("ladder/<id:position>/<slug:slug>/", patient_ladder.level_page, name="level_page"),
    path("history/", patient_history.history, name="history"),
]
