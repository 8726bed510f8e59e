"""A village for the tests of refusals: whatever a case asks for is made, through the verbs, when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.events.models import Meeting
from lianjian.events.tests.meetingwork import planned
from lianjian.points import actions
from lianjian.points.models import Account, Claim, Entry, Exchange, ExchangeDay, Good, Review, Scheme
from tests.cast import NOW, TODAY, Cast

from . import work
from .work import DAY, PANEL, SWEEP

Act = Callable[[], Any]


@dataclass
class Village:
    """A village in which everything there is can be had when a case asks for it."""

    cast: Cast

    @cached_property
    def scheme(self) -> Scheme:
        self.scheme_, self.homes = work.ready(self.cast)
        return self.scheme_

    @cached_property
    def home(self) -> Account:
        assert self.scheme
        return self.homes[0]

    @cached_property
    def good(self) -> Good:
        return work.good(self.cast, self.scheme)

    @cached_property
    def day(self) -> ExchangeDay:
        return work.exchange_day(self.cast, self.scheme)

    @cached_property
    def checked(self) -> Claim:
        return work.checked(self.cast, self.scheme)[0]

    @cached_property
    def review(self) -> Review:
        assert self.checked
        return work.opened(self.cast, self.scheme)

    @cached_property
    def shown(self) -> Review:
        return work.shown(self.cast, work.voted(self.cast, self.review))

    @cached_property
    def posted(self) -> Review:
        return work.posted(self.cast, self.shown)

    @cached_property
    def earned(self) -> Entry:
        return Entry.objects.get(claim__review=self.posted)

    @cached_property
    def bought(self) -> Exchange:
        work.brought(self.cast, self.home)
        return work.exchanged(self.cast, self.day, self.home, self.good)

    @cached_property
    def foreign(self) -> Meeting:
        """A meeting that another body convened."""
        return planned(self.cast)

    @cached_property
    def own_meeting(self) -> Meeting:
        """An activity that the village convened; it is not held yet."""
        return planned(self.cast, convener=self.cast.village)

    def do(self, verb: Callable[..., Any], **more: Any) -> Act:
        """The act, still to be done; whatever it needs is there by now."""
        given = {"actor": self.cast.actor("village"), "now": NOW, **more}
        return partial(verb, **given)

    def done(self, verb: Callable[..., Any], **more: Any) -> Any:
        return self.do(verb, **more)()

    def found(self, **more: Any) -> Act:
        given = {"organization": self.cast.village, "name": "二号超市", "unit": "person", "per": "quarter"}
        return self.do(actions.found_scheme, **{**given, **more})

    def change(self, **more: Any) -> Act:
        given = {"scheme": self.scheme, "name": "新名", "per": "year"}
        return self.do(actions.change_scheme, **{**given, **more})

    def adopt(self, **more: Any) -> Act:
        on = TODAY + DAY
        given = {"items": "打扫门前 6", "decided_on": TODAY, "published_on": TODAY, "starts_on": on, "document": "决议"}
        return self.do(actions.adopt_edition, **{**given, "scheme": self.scheme, **more})

    def file(self, **more: Any) -> Act:
        given = {"item": SWEEP, "accounts": "2", "on": TODAY, "proof": "照片", "scheme": self.scheme}
        return self.do(actions.file_claims, **{**given, **more})

    def open(self, **more: Any) -> Act:
        assert self.checked
        return self.do(actions.open_review, **{"scheme": self.scheme, "on": TODAY, "jurors": PANEL, **more})

    def show(self, review: Review, **more: Any) -> Act:
        return self.do(actions.show_review, **{"review": review, "on": TODAY, "document": "记录", **more})

    def post(self, review: Review, days: int, **more: Any) -> Act:
        given = {"review": review, "on": TODAY + days * DAY, "now": NOW + days * DAY}
        return self.do(actions.post_review, **{**given, **more})

    def add(self, **more: Any) -> Act:
        assert self.good
        return self.do(actions.add_good, **{"scheme": self.scheme, "name": "毛巾", "unit": "条", "price": 6, **more})

    def move(self, **more: Any) -> Act:
        given = {"good": self.good, "kind": "bought", "quantity": 1, "on": TODAY, "document": "发票"}
        return self.do(actions.move_stock, **{**given, **more})

    def buy(self, **more: Any) -> Act:
        given = {"day": self.day, "account": self.home, "good": self.good, "quantity": 1}
        return self.do(actions.exchange, **{**given, **more})

    def given_back(self) -> Exchange:
        self.done(actions.give_back, exchange=self.bought, reason="坏的")
        return self.bought

    def spent(self) -> Entry:
        return self.bought.entries.get(kind="spent")

    def ended(self) -> Scheme:
        self.done(actions.end_scheme, scheme=self.scheme)
        return self.scheme

    def closed(self) -> Account:
        self.done(actions.close_account, account=self.home)
        return self.home

    def forgotten(self) -> Account:
        self.closed()
        late = NOW + 400 * DAY
        assert actions.forget_accounts(actor=self.cast.system(), jurisdiction_id=self.cast.town.pk, now=late) == 1
        return self.home

    def gone_good(self) -> Good:
        self.done(actions.end_good, good=self.good)
        return self.good

    def over(self) -> ExchangeDay:
        self.done(actions.close_day, day=self.day)
        return self.day

    def lasting(self) -> Scheme:
        """One that does not carry over."""
        self.done(actions.change_scheme, scheme=self.scheme, name="积分超市", per="month", carries=False)
        return self.scheme

    def brought(self) -> Entry:
        return work.brought(self.cast, self.home)

    def reversed(self) -> Entry:
        entry = self.brought()
        self.done(actions.reverse_entry, entry=entry, reason="重复")
        return entry

    def again(self) -> Account:
        """Closed; meanwhile another of the same name was opened."""
        home = self.closed()
        work.accounts(self.cast, self.scheme, [(home.name, home.group)])
        return home

    def body(self, how: str) -> Organization:
        clerk = self.cast.actor("clerk")
        made = directory.register_organization(
            actor=clerk, name="石塘村", classification="village", parent=self.cast.town_root, now=NOW
        )
        if how == "ended":
            directory.dissolve_organization(actor=clerk, organization=made, on=TODAY, now=NOW)
        else:
            directory.merge_organizations(actor=clerk, winner=self.cast.village, loser=made, now=NOW)
        return Organization.objects.get(pk=made.pk)
