"""The directory in the programming interface: organizations, teams, villages."""
