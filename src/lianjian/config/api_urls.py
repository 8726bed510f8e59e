"""Addresses of the programming interface."""

from django.urls import path

from .api import api

urlpatterns = [path("", api.urls)]
