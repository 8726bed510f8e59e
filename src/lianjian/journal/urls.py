"""Addresses of the journal."""

from django.urls import path

from . import views

app_name = "journal"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("export", views.export, name="export"),
    path("heads", views.heads, name="heads"),
    path("heads/<int:number>.json", views.anchor, name="anchor"),
    path("<uuid:place>/<int:seq>", views.entry, name="entry"),
    path("<uuid:place>/<int:seq>/erase", views.erase, name="erase"),
]
