"""Addresses of cases."""

from django.urls import path

from .views import cases, catalogue, filing, office, settling

app_name = "cases"
urlpatterns = [
    path("", cases.cases, name="list"),
    path("new", filing.register, name="register"),
    path("whom", filing.whom, name="whom"),
    path("villages", filing.villages, name="villages"),
    path("accusable", filing.accusable, name="accusable"),
    path("analysis", office.look, name="analysis"),
    path("units", filing.units, name="units"),
    path("routing", office.routing, name="routing"),
    path("categories/new", office.category, name="category"),
    path("categories/<path:code>/change", office.change_category, name="change_category"),
    path("categories/<path:code>/retire", office.retire_category, name="retire_category"),
    path("categories/<path:code>/questions", office.question, name="question"),
    path("questions/<uuid:key>/retire", office.retire_question, name="retire_question"),
    path("routing/<uuid:key>/drop", office.drop_route, name="drop_route"),
    path("templates", catalogue.templates, name="templates"),
    path("templates/new", catalogue.template, name="template"),
    path("templates/<uuid:key>", catalogue.change_template, name="change_template"),
    path("templates/<uuid:key>/retire", catalogue.retire_template, name="retire_template"),
    path("services", catalogue.services, name="services"),
    path("services/new", catalogue.service, name="service"),
    path("services/<uuid:key>", catalogue.change_service, name="change_service"),
    path("services/<uuid:key>/retire", catalogue.retire_service, name="retire_service"),
    path("hearings", settling.hearings, name="hearings"),
    path("hearings/new", settling.plan_hearing, name="plan_hearing"),
    path("hearings/<uuid:key>", settling.hearing, name="hearing"),
    path("hearings/<uuid:key>/paper", settling.hearing_paper, name="hearing_paper"),
    path("hearings/<uuid:key>/conclude", settling.conclude, name="conclude_hearing"),
    path("hearings/<uuid:key>/cancel", settling.cancel_hearing, name="cancel_hearing"),
    path("visits/new", filing.visit_with_needs, name="visit_with_needs"),
    path("visits/<uuid:key>/new", filing.at_visit, name="at_visit"),
    path("<uuid:key>", cases.case, name="case"),
    path("<uuid:key>/paper", cases.paper, name="paper"),
    path("<uuid:key>/files", cases.upload, name="upload"),
    path("<uuid:key>/files/<uuid:file_key>", cases.file, name="file"),
    path("<uuid:key>/call-backs/new", cases.call_back, name="call_back"),
    path("<uuid:key>/mediation/<slug:act>", settling.mediate, name="mediate"),
    path("<uuid:key>/measures/new", cases.measure, name="measure"),
    path("<uuid:key>/measures/<uuid:measure>/withdraw", cases.withdraw_measure, name="withdraw_measure"),
    path("<uuid:key>/handovers/<uuid:held>/<slug:act>", cases.handover, name="handover"),
    path("<uuid:key>/<slug:move>", cases.move, name="move"),
]
