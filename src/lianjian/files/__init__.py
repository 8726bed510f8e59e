"""Attachments, held in bundles that records point to; stored once by content."""
