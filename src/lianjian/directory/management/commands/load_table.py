"""`load_table areas FILE...` and `load_table industries FILE`: the public tables, for scripts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lianjian.foundation import clock, context
from lianjian.foundation.actor import system_actor
from lianjian.foundation.errors import Refused
from lianjian.jurisdictions.models import Jurisdiction

from ... import actions
from ...loaders import read_areas, read_industries


class Command(BaseCommand):
    """Loads CSV files, gzip too; a second run changes nothing."""

    help = "Load the public division table or the full industry table from CSV files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which table, and its files in the order of their levels."""
        parser.add_argument("table", choices=["areas", "industries"])
        parser.add_argument("files", nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        """All files in one transaction."""
        home = Jurisdiction.objects.filter(parent__isnull=True).order_by("id").first()
        if home is None:
            raise CommandError("No jurisdiction exists yet: run `lianjian demo --empty` first.")
        with transaction.atomic():
            actor = system_actor(home.pk)
            context.enter_for(actor)
            for name in options["files"]:
                with open(name, "rb") as file:
                    try:
                        counts = self._load(options["table"], file, actor)
                    except Refused as refusal:
                        raise CommandError(f"{name}: {refusal}") from None
                self.stdout.write(
                    f"{name}: " + ", ".join(f"{word} {count}" for word, count in counts.items())
                )

    def _load(self, table: str, file: Any, actor: Any) -> dict[str, int]:
        if table == "areas":
            return actions.load_areas(actor=actor, rows=read_areas(file), now=clock.now())
        return actions.load_industries(actor=actor, rows=read_industries(file), now=clock.now())
