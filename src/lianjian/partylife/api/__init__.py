"""Party life in the programming interface, by subject."""
