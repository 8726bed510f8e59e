"""Every organised body, its details by kind, and the dated links between bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from lianjian.foundation.actor import Actor
from lianjian.jurisdictions.models import Register

from ..rules.sectors import OWNERSHIPS

if TYPE_CHECKING:
    from .people import Membership

PATH_STEP = 6  # characters a level; base 36 of the id, so 2,176,782,336 organizations


def path_step(organization_id: int) -> str:
    """The piece of path that stands for one organization: base 36, fixed width, unique without asking anybody."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while organization_id:
        organization_id, rest = divmod(organization_id, 36)
        text = digits[rest] + text
    return text.rjust(PATH_STEP, "0")


def path_ids(path: str) -> list[int]:
    """Ids of the organizations on a path, from the top to the one it belongs to."""
    return [int(path[at : at + PATH_STEP], 36) for at in range(0, len(path), PATH_STEP)]


class DateRange(Func):
    """`daterange(since, until)`: from the first day to the day before `until`."""

    function = "daterange"


CURRENT = Q(merged_into__isnull=True, dissolved_on__isnull=True)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Doors to organizations."""

    def visible_to(self, actor: Actor) -> OrganizationQuerySet:
        """The register is read by everybody who signed in; merged and ended rows included."""
        return self

    def current(self) -> OrganizationQuerySet:
        """Neither merged into another nor dissolved."""
        return self.filter(CURRENT)


class Organization(Register):
    """An organised body: party organization, department, enterprise, village, station ... (`classification`).

    `parent` and `path` are today's projection of the dated `administration` links, written by the same verb.
    """

    class Classification(models.TextChoices):
        PARTY = "party", _("党组织")
        STATION = "station", _("党建指导站")
        GOVERNMENT = "government", _("党政机关")
        MASS = "mass", _("群团组织")
        ENTERPRISE = "enterprise", _("企业")
        SOCIAL = "social", _("社会组织")
        VILLAGE = "village", _("村(社区)")
        COOPERATIVE = "cooperative", _("合作社")
        BANK = "bank", _("金融机构")
        PARK = "park", _("园区")
        CENTRE = "centre", _("党群服务中心")
        PROPERTY = "property", _("物业企业")
        OWNERS = "owners", _("业主委员会")
        JOINT = "joint", _("联建组织")
        INSTITUTE = "institute", _("院校院所")
        SETTLEMENT = "settlement", _("安置点")
        OTHER = "other", _("其他组织")

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    name_key = models.CharField(max_length=120, db_collation="C", editable=False)
    short_key = models.CharField(max_length=120, blank=True, db_collation="C", editable=False)
    classification = models.CharField(max_length=12, choices=Classification.choices)
    code = models.CharField(max_length=18, blank=True, db_collation="C")
    external_code = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, blank=True, db_collation="C", editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    is_root = models.BooleanField(default=False)
    area = models.ForeignKey("directory.Area", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    functions = models.TextField(blank=True)
    tags = models.JSONField(default=list, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    bundle = models.ForeignKey(
        "files.Bundle", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    search = SearchVectorField(null=True, editable=False)
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Organization]] = OrganizationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(merged_into__isnull=True) & ~Q(code=""),
                name="one_organization_per_credit_code",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction"],
                condition=Q(is_root=True),
                name="one_root_organization_per_jurisdiction",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="organization_place_is_on_earth",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["path"], name="organization_by_path"),
            models.Index(fields=["jurisdiction", "classification", "name"], name="organization_by_kind"),
            models.Index(fields=["name_key"], name="organization_by_name_key"),
            # The list page: all by name, one tab by name, and the counts of the tabs.
            models.Index(fields=["name", "id"], name="organization_by_name", condition=CURRENT),
            models.Index(
                fields=["classification", "name", "id"], name="organization_by_tab", condition=CURRENT
            ),
            models.Index(
                fields=["jurisdiction", "short_key"],
                name="organization_by_short_key",
                condition=Q(merged_into__isnull=True),
            ),
            GinIndex(fields=["search"], name="organization_search", fastupdate=True, gin_pending_list_limit=1024),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("directory:organization", kwargs={"key": self.key})


class Alias(Register):
    """Another name by which an organization is known: a short name, an old name, a slip in a ledger."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_collation="C")

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "name_key"], name="one_alias_per_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["name_key"], name="alias_by_name_key")]


class Formation(models.TextChoices):
    """How a firm's party organization was formed (checklist 001-06)."""

    OWN = "own", _("单独建")
    JOINT = "joint", _("联合建")
    ATTACHED = "attached", _("挂靠建")


class PartyFormation(models.TextChoices):
    """How a party organization was formed. A temporary one ends with its task: it elects nobody and admits nobody."""

    OWN = Formation.OWN.value, Formation.OWN.label
    JOINT = Formation.JOINT.value, Formation.JOINT.label
    ATTACHED = Formation.ATTACHED.value, Formation.ATTACHED.label
    TEMPORARY = "temporary", _("临时设立")


class EnterpriseProfile(Register):
    """What only an enterprise (or social organization) has. Size figures are those of the latest `EnterpriseYear`.

    `party_members` are the members who work there, wherever their branch; `party_formation` says by which kind of
    branch they are reached, the branch itself is the source of the open `party` link.
    """

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="enterprise")
    industry = models.ForeignKey(
        "directory.Industry", models.PROTECT, null=True, blank=True, related_name="+"
    )
    industry_text = models.CharField(max_length=80, blank=True)
    ownership = models.CharField(max_length=10, choices=list(OWNERSHIPS.items()), blank=True)
    legal_representative = models.CharField(max_length=40, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)
    staff_text = models.CharField(max_length=40, blank=True)
    above_scale = models.BooleanField(null=True, blank=True)
    size_year = models.PositiveSmallIntegerField(null=True, blank=True)
    party_members = models.PositiveIntegerField(null=True, blank=True)
    party_formation = models.CharField(max_length=10, choices=Formation.choices, blank=True)


class EnterpriseYear(Register):
    """Size of an enterprise in one year; None is what that year said nothing of.

    `staff` is the lower bound when the ledger said "100余人"; `party_members` as in the profile.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    staff = models.PositiveIntegerField(null=True)
    staff_text = models.CharField(max_length=40, blank=True)
    above_scale = models.BooleanField(null=True)
    party_members = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "year"], name="one_size_per_enterprise_and_year"),
        ]


class VillageProfile(Register):
    """What only a village or community has. Area in 亩."""

    class Kind(models.TextChoices):
        VILLAGE = "village", _("村")
        COMMUNITY = "community", _("社区")

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="village")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.VILLAGE)
    households = models.PositiveIntegerField(null=True, blank=True)
    residents = models.PositiveIntegerField(null=True, blank=True)
    land_mu = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)


class PartyProfile(Register):
    """What only a party organization has. Levels down to the members' home of a hamlet (001-06, 003-29)."""

    class Level(models.TextChoices):
        COMMITTEE = "committee", _("党委")
        WORK_COMMITTEE = "work_committee", _("党工委")
        CHAIN_COMMITTEE = "chain_committee", _("产业链(行业)党委")
        JOINT = "joint", _("联合党组织")
        GENERAL_BRANCH = "general_branch", _("党总支")
        BRANCH = "branch", _("党支部")
        CHAIN_BRANCH = "chain_branch", _("产业链党支部")
        GROUP = "group", _("党小组")
        HOME = "home", _("党员中心户")

    Formation = PartyFormation

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="party")
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.BRANCH)
    formation = models.CharField(max_length=10, choices=PartyFormation.choices, blank=True)
    chain = models.CharField(max_length=40, blank=True)
    secretary_name = models.CharField(max_length=40, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    members_as_of = models.DateField(null=True, blank=True)


class LinkQuerySet(models.QuerySet["Link"]):
    """Doors to links."""

    def on(self, day: object) -> LinkQuerySet:
        """Links that hold on `day`."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Link(Register):
    """A dated relation of one organization to another: `source` stands above, covers or serves `target`.

    Holds from `since` to the day before `until`. The kinds of higher apps are registered in the wiring.
    """

    ADMINISTRATION = "administration"
    COVERAGE = "coverage"
    HORIZONTAL = "horizontal"
    PARTY = "party"

    kind = models.CharField(max_length=20)
    source = models.ForeignKey(Organization, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Organization, models.PROTECT, related_name="links_in")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Link]] = LinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Register.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="link_ends_later"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_joins_two"),
            *(
                ExclusionConstraint(
                    name=name,
                    expressions=[
                        (
                            Func(F("target_id"), F("target_id"), models.Value("[]"), function="int8range"),
                            "&&",
                        ),
                        (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(kind=kind),
                )
                for name, kind in (
                    ("one_administration_at_a_time", "administration"),
                    ("one_station_at_a_time", "coverage"),
                )
            ),
            ExclusionConstraint(
                name="one_link_of_a_kind_at_a_time",
                expressions=[
                    (Func(F("source_id"), F("source_id"), models.Value("[]"), function="int8range"), "&&"),
                    (Func(F("target_id"), F("target_id"), models.Value("[]"), function="int8range"), "&&"),
                    (Func(F("kind"), function="link_kind_range"), "&&"),
                    (DateRange(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
                # The two above say more for their kinds, and an import writes these by the hundred thousand.
                condition=~Q(kind__in=["administration", "coverage"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["target", "kind", "since"], name="link_by_target"),
            models.Index(fields=["source", "kind", "since"], name="link_by_source"),
        ]


def memberships_of(organization: Organization) -> models.QuerySet[Membership]:
    """Every membership ever held in the organization."""
    return organization.memberships.all()
