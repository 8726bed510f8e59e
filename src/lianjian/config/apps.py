"""Wires the apps together once Django has loaded them."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The top of the house."""

    name = "lianjian.config"

    def ready(self) -> None:
        """Fill the hooks and registries."""
        from .wiring import wire

        wire()
