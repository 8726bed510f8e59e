"""Addresses of imports."""

from django.urls import path

from . import views

app_name = "sheets"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("new", views.new, name="new"),
    path("review", views.reviews, name="reviews"),
    path("review/<uuid:key>", views.review, name="review"),
    path("memory", views.memories, name="memories"),
    path("memory/<uuid:key>/forget", views.forget, name="forget"),
    path("kept", views.kept_sheets, name="kept_sheets"),
    path("kept/<uuid:key>", views.kept_sheet, name="kept_sheet"),
    path("<uuid:key>", views.import_, name="import"),
    path("<uuid:key>/match", views.match, name="match"),
    path("<uuid:key>/preview", views.preview, name="preview"),
    path("<uuid:key>/word", views.word, name="word"),
    path("<uuid:key>/commit", views.commit, name="commit"),
    path("<uuid:key>/progress", views.progress, name="progress"),
    path("<uuid:key>/resume", views.resume, name="resume"),
    path("<uuid:key>/undo", views.undo, name="undo"),
    path("<uuid:key>/problems", views.problem_list, name="problems"),
    path("<uuid:key>/file", views.file, name="file"),
]
