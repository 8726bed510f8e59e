"""Addresses of coverage."""

from django.urls import path

from . import views

app_name = "coverage"
urlpatterns = [
    path("", views.home, name="home"),
    path("enterprises", views.enterprise_list, name="enterprises"),
    path("enterprises/<uuid:key>/end", views.end_coverage, name="end_coverage"),
    path("assign", views.assign, name="assign"),
    path("people", views.people, name="people"),
    path("stations/<uuid:key>", views.station, name="station"),
    path("stations/<uuid:key>/dispatch", views.dispatch, name="dispatch"),
    path("instructors/<uuid:key>", views.instructor, name="instructor"),
    path("memberships/<uuid:key>/end", views.end_membership, name="end_membership"),
]
