"""Persons and steps that the tests of documents share."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from lianjian.accounts.models import User
from lianjian.directory.actors import GrantedActor
from lianjian.directory.models import Grant
from lianjian.notices import actions
from lianjian.notices.models import Document
from tests.cast import NOW, SINCE, TODAY, Cast

TITLE = "关于成立支柱产业党建联盟的通知"
TEXT = "各村、各企业:\n一、成立联盟\n成立家具产业党建联盟,按季度轮值。"
# (account, name, role): who makes the three reviews beside the people of the cast
REVIEWERS = (("editor", "文萍", "reviewer"), ("chief", "钟毅", "leader"), ("second_chief", "郭平", "leader"))


def with_reviewers(cast: Cast) -> Cast:
    """Give the town the persons whom three reviews need."""
    cast.system()
    for account, name, role in REVIEWERS:
        user, made = User.objects.get_or_create(username=account, defaults={"name": name, "password": "!"})
        if made:
            Grant.objects.create(
                jurisdiction=cast.town, user=user, role=role, organization=cast.town_root, since=SINCE
            )
        cast.users[account] = user
    return cast


def draft(cast: Cast, who: str = "handler", **more: Any) -> Document:
    """A draft of the office; of the town where the clerk writes."""
    actor: GrantedActor = cast.actor(who)
    given = {
        "issuer": cast.office if who == "handler" else cast.town_root,
        "kind": "notice",
        "title": TITLE,
        "text": TEXT,
        "made_on": TODAY,
        "audience": "public",
        "now": NOW,
        **more,
    }
    return actions.start_document(actor=actor, **given)


def submit(cast: Cast, document: Document, who: str = "handler") -> Document:
    return actions.submit_document(actor=cast.actor(who), document=document, now=NOW)


def approve(cast: Cast, document: Document, who: str, **more: Any) -> Document:
    given = {"seen": actions.seen_mark(document), "now": NOW, **more}
    return actions.approve_document(actor=cast.actor(who), document=document, **given)


def published(cast: Cast, who: str = "handler", **more: Any) -> Document:
    """Written by a department (or by the clerk), reviewed by three others."""
    with_reviewers(cast)
    document = submit(cast, draft(cast, who, **more), who)
    for reviewer in ("clerk", "editor", "chief") if who == "handler" else ("editor", "leader", "chief"):
        document = approve(cast, document, reviewer)
    return document


def drawing(colour: str = "#c8443a") -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()
