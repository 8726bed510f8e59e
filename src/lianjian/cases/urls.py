"""Addresses of cases."""

from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("", views.cases, name="list"),
    path("new", views.register, name="register"),
    path("whom", views.whom, name="whom"),
    path("villages", views.villages, name="villages"),
    path("units", views.units, name="units"),
    path("routing", views.routing, name="routing"),
    path("categories/new", views.category, name="category"),
    path("categories/<path:code>/change", views.change_category, name="change_category"),
    path("categories/<path:code>/retire", views.retire_category, name="retire_category"),
    path("visits/new", views.visit_with_needs, name="visit_with_needs"),
    path("visits/<uuid:key>/new", views.at_visit, name="at_visit"),
    path("<uuid:key>", views.case, name="case"),
    path("<uuid:key>/paper", views.paper, name="paper"),
    path("<uuid:key>/files", views.upload, name="upload"),
    path("<uuid:key>/files/<uuid:file_key>", views.file, name="file"),
    path("<uuid:key>/measures/new", views.measure, name="measure"),
    path("<uuid:key>/measures/<uuid:measure>/withdraw", views.withdraw_measure, name="withdraw_measure"),
    path("<uuid:key>/handovers/<uuid:held>/<slug:act>", views.handover, name="handover"),
    path("<uuid:key>/<slug:move>", views.move, name="move"),
]
