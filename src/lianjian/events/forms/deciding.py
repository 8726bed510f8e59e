"""What is typed when a decision is recorded: with the votes, where it was put to the vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Meeting
from ..queries.attendance import voters_of
from ..rules.voting import Vote, VotesMissing
from .meetings import DecisionForm


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=99_999, required=False, help_text=help_text)


class VotedDecisionForm(DecisionForm):
    """A decision; whoever leaves the votes empty records one that was not put to the vote."""

    eligible = _number(_("应到人数"), _("有表决权、应当到会的人数。"))
    present = _number(_("实到人数"), _("其中到会的人数。"))
    yes = _number(_("赞成票数"))
    no = _number(_("反对票数"))
    abstain = _number(_("弃权票数"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        eligible, present = voters_of(meeting)
        told = gettext("没有表决的,票数不填。")
        if eligible is not None and present is not None:
            del self.fields["eligible"], self.fields["present"]
            known = gettext("按到会名单,应到 %(eligible)s 人,实到 %(present)s 人。")
            told = known % {"eligible": eligible, "present": present} + told
        elif eligible is not None:
            self.fields["eligible"].initial = eligible
        self.fields["yes"].help_text = told

    def clean(self) -> dict[str, Any]:
        """The votes together, or none; raises where votes were counted without those in favour."""
        found = super().clean() or {}
        said = {name: found.pop(name, None) for name in ("eligible", "present", "yes", "no", "abstain")}
        cast = [said[name] for name in ("yes", "no", "abstain")]
        if said["yes"] is None and any(count is not None for count in cast):
            self.add_error("yes", str(VotesMissing()))
        voted = said["yes"] is not None
        found["vote"] = (
            Vote(said["yes"], said["no"] or 0, said["abstain"] or 0, said["eligible"], said["present"])
            if voted
            else None
        )
        return found
