"""Addresses of party life."""

from django.urls import path

from .views import applicants, found, shared, steps

app_name = "partylife"
urlpatterns = [
    path("", shared.home, name="home"),
    path("choices/<slug:what>", shared.choices, name="choices"),
    path("found", found.found_list, name="found"),
    path("found/new", found.record_found, name="record_found"),
    path("found/<uuid:key>", found.found_member, name="found_member"),
    path("found/<uuid:key>/care", found.care, name="care"),
    path("found/<uuid:key>/change", found.change_found, name="change_found"),
    path("found/<uuid:key>/withdraw", found.withdraw_found, name="withdraw_found"),
    path("applicants", applicants.applicant_list, name="applicants"),
    path("applicants/new", applicants.record_applicant, name="record_applicant"),
    path("applicants/waiting", steps.waiting, name="waiting"),
    path("applicants/dossiers", steps.dossiers, name="dossiers"),
    path("applicants/<uuid:key>", applicants.applicant, name="applicant"),
    path("applicants/<uuid:key>/change", applicants.change_applicant, name="change_applicant"),
    path("applicants/<uuid:key>/end", applicants.end_applicant, name="end_applicant"),
    path("applicants/<uuid:key>/withdraw", applicants.withdraw_applicant, name="withdraw_applicant"),
    path("applicants/<uuid:key>/steps/<int:number>", steps.step, name="step"),
    path("applicants/<uuid:key>/dossier", steps.dossier, name="dossier"),
    path("applicants/<uuid:key>/recommend", steps.recommend, name="recommend"),
    path("applicants/<uuid:key>/return", steps.return_back, name="return_applicant"),
    path("applicants/<uuid:key>/transfer", steps.transfer, name="transfer_applicant"),
    path("applicants/<uuid:key>/take-over", steps.take_over, name="take_over"),
    path("steps/<uuid:key>/correct", steps.correct, name="correct_step"),
    path("steps/<uuid:key>/strike", steps.strike, name="strike_step"),
    path("steps/<uuid:key>/filed", steps.file_paper, name="file_paper"),
    path("steps/<uuid:key>/files", steps.upload, name="step_upload"),
    path("steps/<uuid:key>/files/<uuid:file_key>", steps.paper, name="step_file"),
]
