"""Addresses of figures and reports."""

from django.urls import path

from . import report_views, views

app_name = "insight"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("reports/", report_views.reports, name="reports"),
    path("reports/<slug:name>/", report_views.report, name="report"),
    path("<slug:code>/", views.figure, name="figure"),
    path("<slug:code>/places/", views.places, name="places"),
    path("<slug:code>/freeze", views.freeze, name="freeze"),
    path("<slug:code>/restate", views.restate, name="restate"),
]
