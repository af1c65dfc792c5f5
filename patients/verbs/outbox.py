"""The verbs of mails about stops: write them, call them off, and note what became of them.

The verb of a stop writes its mails in its own transaction. ``patients.notices`` sends them later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.db import Error, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.database_away import is_away
from accounts.models import User
from patients.models import Outbox, Patient, SenderBeat, Stop
from patients.models.outbox import HOUR, hour_of
from patients.rules.periods import FIRST_WAIT, LONGEST_WAIT
from patients.standing.mailing import due_mails
from patients.standing.working_time import after_working_time


def post(patient: Patient) -> None:
    """Write the mails about everything that waits at a patient. Those written before stay.

    Call this inside the verb's transaction, after a stop was made, and after somebody else may have
    become the one to write to.
    """
    waiting = list(Stop.objects.unanswered().filter(patient=patient).order_by("at"))
    if not waiting:
        return
    patient = Patient.objects.select_related("clinic", "lead__cover").get(pk=patient.pk)
    staff = list(User.objects.staff_of(patient.clinic).filter(is_active=True))
    for stop in waiting:
        due = due_mails(patient, stop.urgency, stop.at, timezone.now(), staff)
        _write(patient, stop.urgency, stop.at, due)


def post_for_each(patients: QuerySet[Patient]) -> None:
    """Write the mails about everything that waits at any of these patients."""
    stops = Stop.objects.unanswered().filter(patient__in=patients)
    for patient in Patient.objects.filter(pk__in=stops.values("patient")).order_by("pk"):
        post(patient)


def after_staff(sender: object, user: User, **kwargs: object) -> None:
    """Receives ``accounts.signals.staff_changed``: others may have to hear of what waits."""
    post_for_each(Patient.objects.filter(lead=user))


def _write(patient: Patient, urgency: str, since: datetime, due: Mapping[User, datetime]) -> None:
    """Write the mails that are missing about a matter that waits ``since`` a moment."""
    now = timezone.now()
    written: dict[int, dict[int, Outbox]] = defaultdict(dict)
    rows = Outbox.objects.filter(patient=patient, urgency=urgency)
    for mail in rows.filter(hour__gte=hour_of(since)) | rows.waiting():
        written[mail.to_id][mail.hour] = mail
    missing: list[Outbox] = []
    for user, moment in due.items():
        own = written[user.pk]
        moment = max(moment, now)
        if any(_tells(mail, since, moment) for mail in own.values()):
            continue
        while (taken := own.get(hour_of(moment))) is not None and taken.sent is not None:
            moment = _next_hour(moment)
        mail = Outbox.at(moment, to=user, clinic=patient.clinic, patient=patient, urgency=urgency)
        if taken is None:
            missing.append(mail)
        else:
            mail.pk = taken.pk
            mail.save(force_update=True)
    Outbox.objects.bulk_create(missing, ignore_conflicts=True)


def _tells(mail: Outbox, since: datetime, moment: datetime) -> bool:
    """Whether a mail tells of what waits ``since`` then, at the latest at ``moment``.

    A mail from before tells of it too while nobody has looked.
    """
    if mail.sent is not None:
        return mail.opened is None or mail.sent >= since
    return mail.over is None and mail.due <= moment


def _next_hour(moment: datetime) -> datetime:
    return datetime.fromtimestamp((hour_of(moment) + 1) * HOUR, UTC)


def call_off(patient: Patient) -> None:
    """Take back the mails of a patient about what no longer waits.

    Call this inside the verb's transaction, after an answer.
    """
    now = timezone.now()
    stops = Stop.objects.unanswered().filter(patient=patient)
    waiting = {stop.urgency for stop in stops}
    mails = Outbox.objects.filter(patient=patient).exclude(urgency__in=waiting)
    mails.waiting().update(over=now)
    mails.not_opened().update(opened=now)


def note_opened(patient: Patient) -> None:
    """Note that a clinician looks at a patient, so that no mail is repeated.

    It writes only when there is something to note, since it is called by pages. They are shown all
    the same while nobody can write: then a mail too many is sent.
    """
    mails = Outbox.objects.filter(patient=patient).not_opened()
    if not mails.exists():
        return
    try:
        mails.update(opened=timezone.now())
    except Error as error:
        if not is_away(error):
            raise


def claim(*, mail: Outbox, now: datetime) -> bool:
    """Take a mail on, unless another sender has done so since it was read."""
    same = Outbox.objects.due(now).filter(pk=mail.pk, claimed=mail.claimed)
    return same.update(claimed=now) == 1


@transaction.atomic
def note_sent(*, mail: Outbox) -> None:
    """Note that a mail has left. An urgent one is written again, due after a while of working time.

    Sent twice, it is repeated once.
    """
    now = timezone.now()
    Outbox.objects.filter(pk=mail.pk).update(sent=now, over=None)
    if not mail.is_urgent:
        return
    again = timedelta(minutes=mail.clinic.urgent_again_minutes)
    due = after_working_time(now, again, mail.clinic)
    repeated = Outbox.at(due, repeats=mail.repeats + 1)
    for name in ("to", "clinic", "patient", "kind", "urgency"):
        setattr(repeated, name, getattr(mail, name))
    Outbox.objects.bulk_create([repeated], ignore_conflicts=True)


def note_needless(*, mail: Outbox) -> None:
    """Note that a mail need not leave."""
    Outbox.objects.filter(pk=mail.pk).waiting().update(over=timezone.now())


@transaction.atomic
def note_failed(*, mail: Outbox, hung: bool) -> None:
    """Note that a mail did not leave. Each time the next try is later, up to a limit.

    ``hung``: the server did not answer in time. The other mails of the clinic then wait as well, so
    that they do not keep the senders from those of other clinics.
    """
    now = timezone.now()
    then = now + min(FIRST_WAIT * 2 ** min(mail.tries, 16), LONGEST_WAIT)
    mails = Outbox.objects.filter(pk=mail.pk)
    mails.update(claimed=None, tries=F("tries") + 1, next_try=then)
    if hung:
        Outbox.objects.due(now).filter(clinic=mail.clinic).update(next_try=then)


def note_alive() -> None:
    """Note that a sender runs."""
    SenderBeat.objects.update_or_create(pk=SenderBeat.ONLY, defaults={"at": timezone.now()})
