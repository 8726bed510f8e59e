"""What is typed about alliances and pairings."""
