"""Addresses of duties."""

from django.urls import path

from . import views

app_name = "duties"
urlpatterns = [
    path("", views.mine, name="list"),
    path("all/", views.all_open, name="all"),
    path("done/", views.done, name="done"),
]
