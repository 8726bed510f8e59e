"""The four lists: what bodies need, offer, plan and invite to, and what they agree about it."""
