"""Pages to print or copy: the handout, the visit note, and the summary for a colleague."""

from django.urls import URLPattern, path

from patients.views import letters, papers

urlpatterns: list[URLPattern] = [
    path("patients/<id:pk>/handout/", papers.handout_page, name="handout"),
    path("patients/<id:pk>/visit-note/", papers.visit_note_page, name="visit_note"),
    path("patients/<id:pk>/summary/", papers.summary_page, name="plan_summary"),
    path("patients/<id:pk>/letter/", letters.letter, name="letter"),
    path("letters/<id:pk>/", letters.written_letter, name="written_letter"),
]
