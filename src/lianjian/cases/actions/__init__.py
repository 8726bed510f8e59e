"""Verbs on cases, by subject."""

from .calling import record_call_back
from .catalogue import (
    add_question,
    retire_question,
    retire_service,
    retire_template,
    save_service,
    save_template,
)
from .categories import add_category, change_category, drop_route, retire_category, set_route
from .channels import (
    change_lesson,
    close_channel,
    keep_lesson,
    open_channel,
    post_in_channel,
    retire_lesson,
    set_members,
)
from .closing import (
    close_silent_case,
    confirm_case,
    dispute_case,
    reopen_case,
    urge_case,
    vet_case,
)
from .deadlines import (
    ask_extension,
    ask_pause,
    decide_extension,
    decide_pause,
    end_pause,
    follow_evaluations,
    longest,
)
from .entering import tell_and_publish
from .escalating import escalate_place, raise_tier, supervise_case
from .handling import answer_case, handle_note, park_case, resume_case, sign_case, withdraw_case
from .hearing import cancel_hearing, conclude_hearing, plan_hearing
from .importing import adopt_needs, import_needs
from .joining import merge_case, reword_case, split_case, unmerge_case
from .measures import add_measure, withdraw_measure
from .mediating import (
    add_party,
    confirm_in_court,
    end_mediation,
    follow_agreement,
    reach_agreement,
    record_attempt,
)
from .offering import accept_offer, hand_back, offer_case, refuse_offer, revoke_offer
from .public import join_case, report_case, supplement_case
from .publishing import publish_need
from .recusing import recuse_handler
from .refusing import decline_case, recall_case, return_case, rule_case
from .registering import dispatch_case, register_case
from .visiting import record_visit_with_needs

__all__ = [
    "change_lesson",
    "close_channel",
    "keep_lesson",
    "open_channel",
    "post_in_channel",
    "retire_lesson",
    "set_members",
    "publish_need",
    "tell_and_publish",
    "record_call_back",
    "add_party",
    "cancel_hearing",
    "conclude_hearing",
    "confirm_in_court",
    "end_mediation",
    "follow_agreement",
    "plan_hearing",
    "reach_agreement",
    "record_attempt",
    "add_measure",
    "withdraw_measure",
    "longest",
    "escalate_place",
    "raise_tier",
    "supervise_case",
    "ask_pause",
    "decide_pause",
    "end_pause",
    "reopen_case",
    "vet_case",
    "merge_case",
    "reword_case",
    "split_case",
    "unmerge_case",
    "accept_offer",
    "recuse_handler",
    "join_case",
    "report_case",
    "supplement_case",
    "hand_back",
    "offer_case",
    "refuse_offer",
    "revoke_offer",
    "decline_case",
    "recall_case",
    "rule_case",
    "add_category",
    "add_question",
    "drop_route",
    "retire_question",
    "retire_service",
    "retire_template",
    "save_service",
    "save_template",
    "adopt_needs",
    "answer_case",
    "ask_extension",
    "change_category",
    "close_silent_case",
    "confirm_case",
    "decide_extension",
    "dispatch_case",
    "dispute_case",
    "follow_evaluations",
    "handle_note",
    "import_needs",
    "park_case",
    "record_visit_with_needs",
    "register_case",
    "resume_case",
    "retire_category",
    "return_case",
    "set_route",
    "sign_case",
    "urge_case",
    "withdraw_case",
]
