"""Addresses of the four lists."""

from django.urls import path

from . import views

app_name = "lists"
urlpatterns = [
    path("", views.items, name="list"),
    path("new", views.publish, name="publish"),
    path("claims", views.claims, name="claims"),
    path("claims/<uuid:key>", views.claim, name="claim"),
    path("claims/<uuid:key>/<slug:side>/outcome", views.outcome, name="outcome"),
    path("claims/<uuid:key>/<slug:side>/<slug:act>", views.move, name="move"),
    path("outcomes/<uuid:key>/withdraw", views.withdraw_outcome, name="withdraw_outcome"),
    path("editions", views.editions, name="editions"),
    path("editions/new", views.issue, name="issue"),
    path("editions/<uuid:key>", views.edition, name="edition"),
    path("editions/<uuid:key>/paper", views.edition_paper, name="edition_paper"),
    path("editions/<uuid:key>/table", views.edition_table, name="edition_table"),
    path("<uuid:key>", views.item, name="item"),
    path("<uuid:key>/change", views.change, name="change"),
    path("<uuid:key>/end", views.end, name="end"),
    path("<uuid:key>/claim", views.propose, name="propose"),
    path("<uuid:key>/invite", views.invite, name="invite"),
]
