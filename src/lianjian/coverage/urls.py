"""Addresses of coverage."""

from django.urls import path

from .views import caring, covering, planning, surveys

app_name = "coverage"
urlpatterns = [
    path("", covering.home, name="home"),
    path("enterprises", covering.enterprise_list, name="enterprises"),
    path("enterprises/<uuid:key>/end", covering.end_coverage, name="end_coverage"),
    path("enterprises/<uuid:key>/tier", caring.tier, name="tier"),
    path("enterprises/<uuid:key>/goal", caring.goal, name="goal"),
    path("assign", covering.assign, name="assign"),
    path("people", covering.people, name="people"),
    path("stations/<uuid:key>", covering.station, name="station"),
    path("stations/<uuid:key>/dispatch", covering.dispatch, name="dispatch"),
    path("instructors/<uuid:key>", covering.instructor, name="instructor"),
    path("memberships/<uuid:key>/end", covering.end_membership, name="end_membership"),
    path("memberships/<uuid:key>/band", covering.band, name="band"),
    path("caps", planning.caps, name="caps"),
    path("caps/new", planning.new_cap, name="new_cap"),
    path("caps/<uuid:key>/end", planning.end_cap, name="end_cap"),
    path("leaves/new", planning.new_leave, name="new_leave"),
    path("leaves/<uuid:key>/end", planning.end_leave, name="end_leave"),
    path("proposals", planning.proposals, name="proposals"),
    path("proposals/new", planning.new_proposal, name="new_proposal"),
    path("proposals/<uuid:key>", planning.proposal, name="proposal"),
    path("proposals/<uuid:key>/accept", planning.accept_rest, name="accept_rest"),
    path("proposals/<uuid:key>/confirm", planning.confirm, name="confirm"),
    path("proposals/<uuid:key>/withdraw", planning.withdraw, name="withdraw"),
    path("lines/<uuid:key>/accept", planning.accept_line, name="accept_line"),
    path("lines/<uuid:key>/refuse", planning.refuse_line, name="refuse_line"),
    path("due", caring.due, name="due"),
    path("intervals", caring.interval, name="interval"),
    path("leaders", caring.leaders, name="leaders"),
    path("leaders/new", caring.new_leader, name="new_leader"),
    path("leaders/<uuid:key>", caring.leader, name="leader"),
    path("incubation", caring.incubation, name="incubation"),
    path("surveys", surveys.surveys, name="surveys"),
    path("surveys/new", surveys.new_survey, name="new_survey"),
    path("surveys/<uuid:key>", surveys.survey, name="survey"),
    path("surveys/<uuid:key>/newcomers", surveys.newcomers, name="newcomers"),
    path("surveys/<uuid:key>/take", surveys.take_over, name="take_over"),
    path("surveys/<uuid:key>/close", surveys.close, name="close_survey"),
    path("answers", surveys.answers, name="answers"),
    path("answers/<uuid:key>", surveys.answer, name="answer"),
]
