"""Addresses of the peers."""

from django.urls import path

from . import raw, stock

urlpatterns = [
    path("stock/cases/", stock.cases, name="cases"),
    path("stock/cases/new", stock.register, name="register"),
    path("stock/cases/<uuid:key>", stock.case, name="case"),
    path("raw/cases/", raw.cases),
    path("raw/cases/<uuid:key>", raw.case),
    path("raw/cases/new", raw.register),
]
