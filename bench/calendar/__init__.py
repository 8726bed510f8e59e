"""Area `calendar`: the calendar feed of a town and of one person and one organization in it."""
