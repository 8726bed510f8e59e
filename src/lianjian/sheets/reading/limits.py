"""How large a file may be; sized so that 1.5 million cells (100,000 rows of 15 columns) pass with room to spare."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024

FILE_BYTES: Final = 25 * MEGABYTE
PART_BYTES: Final = 250 * MEGABYTE
TOTAL_BYTES: Final = 600 * MEGABYTE
PARTS: Final = 2_000
RATIO: Final = 200  # inflated / packed, judged only above RATIO_FLOOR: a small repetitive part packs well
RATIO_FLOOR: Final = 10 * MEGABYTE
SHEETS: Final = 100
ROWS: Final = 200_000
COLUMNS: Final = 512
CELLS: Final = 4_000_000
AREA: Final = 6_000_000  # cells of the box around all filled cells of one sheet: the parser allocates the box
CELL_CHARACTERS: Final = 32_767  # what Excel itself can hold
RUN_BYTES: Final = (
    256 * 1024
)  # longest stretch of XML without a tag: 32,767 characters, each an entity or 4 bytes

CHILD_MEMORY: Final = 1024 * MEGABYTE  # address space, not resident memory
CHILD_CPU_SECONDS: Final = 30
CHILD_WALL_SECONDS: Final = 60
CHILD_OUTPUT_BYTES: Final = 400 * MEGABYTE
