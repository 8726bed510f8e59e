"""Send messages and mark them read; write, review, publish and take down documents."""

from ..queries.checks import WORDS
from .consulting import answer_opinion, consult, settle_opinion
from .drafting import (
    attach_to_document,
    change_document,
    drop_document,
    hide_numbers,
    link_document,
    remove_from_document,
    start_document,
    unlink_document,
)
from .flow import (
    approve_document,
    publish_document,
    report_hindered,
    return_document,
    seen_mark,
    submit_document,
    take_back_document,
    take_down,
)
from .messages import (
    Note,
    check_url,
    deliver_export,
    forget_old,
    mark_all_read,
    mark_read,
    notify,
    notify_all,
)
from .picturing import add_picture, change_picture

__all__ = [
    "WORDS",
    "Note",
    "add_picture",
    "answer_opinion",
    "approve_document",
    "attach_to_document",
    "change_document",
    "change_picture",
    "check_url",
    "consult",
    "deliver_export",
    "drop_document",
    "forget_old",
    "hide_numbers",
    "link_document",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_all",
    "publish_document",
    "remove_from_document",
    "report_hindered",
    "return_document",
    "seen_mark",
    "settle_opinion",
    "start_document",
    "submit_document",
    "take_back_document",
    "take_down",
    "unlink_document",
]
