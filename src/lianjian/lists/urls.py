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
    path("matching", views.matching, name="matching"),
    path("matching/synonyms/new", views.add_synonym, name="add_synonym"),
    path("matching/synonyms/<uuid:key>/retire", views.retire_synonym, name="retire_synonym"),
    path("matching/weight", views.set_match_weight, name="set_match_weight"),
    path("verdicts/<uuid:key>/drop", views.drop_verdict, name="drop_verdict"),
    path("<uuid:key>/matches", views.matches, name="matches"),
    path("<uuid:key>/matches/<str:label>/<uuid:found>/accept", views.accept_match, name="accept_match"),
    path("<uuid:key>/matches/<str:label>/<uuid:found>/refuse", views.refuse_match, name="refuse_match"),
    path("<uuid:key>", views.item, name="item"),
    path("<uuid:key>/change", views.change, name="change"),
    path("<uuid:key>/end", views.end, name="end"),
    path("<uuid:key>/claim", views.propose, name="propose"),
    path("<uuid:key>/invite", views.invite, name="invite"),
]
