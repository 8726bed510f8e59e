"""Matching of what is needed with what is offered: words, facts, rules, reasons. Plain Python, no queries.

The method and its sources are written in docs/methods/matching.md.
"""
