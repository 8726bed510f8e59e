"""Addresses of the directory."""

from django.urls import path

from .views import merging, organizations, people, places

app_name = "directory"
urlpatterns = [
    path("organizations", organizations.organizations, name="organizations"),
    path("organizations/ended", organizations.ended, name="ended"),
    path("organizations/new", organizations.register, name="register"),
    path("organizations/<uuid:key>", organizations.organization, name="organization"),
    path("organizations/<uuid:key>/change", organizations.change, name="change"),
    path("organizations/<uuid:key>/move", organizations.move, name="move"),
    path("organizations/<uuid:key>/dissolve", organizations.dissolve, name="dissolve"),
    path("organizations/<uuid:key>/link", organizations.link, name="link"),
    path("organizations/<uuid:key>/alias", organizations.alias, name="alias"),
    path("organizations/<uuid:key>/year", organizations.year, name="year"),
    path("organizations/<uuid:key>/member", organizations.member, name="member"),
    path("organizations/<uuid:key>/merge", merging.choose, name="choose_merge"),
    path("organizations/<uuid:key>/merge/<uuid:other>", merging.merge, name="merge"),
    path("links/<uuid:key>/end", organizations.end_link, name="end_link"),
    path("memberships/<uuid:key>/end", organizations.end_member, name="end_member"),
    path("doubles", merging.pairs, name="pairs"),
    path("doubles/search", merging.search_pairs, name="search_pairs"),
    path("doubles/<uuid:key>/different", merging.different, name="different"),
    path("merges/<uuid:key>/undo", merging.unmerge, name="unmerge"),
    path("people", people.people, name="people"),
    path("people/new", people.register_person, name="register_person"),
    path("people/lookup", places.lookup_person, name="lookup_person"),
    path("people/<uuid:key>", people.person, name="person"),
    path("people/<uuid:key>/change", people.change_person, name="change_person"),
    path("people/<uuid:key>/role", people.role, name="role"),
    path("people/<uuid:key>/unmask", people.unmask, name="unmask"),
    path("lookup", places.lookup, name="lookup"),
    path("tree", places.tree, name="tree"),
    path("tree/<uuid:key>", places.branch, name="branch"),
    path("map", places.map_, name="map"),
    path("map/shapes", places.shapes, name="shapes"),
    path("map/upload", places.upload_shape, name="upload_shape"),
    path("map/shapes/<int:pk>/drop", places.drop_shape, name="drop_shape"),
    path("tables", places.public_tables, name="tables"),
    path("tables/areas", places.load_areas, name="load_areas"),
    path("tables/industries", places.load_industries, name="load_industries"),
]
