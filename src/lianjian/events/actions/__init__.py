"""Verbs on visits, meetings and venues."""

from ..rules.attendance import Said
from .attending import record_attendance, record_serving, set_results
from .booking import check_free, hold_venue
from .counting import change_count, count_booking, count_day, remove_count
from .deciding import (
    change_decision,
    decide,
    drop_decision,
    reopen_decision,
    report_task,
    settle_decision,
)
from .displays import change_display, put_up, take_down
from .door import arrive, close_door, open_door
from .feeds import end_feed, feed_of, make_feed
from .following import close_answers, follow_meeting
from .holding import Came, attach_minutes, correct_meeting, hold_meeting
from .importing import adopt_visits, import_visits
from .meetings import FIELDS as MEETING_FIELDS
from .meetings import answer_invitation, cancel_meeting, change_meeting, invite, plan_meeting, uninvite
from .moving_up import move_up, tell_moved_up
from .purposes import add_purpose, rename_purpose, retire_purpose
from .recounting import recount
from .results import (
    add_photo,
    add_question,
    add_winner,
    change_photo,
    change_question,
    remove_photo,
    remove_winner,
)
from .series import end_series, extend_series, plan_series
from .services import change_service, end_service, offer_service
from .signing import close_sign_up, open_sign_up, sign_up, sign_up_people, withdraw_sign_up
from .supervising import change_item, drop_item, reopen_item, set_item, settle_item
from .templates import FIELDS as TEMPLATE_FIELDS
from .templates import add_template, change_template, retire_template
from .topics import bodies_merge, body_ended, end_topic, remind_topics, set_topic
from .venues import FIELDS as VENUE_FIELDS
from .venues import change_venue, close_venue, open_venue, share_venue, unshare_venue
from .visits import change_visit, record_visit, withdraw_visit
from .words import add_word, retire_word

__all__ = [
    "MEETING_FIELDS",
    "TEMPLATE_FIELDS",
    "VENUE_FIELDS",
    "Came",
    "Said",
    "add_photo",
    "add_purpose",
    "add_question",
    "add_template",
    "add_winner",
    "add_word",
    "adopt_visits",
    "answer_invitation",
    "arrive",
    "attach_minutes",
    "bodies_merge",
    "body_ended",
    "cancel_meeting",
    "change_count",
    "change_decision",
    "change_display",
    "change_meeting",
    "change_photo",
    "change_question",
    "change_service",
    "change_item",
    "change_template",
    "change_venue",
    "change_visit",
    "check_free",
    "close_answers",
    "close_door",
    "close_sign_up",
    "close_venue",
    "correct_meeting",
    "count_booking",
    "count_day",
    "decide",
    "drop_decision",
    "drop_item",
    "end_feed",
    "end_series",
    "end_service",
    "end_topic",
    "extend_series",
    "feed_of",
    "follow_meeting",
    "hold_meeting",
    "hold_venue",
    "import_visits",
    "invite",
    "make_feed",
    "move_up",
    "offer_service",
    "open_door",
    "open_sign_up",
    "open_venue",
    "plan_meeting",
    "plan_series",
    "put_up",
    "record_attendance",
    "record_serving",
    "record_visit",
    "remind_topics",
    "remove_count",
    "remove_photo",
    "remove_winner",
    "rename_purpose",
    "recount",
    "reopen_decision",
    "reopen_item",
    "report_task",
    "retire_purpose",
    "retire_template",
    "retire_word",
    "set_item",
    "set_results",
    "set_topic",
    "settle_decision",
    "settle_item",
    "share_venue",
    "sign_up",
    "sign_up_people",
    "take_down",
    "tell_moved_up",
    "uninvite",
    "unshare_venue",
    "withdraw_sign_up",
    "withdraw_visit",
]
