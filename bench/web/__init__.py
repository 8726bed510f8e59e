"""Area `web`: CPU of pages, beside a stock Django page and a raw, hand-joined one over the same rows."""
