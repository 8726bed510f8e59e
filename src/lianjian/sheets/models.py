"""Imports of spreadsheets: the file, what its sheets were taken for, what came of them, and what was kept aside."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianjian.directory.models import Organization
from lianjian.files.models import File
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.jurisdictions.models import Owned

RIGHT = "sheets.import"


class OfficeQuerySet(models.QuerySet[Any]):
    """Doors to rows that a whole office shares."""

    def visible_to(self, actor: Actor) -> OfficeQuerySet:
        """Those of the jurisdictions in which the actor may import."""
        return self.filter(jurisdiction_id__in=whole_jurisdictions(actor, RIGHT))


class Import(Owned):
    """One workbook on its way. `year` is a person's hint for dates without a year.

    `run` counts the attempts to store it; `step`, `done_rows`, `total_rows` and `beat_at` are its progress.
    `marks_before` and `marks` are the last row ids of every table before and after it was stored, `entry_mark` the
    last journal entry: what is above them came later, which is how undoing tells its own rows from those of others.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("读取中")
        GUESSED = "guessed", _("待核对列")
        CHECKED = "checked", _("待提交")
        RUNNING = "running", _("导入中")
        DONE = "done", _("已导入")
        UNDONE = "undone", _("导入已撤销")
        FAILED = "failed", _("未成功")

    class Mode(models.TextChoices):
        ALL = "all", _("全部行")
        GOOD = "good", _("无误的行")

    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    mode = models.CharField(max_length=4, choices=Mode.choices, default=Mode.GOOD)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    uploaded_by = models.BigIntegerField(null=True, blank=True)
    uploaded_by_name = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=80, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    run = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)
    done_rows = models.PositiveIntegerField(default=0)
    total_rows = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    receipt = models.JSONField(default=dict)
    undo_report = models.JSONField(default=dict)
    marks_before = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    entry_mark = models.BigIntegerField(default=0)

    objects: ClassVar[models.Manager[Import]] = OfficeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [
            models.Index(fields=["jurisdiction", "-uploaded_at"], name="import_by_time"),
            models.Index(fields=["jurisdiction", "sha256"], name="import_by_content"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportSheet(Owned):
    """One table of the file. `kind` is what it is stored as, empty for a table that is kept as it is.

    `chosen` is what a person said: {"kind": code or null, "columns": {column number: field}}. `columns` are those
    of the reader with their guesses, `problems` those of the cells, `outcome` what storing would do or has done.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    hidden = models.BooleanField(default=False)
    signature = models.CharField(max_length=400, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    guessed = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(default=0)
    runner_up = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=10, blank=True)
    chosen = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    header = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    bad_rows = models.PositiveIntegerField(default=0)
    warned_rows = models.PositiveIntegerField(default=0)
    blocked = models.BooleanField(default=False)
    problems = models.JSONField(default=list)
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["imported", "number"], name="one_sheet_per_number"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def good_rows(self) -> int:
        """Rows without an error; none where a needed column is missing."""
        return 0 if self.blocked else self.rows - self.bad_rows


class MadeChunk(Owned):
    """Rows of one model (`label`) that an import made: their ids and the rows of the sheet they came from (0: several).

    Thousands to a line, because a hundred thousand single lines would cost as much as the rows themselves.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="made")
    sheet = models.ForeignKey(ImportSheet, models.CASCADE, null=True, related_name="+")
    label = models.CharField(max_length=60)
    ids = ArrayField(models.BigIntegerField())
    numbers = ArrayField(models.IntegerField())

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]


class ChangedRow(Owned):
    """A row that stood before and was changed: its values before and after, so that undoing can put them back."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="changed")
    sheet = models.ForeignKey(ImportSheet, models.CASCADE, null=True, related_name="+")
    label = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    number = models.IntegerField(default=0)
    name = models.CharField(max_length=120, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]
        indexes: ClassVar = [models.Index(fields=["label", "row_id"], name="changed_by_row")]


class KeptSheet(Owned):
    """A table that nothing reads yet (`kind` empty), or the columns of a known kind that nothing reads yet."""

    kind = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    signature = models.CharField(max_length=400, blank=True)
    columns = models.JSONField(default=list)
    first_import = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="+")
    claimed_by = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager[KeptSheet]] = OfficeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "kind", "name", "signature"], name="one_kept_sheet_per_header"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KeptChunk(Owned):
    """Rows of a kept sheet as they were written, a thousand to a line, as `MadeChunk` holds those that were made.

    For each row, in the same place of each array: its number in the sheet, its cells by column as a JSON object, a
    digest by which it is known again, and the record of model `label` that it belongs to, where there is one. That no
    row is kept twice is seen to under a lock of the sheet (`actions.keeping`).
    """

    sheet = models.ForeignKey(KeptSheet, models.CASCADE, related_name="chunks")
    imported = models.ForeignKey(Import, models.CASCADE, related_name="kept")
    label = models.CharField(max_length=60, blank=True)
    numbers = ArrayField(models.IntegerField())
    lines = ArrayField(models.TextField())
    digests = ArrayField(models.TextField())
    row_ids = ArrayField(models.BigIntegerField(null=True))

    class Meta:
        constraints: ClassVar = [*Owned.Meta.constraints]


class Memory(Owned):
    """A correction that an office made in the wizard, so that the next file needs none.

    what: sheet (`word` is a table's signature, `target` a kind), column (`word` a header path of `kind`, `target` a
    field) or value (`word` as people write it in `field` of `kind`, `target` the stored code). Empty: keep as it is.
    """

    class What(models.TextChoices):
        SHEET = "sheet", _("表的种类")
        COLUMN = "column", _("列")
        VALUE = "value", _("写法")

    what = models.CharField(max_length=6, choices=What.choices)
    kind = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40, blank=True)
    word = models.CharField(max_length=400)
    target = models.CharField(max_length=40, blank=True)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Memory]] = OfficeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "what", "kind", "field", "word"], name="one_memory_per_word"
            ),
        ]


class ReviewItem(Owned):
    """A name in a sheet that is like registered ones, or means several: a clerk decides which it is.

    `candidates`: [{"id", "name", "likeness", "difference", "left", "right"}]; `places`: where it stands, the first few.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待核对")
        SAME = "same", _("已认定")
        OTHER = "other", _("都不是")

    imported = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="reviews")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    classification = models.CharField(max_length=60, blank=True)
    candidates = models.JSONField(default=list)
    places = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=80, blank=True)

    objects: ClassVar[models.Manager[ReviewItem]] = OfficeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "name_key", "classification"], name="one_review_per_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
