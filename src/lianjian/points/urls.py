"""Addresses of points."""

from __future__ import annotations

from django.urls import path

from .views import exchanging, gathering, standing

app_name = "points"

urlpatterns = [
    path("", standing.schemes, name="schemes"),
    path("new", standing.found_scheme, name="found_scheme"),
    path("accounts", standing.accounts, name="accounts"),
    path("claims", gathering.claims, name="claims"),
    path("days", exchanging.days, name="days"),
    path("<uuid:key>", standing.scheme, name="scheme"),
    path("<uuid:key>/change", standing.change_scheme, name="change_scheme"),
    path("<uuid:key>/end", standing.end_scheme, name="end_scheme"),
    path("<uuid:key>/resume", standing.resume_scheme, name="resume_scheme"),
    path("<uuid:key>/board", standing.board, name="board"),
    path("<uuid:key>/editions/new", standing.adopt_edition, name="adopt_edition"),
    path("editions/<uuid:key>/withdraw", standing.withdraw_edition, name="withdraw_edition"),
    path("<uuid:key>/accounts/new", standing.open_accounts, name="open_accounts"),
    path("<uuid:key>/clear", standing.clear_year, name="clear_year"),
    path("accounts/<uuid:key>", standing.account, name="account"),
    path("accounts/<uuid:key>/change", standing.rename_account, name="rename_account"),
    path("accounts/<uuid:key>/close", standing.close_account, name="close_account"),
    path("accounts/<uuid:key>/restore", standing.restore_account, name="restore_account"),
    path("accounts/<uuid:key>/bring", standing.bring_balance, name="bring_balance"),
    path("entries/<uuid:key>/reverse", standing.reverse_entry, name="reverse_entry"),
    path("<uuid:key>/claims/new", gathering.file_claims, name="file_claims"),
    path("<uuid:key>/claims/check", gathering.check_claims, name="check_claims"),
    path("claims/<uuid:key>", gathering.claim, name="claim"),
    path("claims/<uuid:key>/withdraw", gathering.withdraw_claim, name="withdraw_claim"),
    path("claims/<uuid:key>/refuse", gathering.refuse_claim, name="refuse_claim"),
    path("<uuid:key>/reviews/new", gathering.open_review, name="open_review"),
    path("reviews/<uuid:key>", gathering.review, name="review"),
    path("reviews/<uuid:key>/paper", gathering.paper, name="review_paper"),
    path("reviews/<uuid:key>/votes", gathering.vote_on_claims, name="vote_on_claims"),
    path("reviews/<uuid:key>/show", gathering.show_review, name="show_review"),
    path("reviews/<uuid:key>/reopen", gathering.reopen_review, name="reopen_review"),
    path("reviews/<uuid:key>/post", gathering.post_review, name="post_review"),
    path("reviews/<uuid:key>/call-off", gathering.call_off_review, name="call_off_review"),
    path("<uuid:key>/goods/new", exchanging.add_good, name="add_good"),
    path("goods/<uuid:key>", exchanging.good, name="good"),
    path("goods/<uuid:key>/change", exchanging.change_good, name="change_good"),
    path("goods/<uuid:key>/end", exchanging.end_good, name="end_good"),
    path("goods/<uuid:key>/restore", exchanging.restore_good, name="restore_good"),
    path("goods/<uuid:key>/stock", exchanging.move_stock, name="move_stock"),
    path("<uuid:key>/days/new", exchanging.open_day, name="open_day"),
    path("days/<uuid:key>", exchanging.day, name="day"),
    path("days/<uuid:key>/paper", exchanging.paper, name="day_paper"),
    path("days/<uuid:key>/exchange", exchanging.exchange, name="exchange"),
    path("days/<uuid:key>/close", exchanging.close_day, name="close_day"),
    path("days/<uuid:key>/reopen", exchanging.reopen_day, name="reopen_day"),
    path("days/<uuid:key>/call-off", exchanging.call_off_day, name="call_off_day"),
    path("exchanges/<uuid:key>/back", exchanging.give_back, name="give_back"),
]
