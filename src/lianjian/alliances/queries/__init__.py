"""What pages and reports show of alliances."""

from .benefits import BENEFITS, benefit_page, benefit_url, item_words
from .campaign_lists import (
    CAMPAIGN_SEARCHES,
    CAMPAIGNS,
    PARTICIPANTS,
    RECTIFICATIONS,
    WORK,
    campaign_url,
    participant_url,
    rectification_url,
)
from .campaign_pages import campaign_page, participant_page
from .chains import CHAIN_FIRMS, CHAINS, ChainPage, chain_members, chain_page, chain_url
from .counting import Count, count_on, members_on, people_line
from .facts import PAIR_FACTS
from .honours import BRANDS, HONOURS, honour_panel, honour_url
from .listing import ALLIANCES, SEARCHES, alliance_url
from .meetings import members_to_invite
from .members import MEMBERS, bodies_of
from .pages import AlliancePage, alliance_page, organization_panel
from .pairing_lists import (
    CONTRIBUTIONS,
    FACTS,
    PAIR_SEARCHES,
    PAIRINGS,
    PROGRAMMES,
    SIDES,
    pairing_url,
    programme_url,
)
from .pairing_pages import pairing_page, pairing_panel
from .people import PEOPLE, people_on, person_panel, person_seats_on
from .programme_pages import programme_page
from .proposal_pages import proposal_page, proposal_url
from .reach import firms_on, partners_on, villages_on
from .rectifying_pages import campaign_panel, rectification_page, visits_of
from .showcase import MODEL_CASES, SHOWCASE_SEARCHES, model_case_url, showcase_panel
from .terms import chain_options, every_term, named_chain, of_chain, own_terms, term_name, terms

SEARCHES = [*SEARCHES, *PAIR_SEARCHES, *CAMPAIGN_SEARCHES, *SHOWCASE_SEARCHES]

__all__ = [
    "ALLIANCES",
    "CAMPAIGNS",
    "MODEL_CASES",
    "model_case_url",
    "showcase_panel",
    "PARTICIPANTS",
    "RECTIFICATIONS",
    "WORK",
    "campaign_url",
    "participant_url",
    "rectification_url",
    "campaign_page",
    "campaign_panel",
    "participant_page",
    "rectification_page",
    "visits_of",
    "BENEFITS",
    "BRANDS",
    "HONOURS",
    "benefit_page",
    "benefit_url",
    "item_words",
    "honour_panel",
    "honour_url",
    "CHAINS",
    "CHAIN_FIRMS",
    "ChainPage",
    "MEMBERS",
    "bodies_of",
    "chain_members",
    "chain_options",
    "chain_page",
    "chain_url",
    "firms_on",
    "named_chain",
    "of_chain",
    "partners_on",
    "villages_on",
    "PEOPLE",
    "people_line",
    "people_on",
    "person_panel",
    "person_seats_on",
    "CONTRIBUTIONS",
    "FACTS",
    "PAIRINGS",
    "PAIR_FACTS",
    "PROGRAMMES",
    "SIDES",
    "SEARCHES",
    "AlliancePage",
    "Count",
    "alliance_page",
    "alliance_url",
    "count_on",
    "every_term",
    "members_on",
    "members_to_invite",
    "organization_panel",
    "own_terms",
    "pairing_page",
    "pairing_panel",
    "pairing_url",
    "programme_page",
    "programme_url",
    "proposal_page",
    "proposal_url",
    "term_name",
    "terms",
]
