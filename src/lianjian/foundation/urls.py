"""Addresses of the foundation."""

from django.urls import path

from . import views

app_name = "foundation"
urlpatterns = [
    path("export", views.export, name="export"),
    path("views/save", views.save_view, name="save_view"),
    path("views/drop", views.drop_view, name="drop_view"),
    path("language", views.set_language, name="language"),
    path("large-text", views.set_large_text, name="large_text"),
]
