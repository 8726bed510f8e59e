"""Addresses of files."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("", views.made, name="made"),
    path("<uuid:key>/", views.download, name="download"),
]
