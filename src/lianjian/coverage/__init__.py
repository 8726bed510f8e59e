"""Who covers whom: stations, instructors and dispatched cadres, on the directory's own links and memberships."""
