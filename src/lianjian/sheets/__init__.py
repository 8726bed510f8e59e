"""Records from and to spreadsheets."""
