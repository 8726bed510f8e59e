"""What is typed when a decision is recorded: with the votes, where it was put to the vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Decision, Meeting
from ..queries.attendance import voters_of
from ..rules.voting import Vote, VotesMissing
from .meetings import DecisionForm, ReasonForm


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=99_999, required=False, help_text=help_text)


class VotesForm(forms.Form):
    """The votes; the numbers of people only where no list says them."""

    eligible = _number(_("应到人数"), _("有表决权、应当到会的人数。"))
    present = _number(_("实到人数"), _("其中到会的人数。"))
    yes = _number(_("赞成票数"))
    no = _number(_("反对票数"))
    abstain = _number(_("弃权票数"))

    def ask(self, meeting: Meeting, note: str) -> None:
        """Leave out what the list says, and tell it."""
        eligible, present = voters_of(meeting)
        if eligible is not None and present is not None:
            del self.fields["eligible"], self.fields["present"]
            known = gettext("按到会名单,应到 %(eligible)s 人,实到 %(present)s 人。")
            note = known % {"eligible": eligible, "present": present} + note
        elif eligible is not None:
            self.fields["eligible"].initial = eligible
        self.fields["yes"].help_text = note

    def vote_in(self, found: dict[str, Any]) -> Vote | None:
        """Take the votes out of what was typed; an error where votes were counted without those in favour."""
        said = {name: found.pop(name, None) for name in ("eligible", "present", "yes", "no", "abstain")}
        cast = [said[name] for name in ("yes", "no", "abstain")]
        if said["yes"] is None:
            if any(count is not None for count in cast):
                self.add_error("yes", str(VotesMissing()))
            return None
        return Vote(said["yes"], said["no"] or 0, said["abstain"] or 0, said["eligible"], said["present"])


class VotedDecisionForm(DecisionForm, VotesForm):
    """A decision; whoever leaves the votes empty records one that was not put to the vote."""

    field_order = ("text", "organizations", "due_on", "eligible", "present", "yes", "no", "abstain")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.ask(meeting, gettext("没有表决的,票数不填。"))

    def clean(self) -> dict[str, Any]:
        """The votes together, or none."""
        found = super().clean() or {}
        found["vote"] = self.vote_in(found)
        return found


class RecountForm(VotesForm, ReasonForm):
    """The votes as they should have been written down, and why."""

    field_order = ("eligible", "present", "yes", "no", "abstain", "reason")

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        names = ("eligible", "present", "yes", "no", "abstain")
        super().__init__(*args, initial={name: getattr(decision, name) for name in names}, **kwargs)
        self.ask(decision.meeting, "")
        self.fields["yes"].required = True
        self.fields["yes"].error_messages["required"] = str(VotesMissing())

    def clean(self) -> dict[str, Any]:
        """The votes together."""
        found = super().clean() or {}
        found["vote"] = self.vote_in(found)
        return found
