"""The addresses of this app. ``accounts.public`` names those that open without sign-in."""

from django.urls import path, re_path, register_converter

from accounts.parsing import IdConverter
from accounts.views import (
    allauth,
    clinic,
    codes,
    cover,
    home,
    links,
    lock,
    second_step,
    sign_ins,
    staff,
)

register_converter(IdConverter, "id")

KEY = r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns = [
    path("", home.home, name="home"),
    path("me/", home.me, name="me"),
    path("me/here/", home.here, name="here"),
    path("me/name/", home.my_name, name="my_name"),
    path("me/cover/", home.cover, name="cover"),
    path("help/", home.get_help, name="get_help"),
    path("sign-ins/<id:pk>/end/", sign_ins.sign_in_end, name="sign_in_end"),
    path("me/news/read/", sign_ins.news_read, name="news_read"),
    path("sign-ins/end/", sign_ins.sign_ins_end, name="sign_ins_end"),
    # sign-in of staff, under allauth's names
    path("account/login/", allauth.login, name="account_login"),
    path("account/logout/", allauth.logout, name="account_logout"),
    path("account/inactive/", allauth.inactive, name="account_inactive"),
    path("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/password/change/", allauth.change, name="account_change_password"),
    path("account/password/reset/", allauth.reset, name="account_reset_password"),
    path("account/password/reset/done/", allauth.reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/key/done/",
        allauth.reset_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(KEY, allauth.reset_key, name="account_reset_password_from_key"),
    path("account/lock/", lock.lock, name="account_lock"),
    path("account/lock/now/", lock.lock_now, name="lock_now"),
    # the second step of staff, under allauth's names
    path("account/step/", second_step.authenticate, name="mfa_authenticate"),
    path("account/passkey/", second_step.login, name="mfa_login_webauthn"),
    path("account/passkey/ask/", second_step.ask_passkey, name="ask_passkey"),
    path("account/steps/", second_step.index, name="mfa_index"),
    path("account/steps/app/", second_step.add_app, name="mfa_activate_totp"),
    path("account/steps/app/remove/", second_step.remove_app, name="mfa_deactivate_totp"),
    path("account/steps/passkey/", second_step.add_passkey, name="mfa_add_webauthn"),
    path("account/steps/passkey/new/", second_step.new_passkey, name="new_passkey"),
    path(
        "account/steps/passkey/<id:pk>/remove/",
        second_step.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("account/steps/codes/", second_step.codes, name="mfa_view_recovery_codes"),
    path("account/steps/codes/new/", second_step.new_codes, name="mfa_generate_recovery_codes"),
    path("account/reauthenticate/code/", second_step.code_again, name="mfa_reauthenticate"),
    path(
        "account/reauthenticate/passkey/",
        second_step.passkey_again,
        name="mfa_reauthenticate_webauthn",
    ),
    # a patient's way in
    path("p/<str:token>/", links.phone_link, name="phone_link"),
    path("code/", codes.open_code, name="open_code"),
    path("me/pin/", links.pin, name="pin"),
    path("me/code/", codes.my_code, name="my_code"),
    path("phones/<id:pk>/end/", links.phone_end, name="phone_end"),
    path("people/<id:pk>/link/", links.patient_link, name="patient_link"),
    path("people/<id:pk>/link/code/", codes.link_code, name="link_code"),
    path("people/<id:pk>/link/revoke/", links.link_revoke, name="link_revoke"),
    # the owner's pages
    path("clinic/", clinic.clinic, name="clinic"),
    path("staff/", staff.staff, name="staff"),
    path("staff/invite/", staff.staff_invite, name="staff_invite"),
    path("staff/<id:pk>/invitation/", staff.staff_invitation, name="staff_invitation"),
    path("staff/<id:pk>/invite-again/", staff.staff_invite_again, name="staff_invite_again"),
    path("staff/<id:pk>/change/", staff.staff_change, name="staff_change"),
    path("staff/<id:pk>/cover/", cover.staff_cover, name="staff_cover"),
    path("staff/<id:pk>/password/", staff.staff_password, name="staff_password"),
    path("staff/<id:pk>/step/remove/", staff.staff_step_remove, name="staff_step_remove"),
    path("staff/<id:pk>/deactivate/", staff.staff_deactivate, name="staff_deactivate"),
    path("staff/<id:pk>/reactivate/", staff.staff_reactivate, name="staff_reactivate"),
    path("join/<str:token>/", staff.staff_accept, name="staff_accept"),
]
