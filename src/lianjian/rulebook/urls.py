"""Addresses of rules and the calendar."""

from django.urls import path

from . import views

app_name = "rulebook"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("paper", views.paper, name="paper"),
    path("law/<str:code>/", views.law, name="law"),
    path("days/", views.days, name="days"),
    path("days/load/", views.load_days, name="load_days"),
    path("evaluations/<uuid:key>/", views.evaluation, name="evaluation"),
    path("profiles/", views.profiles, name="profiles"),
    path("profiles/choose/", views.choose_profile, name="choose_profile"),
    path("local/ended/<uuid:key>/", views.end_local, name="end_local"),
    path("local/<str:code>/", views.local_rule, name="local_rule"),
]
