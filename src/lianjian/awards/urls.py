"""Addresses of awards."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "awards"

urlpatterns = [
    path("", views.schemes, name="schemes"),
    path("new", views.found_scheme, name="found_scheme"),
    path("rounds", views.rounds, name="rounds"),
    path("<uuid:key>", views.scheme, name="scheme"),
    path("<uuid:key>/change", views.change_scheme, name="change_scheme"),
    path("<uuid:key>/end", views.end_scheme, name="end_scheme"),
    path("<uuid:key>/rounds/new", views.open_round, name="open_round"),
    path("rounds/<uuid:key>", views.round_, name="round"),
    path("rounds/<uuid:key>/paper", views.paper, name="paper"),
    path("rounds/<uuid:key>/nominees/new", views.nominate, name="nominate"),
    path("rounds/<uuid:key>/show", views.show_round, name="show_round"),
    path("rounds/<uuid:key>/reopen", views.reopen_round, name="reopen_round"),
    path("rounds/<uuid:key>/decide", views.decide_round, name="decide_round"),
    path("rounds/<uuid:key>/vacant", views.leave_vacant, name="leave_vacant"),
    path("rounds/<uuid:key>/call-off", views.call_off_round, name="call_off_round"),
    path("nominees/<uuid:key>/check", views.check_nominee, name="check_nominee"),
    path("nominees/<uuid:key>/strike", views.strike_nominee, name="strike_nominee"),
]
