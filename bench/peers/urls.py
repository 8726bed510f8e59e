"""Addresses of the peers."""

from django.urls import path

from . import raw, rawlist, stock

urlpatterns = [
    path("stock/cases/", stock.cases, name="cases"),
    path("stock/cases/new", stock.register, name="register"),
    path("stock/cases/<uuid:key>", stock.case, name="case"),
    path("raw/cases/", rawlist.cases),
    path("raw/table/", rawlist.table),
    path("raw/cases/<uuid:key>", raw.case),
    path("raw/cases/new", raw.register),
]
