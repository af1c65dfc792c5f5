"""Taking a patient on, inviting and discharging them, and what the clinic notes about them."""

from django.urls import URLPattern, path

from patients.views import (
    activities,
    carer_link,
    carers,
    drawn,
    invite,
    pain_limits,
    people,
    screening,
    usual_pain,
)

urlpatterns: list[URLPattern] = [
    path("patients/new/", people.patient_new, name="patient_new"),
    path("patients/<id:pk>/assign/", people.assign, name="assign"),
    path("patients/<id:pk>/invite/", invite.invite, name="invite"),
    path("patients/<id:pk>/invite/issue/", invite.invite_issue, name="invite_issue"),
    path("patients/<id:pk>/invite/show/", invite.link_show, name="link_show"),
    path("patients/<id:pk>/invite/pin/", invite.pin_here, name="pin_here"),
    path("me/pictures/", drawn.my_person, name="my_person"),
    path("me/carers/", carers.my_carers, name="my_carers"),
    path("patients/<id:pk>/carers/", carers.carers, name="carers"),
    path("carers/<id:pk>/end/", carers.carer_end, name="carer_end"),
    path("carers/<id:pk>/reading/", carers.carer_reading, name="carer_reading"),
    path("carers/<id:pk>/link/", carer_link.carer_link, name="carer_link"),
    path("carers/<id:pk>/link/issue/", carer_link.carer_link_issue, name="carer_link_issue"),
    path("carers/<id:pk>/link/show/", carer_link.carer_link_show, name="carer_link_show"),
    path("carers/<id:pk>/link/pin/", carer_link.carer_pin_here, name="carer_pin_here"),
    path("patients/<id:pk>/edit/", people.patient_edit, name="patient_edit"),
    path("patients/<id:pk>/screening/", screening.screening, name="screening"),
    path(
        "patients/<id:pk>/screening/nothing-new/",
        screening.nothing_new,
        name="screening_nothing_new",
    ),
    path("patients/<id:pk>/intake/", people.intake, name="intake"),
    path("patients/<id:pk>/usual-pain/", usual_pain.usual_pain, name="usual_pain"),
    path("patients/<id:pk>/usual-pain/seen/", usual_pain.seen, name="usual_pain_seen"),
    path("patients/<id:pk>/pain-limits/", pain_limits.pain_limits, name="pain_limits"),
    path("patients/<id:pk>/pain-limits/end/", pain_limits.end, name="pain_limits_end"),
    path("patients/<id:pk>/next-visit/", people.next_visit, name="next_visit"),
    path("patients/<id:pk>/activities/", activities.activities, name="activities"),
    path("patients/<id:pk>/discharge/", people.discharge, name="discharge"),
    path("patients/<id:pk>/take-back/", people.take_back, name="take_back"),
]
