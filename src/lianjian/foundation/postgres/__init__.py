"""PostgreSQL as Django knows it, with a health check that asks the socket and not the server (see `base`)."""
