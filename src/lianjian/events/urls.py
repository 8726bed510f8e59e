"""Addresses of visits."""

from django.urls import path

from .views import visits as views

app_name = "events"
urlpatterns = [
    path("visits", views.visits, name="visits"),
    path("visits/new", views.record, name="record"),
    path("visits/whom", views.whom, name="whom"),
    path("visits/purposes", views.purposes, name="purposes"),
    path("visits/purposes/new", views.add_purpose, name="add_purpose"),
    path("visits/purposes/<uuid:key>/rename", views.rename_purpose, name="rename_purpose"),
    path("visits/purposes/<uuid:key>/retire", views.retire_purpose, name="retire_purpose"),
    path("visits/<uuid:key>", views.visit, name="visit"),
    path("visits/<uuid:key>/change", views.change, name="change"),
    path("visits/<uuid:key>/withdraw", views.withdraw, name="withdraw"),
    path("visits/<uuid:key>/files", views.upload, name="upload"),
    path("visits/<uuid:key>/files/<uuid:file_key>", views.file, name="file"),
]
