"""The addresses of single sign-on. They exist only where the settings name a provider."""

from django.urls import path

from accounts.sign_on import views

urlpatterns = [
    path("account/sign-on/", views.begin, name="sign_on"),
    path("account/sign-on/back/", views.back, name="sign_on_back"),
]
