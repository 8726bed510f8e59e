"""Enterprises from a spreadsheet: recognised by code, then by exact name; made new or brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.among import Among
from lianjian.foundation.clock import local_day
from lianjian.foundation.codes import check_credit_code
from lianjian.foundation.codes.credit import is_credit_code
from lianjian.foundation.names import match_key
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record_bulk

from ...models import Alias, EnterpriseProfile, EnterpriseYear, Industry, Organization
from ...queries.resolving import Resolver, county_of
from ...queries.tags import tags_named
from ...rules.sectors import OWNERSHIPS
from .contacts import store_contacts
from .organizations import NewOrganizations, note_likenesses
from .parties import Branches
from .rows import allocate, insert, new_keys, stand_in
from .tags import words_of

# What a row says of the firm itself; an empty cell never erases what is known.
PROFILE = ("industry_id", "industry_text", "ownership", "legal_representative", "party_formation")
FIRMS = ("enterprise", "social", "cooperative")
SIZE = ("staff", "staff_text", "above_scale", "party_members")
STATED = ("staff", "above_scale", "party_members")


@dataclass(slots=True)
class Line:
    """One row, read."""

    row: Any
    name: str
    code: str
    written: str
    facts: dict[str, Any]
    size: dict[str, Any]
    tags: list[str]
    organization: Any = None
    fresh: bool = False
    foreign: bool = False


@dataclass(slots=True)
class Made:
    """What the verb wrote, for the journal: ids by model."""

    rows: dict[str, list[int]]

    def note(self, label: str, ids: Sequence[int]) -> None:
        """Add ids of one model."""
        if ids:
            self.rows.setdefault(label, []).extend(ids)


def count_of(value: Any) -> tuple[int | None, str]:
    """A number of people and the words when it was not exact: 约120 counts as 120 with its words kept."""
    if value is None or value == "":
        return None, ""
    if isinstance(value, int):
        return value, ""
    lower, nominal = getattr(value, "lower", None), getattr(value, "nominal", None)
    number = lower if lower is not None else nominal
    return (None if number is None else int(number)), str(getattr(value, "text", ""))[:40]


@verb
def store_enterprises(*, actor: Actor, batch: Any, rows: Sequence[Any], now: datetime) -> None:
    """Store the good rows of a sheet of enterprises below the root organization of the batch's town.

    `batch` and `rows` are those of `sheets`. Rows with the code of another row, or of a registered firm, become
    that firm; a differing name is kept as its alias. One journal entry for all. Raises `Denied`.
    """
    require(actor, "directory.write", batch.root)
    year = batch.year or local_day(now).year
    since = min(date(year, 1, 1), local_day(now))
    county = county_of(batch.jurisdiction_id)
    resolver = Resolver.of(county, FIRMS)
    new = NewOrganizations(jurisdiction_id=batch.jurisdiction_id, since=since, now=now, most=len(rows))
    industries = dict(Industry.objects.values_list("code", "id"))
    place = (batch.root.pk, batch.root.path, batch.root.depth)
    known = tags_named(batch.jurisdiction_id)
    lines = [_read(row, industries, known) for row in rows]
    first_row: dict[int, Any] = {}
    for line in lines:
        _recognise(line, resolver, new, place, batch, first_row)
    new.write()
    made = Made({})
    made.note("directory.organization", list(new.made))
    made.note("directory.alias", new.alias_ids)
    _known_objects(lines, new)
    kept = [line for line in lines if line.organization is not None and not line.foreign]
    changed = _profiles(kept, batch, made, year)
    branches = Branches(batch=batch, county=county, since=since, now=now)
    changed |= branches.of_enterprises(kept, made)
    store_contacts(lines=kept, batch=batch, since=since, now=now, made=made)
    likenesses = note_likenesses(new, county=county, classifications=FIRMS, now=now)
    _tell_likenesses(likenesses, kept, batch)
    fresh = [line for line in lines if line.fresh]
    batch.make_many(Organization, [line.organization.pk for line in fresh], [line.row for line in fresh])
    batch.make_many(Alias, new.alias_ids)
    if made.rows or changed:
        if changed:
            made.note("changed", sorted(changed))
        record_bulk(
            actor=actor,
            verb="directory.store_enterprises",
            subject=batch.root,
            rows=made.rows,
            now=now,
            note=str(getattr(batch, "label", ""))[:80],
            jurisdiction_id=batch.jurisdiction_id,
        )


def _read(row: Any, industries: dict[str, int], known: Collection[str]) -> Line:
    values = row.values
    staff, staff_text = count_of(values.get("staff"))
    members, _text = count_of(values.get("members"))
    written = values.get("code") or ""
    code = written if written and (is_credit_code(written) or check_credit_code(written).ok) else ""
    industry = values.get("industry") or ""
    industry_id = _industry(industry, industries) if industry else None
    formation, ownership = values.get("formation") or "", values.get("ownership") or ""
    facts = {
        "industry_id": industry_id,
        "industry_text": industry[:80],
        "ownership": ownership if ownership in OWNERSHIPS else "",
        "legal_representative": (values.get("legal_representative") or "")[:40],
        "party_formation": formation if formation in ("own", "joint", "attached") else "",
    }
    # Tags of the office are given by `store_ledger_tags`; other words are kept as they are.
    tags = [word for word in words_of(values.get("tags")) if word not in known]
    size = {
        "staff": staff,
        "staff_text": staff_text,
        "above_scale": values.get("above_scale"),
        "party_members": members,
    }
    return Line(row, values["name"], code, "" if code else written, facts, size, tags)


def _industry(code: str, industries: dict[str, int]) -> int | None:
    """The industry of a code, or of the widest known class that holds it."""
    bare = code.lstrip("ABCDEFGHIJKLMNOPQRST") or code
    for end in range(len(bare), 0, -1):
        if bare[:end] in industries:
            return industries[bare[:end]]
    return industries.get(code[:1])


def _recognise(
    line: Line,
    resolver: Resolver,
    new: NewOrganizations,
    place: tuple[int, str, int],
    batch: Any,
    first_row: dict[int, Any],
) -> None:
    """Find the firm of a row or make it; say what was recognised."""
    row = line.row
    pk = resolver.by_code(line.code) if line.code else None
    by_code = pk is not None
    if pk is None:
        found = resolver.exact(line.name)
        # The same name under another valid code is another firm, or a slip: a person decides.
        same = [other for other in found if not line.code or not resolver.code_of(other)]
        pk = same[0] if len(same) == 1 else None
        if pk is None and len(same) > 1:
            batch.problem(
                row,
                "name",
                "error",
                _("名册里有%(count)s家“%(name)s”,请填写统一社会信用代码。")
                % {"count": len(same), "name": line.name},
            )
            return
    if pk is None:
        line.organization = new.add(
            name=line.name,
            classification="enterprise",
            parent=place,
            code=line.code,
            external_code=line.written[:60],
            tags=line.tags,
        )
        line.fresh = True
        pk = line.organization.pk
        resolver.add(pk, line.name, line.code)
        first_row[pk] = row
        return
    line.organization = new.made.get(pk) or stand_in(Organization, id=pk)
    if resolver.homes.get(pk, batch.jurisdiction_id) != batch.jurisdiction_id:
        line.foreign = True
        batch.problem(
            row,
            "name",
            "warning",
            _("“%(name)s”登记在另一个地区,档案未作改动。") % {"name": resolver.shown[pk]},
        )
        return
    if pk in first_row:
        _doubled(line, pk, first_row[pk], new, batch, by_code=by_code)
    first_row.setdefault(pk, row)
    shown = resolver.shown.get(pk, line.name)
    if match_key(shown) != match_key(line.name) and pk not in resolver.exact_or_alias(line.name):
        new.also(pk, line.name)
        resolver.also(pk, (line.name,))


def _doubled(line: Line, pk: int, first: Any, new: NewOrganizations, batch: Any, *, by_code: bool) -> None:
    words = _("代码相同") if by_code else _("名称相同")
    sentence = _("与第%(row)s行是同一家(%(words)s),已合为一条。") % {"row": first.number, "words": words}
    batch.problem(line.row, "code" if by_code else "name", "note", sentence)


def _known_objects(lines: Sequence[Line], new: NewOrganizations) -> None:
    """Read the registered firms that rows were recognised as, once for all."""
    wanted = {line.organization.pk for line in lines if line.organization is not None} - set(new.made)
    known = {one.pk: one for one in Organization.objects.filter(Among("pk", wanted))} if wanted else {}
    for line in lines:
        if line.organization is not None:
            line.organization = known.get(line.organization.pk, line.organization)
            line.row.made["organization"] = line.organization


def _profiles(lines: Sequence[Line], batch: Any, made: Made, year: int) -> set[int]:
    """Details and the year's size: new ones in bulk, known ones where something differs. Returns changed ids."""
    merged: dict[int, Line] = {}
    for line in lines:
        held = merged.setdefault(line.organization.pk, line)
        if held is not line:
            for part in ("facts", "size"):
                ours, theirs = getattr(held, part), getattr(line, part)
                ours.update(
                    {k: v for k, v in theirs.items() if ours[k] in (None, "") and v not in (None, "")}
                )
    wanted = [line for line in merged.values() if not line.fresh]
    pks = [line.organization.pk for line in wanted]
    profiles = {p.organization_id: p for p in EnterpriseProfile.objects.filter(Among("organization_id", pks))}
    years = {y.organization_id: y for y in EnterpriseYear.objects.filter(Among("organization_id", pks), year=year)}
    latest = _stated(pks)
    changed = _update(wanted, profiles, years, latest, batch, year) | _codes(wanted, batch)
    without = [line for line in merged.values() if line.organization.pk not in profiles]
    _insert_profiles(without, batch, year)
    sized = [
        line
        for pk, line in merged.items()
        if pk not in years and any(line.size[name] not in (None, "") for name in STATED)
    ]
    _insert_years(sized, batch, year)
    made.note("directory.enterpriseprofile", [line.organization.pk for line in without])
    made.note("directory.enterpriseyear", [line.organization.pk for line in sized])
    return changed


def _insert_profiles(lines: Sequence[Line], batch: Any, year: int) -> None:
    insert(
        EnterpriseProfile,
        {
            "key": list(new_keys(len(lines))),
            "organization_id": [line.organization.pk for line in lines],
            **{name: [line.facts[name] for line in lines] for name in PROFILE},
            **{name: [line.size[name] for line in lines] for name in SIZE},
        },
        {"jurisdiction_id": batch.jurisdiction_id, "size_year": year},
    )


def _stated(pks: Sequence[int]) -> dict[int, dict[str, int | None]]:
    """For each firm, the latest year that states each of its sizes."""
    last = {f"{name}_year": Max("year", filter=Q(**{f"{name}__isnull": False})) for name in STATED}
    rows = EnterpriseYear.objects.filter(Among("organization_id", pks)).values("organization_id").annotate(**last)
    return {pk: dict(zip(STATED, years, strict=True)) for pk, *years in rows.values_list("organization_id", *last)}


def _insert_years(lines: Sequence[Line], batch: Any, year: int) -> None:
    ids = allocate(EnterpriseYear, len(lines))
    # Those of new firms go with them.
    batch.make_many(
        EnterpriseYear, [pk for pk, line in zip(ids, lines, strict=True) if not line.fresh]
    )
    insert(
        EnterpriseYear,
        {
            "id": ids,
            "key": list(new_keys(len(lines))),
            "organization_id": [line.organization.pk for line in lines],
            **{name: [line.size[name] for line in lines] for name in SIZE},
        },
        {"jurisdiction_id": batch.jurisdiction_id, "year": year},
    )


def _update(
    lines: Sequence[Line],
    profiles: dict[int, Any],
    years: dict[int, Any],
    latest: dict[int, dict[str, int | None]],
    batch: Any,
    year: int,
) -> set[int]:
    """Bring known details up to date; a row that says nothing new writes nothing."""
    changed: set[int] = set()
    for line in lines:
        pk = line.organization.pk
        profile, sized = profiles.get(pk), years.get(pk)
        if profile is not None:
            news = dict(line.facts)
            # The profile shows, for each size, the latest year that states it.
            told = latest.get(pk, {})
            shown = {name for name in STATED if (told.get(name) or 0) <= year}
            news |= {k: v for k, v in line.size.items() if k in shown or (k == "staff_text" and "staff" in shown)}
            if (profile.size_year or 0) <= year and any(line.size[name] not in (None, "") for name in STATED):
                news["size_year"] = year
            if set_news(profile, news, batch, line.row):
                changed.add(pk)
        if sized is not None and set_news(sized, line.size, batch, line.row):
            changed.add(pk)
    return changed


def set_news(row: Any, news: dict[str, Any], batch: Any, sheet_row: Any = None) -> bool:
    """Write the values that are given and differ; the batch keeps what was there before."""
    before = {
        name: getattr(row, name)
        for name, value in news.items()
        if value not in (None, "") and getattr(row, name) != value
    }
    # The words belong to the number: a new exact number has none.
    if "staff" in before and not news.get("staff_text") and row.staff_text:
        before["staff_text"] = row.staff_text
    if not before:
        return False
    for name in before:
        setattr(row, name, news[name])
    row.save(update_fields=[name.removesuffix("_id") for name in before])
    batch.change(row, before, sheet_row)
    return True


def _codes(lines: Sequence[Line], batch: Any) -> set[int]:
    """A firm registered without a code gets the one that the sheet brings."""
    changed = set()
    for line in lines:
        organization = line.organization
        if line.code and not organization.code:
            before = {"code": ""}
            organization.code = line.code
            organization.save(update_fields=["code"])
            batch.change(organization, before, line.row)
            changed.add(organization.pk)
    return changed


def _tell_likenesses(pairs: Sequence[tuple[int, int, str]], lines: Sequence[Line], batch: Any) -> None:
    """Say in the receipt which new rows resemble another firm; the pairs themselves wait on the review list."""
    by_pk = {line.organization.pk: line for line in lines}
    names = dict(
        Organization.objects.filter(Among("pk", {pk for low, high, _r in pairs for pk in (low, high)})).values_list(
            "id", "name"
        )
    )
    for low, high, _reason in pairs:
        line = by_pk.get(high) or by_pk.get(low)
        if line is not None:
            other = names.get(low if line.organization.pk == high else high, "")
            batch.problem(line.row, "name", "note", _("与“%(name)s”相近,已列入核对清单。") % {"name": other})
