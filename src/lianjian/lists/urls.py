"""Addresses of the four lists."""

from django.urls import path

from .views import claims, editions, items, matching

app_name = "lists"
urlpatterns = [
    path("", items.items, name="list"),
    path("new", items.publish, name="publish"),
    path("claims", claims.claims, name="claims"),
    path("claims/<uuid:key>", claims.claim, name="claim"),
    path("claims/<uuid:key>/<slug:side>/outcome", claims.outcome, name="outcome"),
    path("claims/<uuid:key>/<slug:side>/<slug:act>", claims.move, name="move"),
    path("outcomes/<uuid:key>/withdraw", claims.withdraw_outcome, name="withdraw_outcome"),
    path("editions", editions.editions, name="editions"),
    path("editions/new", editions.issue, name="issue"),
    path("editions/<uuid:key>", editions.edition, name="edition"),
    path("editions/<uuid:key>/paper", editions.edition_paper, name="edition_paper"),
    path("editions/<uuid:key>/table", editions.edition_table, name="edition_table"),
    path("matching", matching.matching, name="matching"),
    path("matching/synonyms/new", matching.add_synonym, name="add_synonym"),
    path("matching/synonyms/<uuid:key>/retire", matching.retire_synonym, name="retire_synonym"),
    path("matching/weight", matching.set_match_weight, name="set_match_weight"),
    path("verdicts/<uuid:key>/drop", matching.drop_verdict, name="drop_verdict"),
    path("<uuid:key>/matches", matching.matches, name="matches"),
    path("<uuid:key>/matches/<str:label>/<uuid:found>/accept", matching.accept_match, name="accept_match"),
    path("<uuid:key>/matches/<str:label>/<uuid:found>/refuse", matching.refuse_match, name="refuse_match"),
    path("<uuid:key>", items.item, name="item"),
    path("<uuid:key>/change", items.change, name="change"),
    path("<uuid:key>/end", items.end, name="end"),
    path("<uuid:key>/claim", claims.propose, name="propose"),
    path("<uuid:key>/invite", claims.invite, name="invite"),
]
