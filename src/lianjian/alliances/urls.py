"""Addresses of alliances."""

from django.urls import path

from . import views

app_name = "alliances"
urlpatterns = [
    path("", views.alliances, name="list"),
    path("new", views.found, name="found"),
    path("count", views.count, name="count"),
    path("terms", views.terms, name="terms"),
    path("terms/<uuid:key>/retire", views.retire_term, name="retire_term"),
    path("members/<uuid:key>/leave", views.leave, name="leave"),
    path("members/<uuid:key>/drop", views.drop, name="drop"),
    path("brands/<uuid:key>", views.brand, name="brand"),
    path("<uuid:key>", views.alliance, name="alliance"),
    path("<uuid:key>/change", views.change, name="change"),
    path("<uuid:key>/members/new", views.admit, name="admit"),
    path("<uuid:key>/demonstrations/new", views.demonstration, name="demonstration"),
    path("<uuid:key>/dissolve", views.dissolve, name="dissolve"),
]
