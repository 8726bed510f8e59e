"""Which person of a place a name means: an instructor or a cadre is known by the name within the place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lianjian.directory.models import Membership, Person
from lianjian.foundation.secretfield import blind

from .. import rules


class People:
    """The persons of one jurisdiction with these names, loaded once; new ones are collected in `fresh`."""

    def __init__(self, jurisdiction_id: int, names: Iterable[str], *, role: str) -> None:
        self.jurisdiction_id = jurisdiction_id
        wanted = {name for name in names if name}
        self.known: dict[str, list[Person]] = {}
        for person in Person.objects.filter(jurisdiction_id=jurisdiction_id, name__in=wanted).order_by("id"):
            self.known.setdefault(person.name, []).append(person)
        held = Membership.objects.filter(jurisdiction_id=jurisdiction_id, role=role, person__name__in=wanted)
        self.holders = set(held.values_list("person_id", flat=True))
        self.fresh: list[Person] = []

    def find(self, name: str, phone: str = "") -> Person | None:
        """The one person that is meant, None if nobody is known. Raises `SeveralPeople`."""
        found = self.known.get(name, [])
        if phone:
            mark = blind(phone)
            same = [person for person in found if person.phone_blind == mark]
            if same:
                return same[0]
            found = [person for person in found if not person.phone_blind]
        if len(found) > 1:
            holding = [person for person in found if person.pk in self.holders]
            if len(holding) != 1:
                raise rules.SeveralPeople(count=len(found), name=name)
            return holding[0]
        return found[0] if found else None

    def get(self, name: str, now: datetime, phone: str = "") -> Person:
        """The person, made (not yet written) when nobody is known. Raises `SeveralPeople`, `NobodyNamed`."""
        plain = name.strip()[:40]
        if not plain:
            raise rules.NobodyNamed
        person = self.find(plain, phone)
        if person is None:
            person = Person(
                jurisdiction_id=self.jurisdiction_id,
                name=plain,
                phone=phone,
                phone_blind=blind(phone),
                changed_at=now,
            )
            self.known.setdefault(plain, []).append(person)
            self.fresh.append(person)
        return person

    def write(self) -> list[Person]:
        """Store the new ones. Part of the caller's verb, which journals them."""
        Person.objects.bulk_create(self.fresh, batch_size=2000)
        return self.fresh


def person_of(
    person: Person | str, jurisdiction_id: int, *, role: str, now: datetime, phone: str = ""
) -> Person:
    """The person that a form means: chosen, or by name; made when nobody of the place has that name."""
    if isinstance(person, Person):
        return person
    people = People(jurisdiction_id, [person.strip()[:40]], role=role)
    found = people.get(person, now, phone)
    people.write()
    return found


def check_band(band: str) -> None:
    """An empty band is not told. Raises `UnknownChoice`."""
    if band and band not in rules.BANDS:
        raise rules.UnknownChoice(value=band, field="band")
