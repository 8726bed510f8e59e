"""Addresses of party life."""

from django.urls import path

from . import views

app_name = "partylife"
urlpatterns = [
    path("", views.home, name="home"),
    path("choices/<slug:what>", views.choices, name="choices"),
    path("found", views.found_list, name="found"),
    path("found/new", views.record_found, name="record_found"),
    path("found/<uuid:key>", views.found_member, name="found_member"),
    path("found/<uuid:key>/care", views.care, name="care"),
    path("found/<uuid:key>/change", views.change_found, name="change_found"),
    path("found/<uuid:key>/withdraw", views.withdraw_found, name="withdraw_found"),
    path("applicants", views.applicant_list, name="applicants"),
    path("applicants/new", views.record_applicant, name="record_applicant"),
    path("applicants/<uuid:key>", views.applicant, name="applicant"),
    path("applicants/<uuid:key>/step", views.step, name="step"),
    path("applicants/<uuid:key>/change", views.change_applicant, name="change_applicant"),
    path("applicants/<uuid:key>/end", views.end_applicant, name="end_applicant"),
    path("applicants/<uuid:key>/withdraw", views.withdraw_applicant, name="withdraw_applicant"),
]
