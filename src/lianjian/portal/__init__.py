"""What the public sees: tell a matter, follow it by its number."""
