"""What is to be done by when, and why."""
