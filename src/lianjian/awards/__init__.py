"""Awards of a village (评选): what it gives regularly, each round with its candidates, and the list of results."""
