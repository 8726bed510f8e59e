"""Addresses of the portal: short ones for anybody, others for the office."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import entrances, exchange, following, notices, open311, telling


class Form(StringConverter):
    """The form of an answer, at the end of an address of Open311."""

    regex = "json|xml"


register_converter(Form, "form")

app_name = "portal"
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:key>", notices.notice, name="notice"),
    path("notices/<uuid:key>/paper", notices.paper, name="notice_paper"),
    path("notices/<uuid:key>/files/<uuid:file_key>", notices.file, name="notice_file"),
    path("notices/<uuid:key>/pictures/<uuid:file_key>", notices.picture, name="notice_picture"),
    path("p/", telling.start, name="start"),
    path("p/follow", following.follow, name="follow"),
    path("p/follow/<str:number>", following.case, name="case"),
    path("p/follow/<str:number>/<slug:move>", following.move, name="move"),
    path("p/lists", exchange.items, name="items"),
    path("p/lists/<uuid:key>", exchange.item, name="item"),
    path("open311/v2/discovery.<form:form>", open311.discovery, name="open311"),
    path("open311/v2/services.<form:form>", open311.services, name="open311_services"),
    path("open311/v2/services/<path:code>.<form:form>", open311.service, name="open311_service"),
    path("open311/v2/requests.<form:form>", open311.requests, name="open311_requests"),
    path("open311/v2/requests/<str:number>.<form:form>", open311.one, name="open311_request"),
    path("p/<slug:code>", telling.report, name="report"),
    path("portal/entrances", entrances.entrances, name="entrances"),
    path("portal/entrances/new", entrances.entrance, name="entrance"),
    path("portal/entrances/<uuid:key>", entrances.paper, name="paper"),
    path("portal/entrances/<uuid:key>/retire", entrances.retire, name="retire"),
    path("portal/bodies", entrances.bodies, name="bodies"),
]
