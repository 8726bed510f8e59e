"""Addresses of the inbox."""

from django.urls import path

from .views import inbox

app_name = "notices"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read-all/", inbox.read_all, name="read_all"),
    path("<uuid:key>/", inbox.open_message, name="open"),
]
