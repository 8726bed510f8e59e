"""Invented names, texts and shapes of the demonstration."""
