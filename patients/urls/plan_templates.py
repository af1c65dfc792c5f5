"""The clinic's plan templates."""

from django.urls import URLPattern, path

from patients.views import plan_templates as views

urlpatterns: list[URLPattern] = [
    path("templates/", views.plan_templates, name="plan_templates"),
    path("templates/new/", views.plan_template_new, name="plan_template_new"),
    path("templates/<id:pk>/", views.plan_template, name="plan_template"),
    path("templates/<id:pk>/dose/", views.template_dose, name="template_dose"),
    path("templates/<id:pk>/dose/out/", views.template_dose_out, name="template_dose_out"),
    path("templates/<id:pk>/put-away/", views.template_put_away, name="template_put_away"),
    path("templates/<id:pk>/back/", views.template_back, name="template_back"),
    path("plans/<id:pk>/keep/", views.keep_as_template, name="keep_as_template"),
]
