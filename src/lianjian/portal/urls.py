"""Addresses of the portal: short ones for anybody, others for the office."""

from django.urls import path

from .views import entrances, following, telling

app_name = "portal"
urlpatterns = [
    path("p/", telling.start, name="start"),
    path("p/follow", following.follow, name="follow"),
    path("p/follow/<str:number>", following.case, name="case"),
    path("p/follow/<str:number>/<slug:move>", following.move, name="move"),
    path("p/<slug:code>", telling.report, name="report"),
    path("portal/entrances", entrances.entrances, name="entrances"),
    path("portal/entrances/new", entrances.entrance, name="entrance"),
    path("portal/entrances/<uuid:key>", entrances.paper, name="paper"),
    path("portal/entrances/<uuid:key>/retire", entrances.retire, name="retire"),
    path("portal/bodies", entrances.bodies, name="bodies"),
]
