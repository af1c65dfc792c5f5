"""The addresses of the product, with those of single sign-on."""

from django.urls import include, path

urlpatterns = [path("", include("config.urls")), path("", include("accounts.sign_on.urls"))]
