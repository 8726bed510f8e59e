"""Points that are gathered and exchanged: rules, claims, reviews, an append-only ledger, goods, exchange days."""
