"""Addresses of documents."""

from django.urls import path

from .views import documents, flow, pictures

app_name = "documents"
urlpatterns = [
    path("", documents.documents, name="list"),
    path("register", documents.register, name="register"),
    path("waiting", documents.waiting, name="waiting"),
    path("new", documents.new, name="new"),
    path("subjects", documents.subject_choices, name="subjects"),
    path("opinions/<uuid:key>/answer", flow.answer, name="answer"),
    path("opinions/<uuid:key>/settle", flow.settle, name="settle"),
    path("<uuid:key>", documents.document, name="document"),
    path("<uuid:key>/paper", documents.paper, name="paper"),
    path("<uuid:key>/files", documents.upload, name="upload"),
    path("<uuid:key>/files/<uuid:file_key>", documents.file, name="file"),
    path("<uuid:key>/files/<uuid:file_key>/remove", documents.remove, name="remove"),
    path("<uuid:key>/pictures/new", pictures.add_picture, name="add_picture"),
    path("<uuid:key>/pictures/<uuid:file_key>", pictures.picture, name="picture"),
    path("<uuid:key>/pictures/<uuid:file_key>/change", pictures.change_picture, name="change_picture"),
    path("<uuid:key>/change", documents.change, name="change"),
    path("<uuid:key>/hide", documents.hide, name="hide"),
    path("<uuid:key>/link", documents.link, name="link"),
    path("<uuid:key>/unlink", documents.unlink, name="unlink"),
    path("<uuid:key>/submit", flow.submit, name="submit"),
    path("<uuid:key>/review", flow.review, name="review"),
    path("<uuid:key>/publish", flow.publish, name="publish"),
    path("<uuid:key>/take-back", flow.take_back, name="take_back"),
    path("<uuid:key>/drop", flow.drop, name="drop"),
    path("<uuid:key>/take-down", flow.take_down, name="take_down"),
    path("<uuid:key>/consult", flow.consult, name="consult"),
]
