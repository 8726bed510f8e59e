"""Area `rules`: the rule evaluator against the same answers in plain Python, and evaluations kept."""
