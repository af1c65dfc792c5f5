"""The owner's pages for the staff, and the page on which a colleague accepts an invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import limits, mail, proof, qr, second_step
from accounts import staff as verbs
from accounts.forms.staff import AcceptForm, InviteForm
from accounts.http import StaffRequest, owner_required, posted, see_other
from accounts.models import User
from accounts.refusals import Refused
from accounts.views.outcomes import settled
from accounts.views.secret_address import secret_address


@require_GET
@owner_required
def staff(request: StaffRequest) -> HttpResponse:
    people = User.objects.staff_of(request.user.clinic).order_by("-is_active", "name")
    return render(request, "accounts/staff.html", {"people": people})


@require_http_methods(["GET", "POST"])
@owner_required
def staff_invite(request: StaffRequest) -> HttpResponse:
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with limits.address_tried(request, request.user):
                user = verbs.invite(
                    clinic=request.user.clinic, by=request.user, **form.cleaned_data
                )
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            return _invited(request, user)
    return render(
        request, "accounts/staff_invite.html", {"form": form}, status=422 if form.errors else 200
    )


def _invited(request: StaffRequest, user: User) -> HttpResponse:
    sent = mail.send_invitation(user, by=request.user)
    if not mail.leaves_the_house():
        messages.warning(
            request,
            _("No mail server is set: the mail lies in var/mail. Hand over the link below."),
        )
    elif sent:
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": user.email}
        )
    else:
        messages.warning(
            request, _("The mail could not be sent. Hand over the link below yourself.")
        )
    return see_other("staff_invitation", user.pk)


def _colleague(request: StaffRequest, pk: int) -> User:
    return get_object_or_404(User.objects.staff_of(request.user.clinic), pk=pk)


@require_GET
@owner_required
def staff_invitation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the link for a colleague who has not joined yet, to copy or to scan."""
    person = get_object_or_404(
        User.objects.staff_of(request.user.clinic).filter(invited_at__isnull=False), pk=pk
    )
    address = verbs.invitation_url(person)
    until = person.invited_at + verbs.LIFETIME if person.invited_at else None
    context = {"person": person, "address": address, "qr": qr.data_uri(address), "until": until}
    return render(request, "accounts/staff_invitation.html", context)


@require_POST
@owner_required
def staff_invite_again(request: StaffRequest, pk: int) -> HttpResponse:
    person = _colleague(request, pk)
    try:
        fresh = verbs.invite_again(user=person, by=request.user)
    except Refused as refused:
        return _refused(request, refused)
    return _invited(request, fresh)


@require_http_methods(["GET", "POST"])
@owner_required
def staff_change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a colleague’s names, e-mail and role. The page also makes a link for a password."""
    person = _colleague(request, pk)
    form = InviteForm(
        posted(request), initial={name: getattr(person, name) for name in InviteForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with limits.address_tried(request, request.user):
                fresh = _amend(user=person, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("role" if refused.code == "last_owner" else "email", str(refused))
        else:
            return _changed(request, person, fresh)
    context = {"form": form, "person": person, "steps": second_step.steps_of(person)}
    return render(
        request, "accounts/staff_change.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def _amend(*, user: User, by: User, name: str, formal_name: str, email: str, role: str) -> User:
    named = verbs.put_names_right(user=user, by=by, name=name, formal_name=formal_name)
    return verbs.amend(user=named, by=by, email=email, role=role)


def _changed(request: StaffRequest, before: User, after: User) -> HttpResponse:
    if after.email != before.email and before.invited_at is None:
        mail.send_email_changed(after, old=before.email or "", by=request.user)
    if after.invited_at != before.invited_at:
        return _invited(request, after)
    messages.success(request, _("Saved."))
    if after.email != before.email:
        messages.success(
            request, _("%(name)s signs in with the new e-mail from now on.") % {"name": after.name}
        )
    return see_other("staff" if after.is_owner or after != request.user else "home")


@require_POST
@owner_required
def staff_password(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a link for a colleague who forgot the password. Only this page shows it, once."""
    person = _colleague(request, pk)
    try:
        address = verbs.password_url(user=person, by=request.user)
    except Refused as refused:
        return _refused(request, refused)
    days = verbs.PASSWORD_LIFETIME.days
    context = {"person": person, "address": address, "qr": qr.data_uri(address), "days": days}
    return render(request, "accounts/staff_password.html", context)


@require_POST
@owner_required
def staff_step_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take away the second step of a colleague who lost the phone, and tell them by mail."""
    person = _colleague(request, pk)
    try:
        second_step.remove(user=person, by=request.user)
    except Refused as refused:
        return _refused(request, refused)
    mail.send_step_removed(person, by=request.user)
    messages.success(
        request, _("%(name)s signs in with the password alone now.") % {"name": person.name}
    )
    return see_other("staff")


@require_POST
@owner_required
def staff_deactivate(request: StaffRequest, pk: int) -> HttpResponse:
    person = _colleague(request, pk)
    try:
        verbs.deactivate(user=person, by=request.user)
    except Refused as refused:
        return _refused(request, refused)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.name})
    return see_other("staff")


@require_POST
@owner_required
def staff_reactivate(request: StaffRequest, pk: int) -> HttpResponse:
    person = _colleague(request, pk)
    try:
        fresh = verbs.reactivate(user=person, by=request.user)
    except Refused as refused:
        return _refused(request, refused)
    if fresh.invited_at:
        return _invited(request, fresh)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return see_other("staff")


def _refused(request: StaffRequest, refused: Refused) -> HttpResponse:
    people = User.objects.staff_of(request.user.clinic).order_by("-is_active", "name")
    return render(
        request, "accounts/staff.html", {"people": people, "problem": str(refused)}, status=422
    )


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@secret_address
def staff_accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let the invited colleague choose a password, and sign them in. GET changes nothing."""
    invited = verbs.peek(token)
    if invited is None:
        return render(request, "accounts/staff_accept_dead.html", status=410)
    form = AcceptForm(posted(request), user=invited)
    if request.user.is_authenticated:
        status = 403 if request.method == "POST" else 200
        return render(
            request, "accounts/staff_accept_other.html", {"invited": invited}, status=status
        )
    if request.method == "POST" and form.is_valid():
        try:
            joined = verbs.accept(token=token, password=form.cleaned_data["password"])
        except Refused:
            return render(request, "accounts/staff_accept_dead.html", status=410)
        # By allauth’s stages, so the clinic’s second step is asked for here too.
        proof.by_password(request, joined)
        return settled(perform_login(request, joined, email=joined.email))
    context = {"form": form, "invited": invited}
    return render(
        request, "accounts/staff_accept.html", context, status=422 if form.errors else 200
    )
