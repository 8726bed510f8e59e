"""The index of a node: tantivy in a folder, written by one process at a time, read by all.

It only chooses candidates. What they are, and whether they may be seen, is read from the database (`queries.matching`);
so is everything that changed since the index was written. A folder holds one index for one database; `current.json`
names the folder in use and the transaction up to which its index is complete.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from .facets import Reader, Seen, ends, index_tokens, reader_tokens, wished
from .scoring import NEED, Facts, Question

HEAP: Final = 64_000_000  # bytes of the writer, for a change; building takes more
BUILDING_HEAP: Final = 256_000_000
FORM: Final = 3  # of the folder: an index of another form is built anew
EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class State:
    """What `current.json` says: the folder, and the transaction below which nothing is missing, of which cluster.

    Numbers of transactions mean something only within the cluster (and its timeline) that gave them out.
    """

    folder: str
    xid: int
    form: int
    documents: int
    cluster: str


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("facets", tokenizer_name="whitespace", index_option="basic")
    builder.add_integer_field("ends", fast=True)
    return builder.build()


def _document(facts: Facts, seen: Seen) -> Any:
    import tantivy

    document = tantivy.Document()
    document.add_unsigned("id", facts.id)
    document.add_text("words", " ".join(word for word, count in facts.words.items() for _time in range(count)))
    document.add_text("facets", " ".join(index_tokens(facts, seen)))
    document.add_integer("ends", ends(facts))
    return document


def state(home: Path) -> State | None:
    """What is in use; none where there is no index, or one of another form."""
    try:
        held = json.loads((home / "current.json").read_text())
        found = State(held["folder"], held["xid"], held["form"], held["documents"], held["cluster"])
    except (OSError, ValueError, KeyError):
        return None
    return found if found.form == FORM and (home / found.folder).is_dir() else None


def _keep(home: Path, made: State) -> None:
    """Replace `current.json` in one step."""
    text = json.dumps(asdict(made))
    fresh = home / f"current.{os.getpid()}.json"
    fresh.write_text(text)
    fresh.replace(home / "current.json")


@contextmanager
def writing(home: Path) -> Iterator[bool]:
    """Hold the right to write; false where another process holds it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def build(home: Path, rows: Iterable[tuple[Facts, Seen]], xid: int, cluster: str) -> State:
    """A new index beside the one in use, then in its place. The caller holds `writing`."""
    import tantivy

    before = state(home)
    name = f"index-{int(before.folder.rpartition('-')[2]) + 1 if before else 1}"
    folder = home / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer = tantivy.Index(_schema(), path=str(folder)).writer(BUILDING_HEAP, 2)
    documents = 0
    for documents, (facts, seen) in enumerate(rows, start=1):  # noqa: B007 - the last one is how many
        writer.add_document(_document(facts, seen))
    writer.commit()
    writer.wait_merging_threads()
    made = State(name, xid, FORM, documents, cluster)
    _keep(home, made)
    for other in home.glob("index-*"):
        # The one in use until now is still being read; the next building takes it away.
        if other.name not in (name, before.folder if before else ""):
            shutil.rmtree(other, ignore_errors=True)
    return made


def renew(home: Path, changed: Iterable[int], rows: Iterable[tuple[Facts, Seen]], xid: int) -> None:
    """Put these entries anew; those of `changed` without a row are gone. The caller holds `writing`."""
    import tantivy

    held = state(home)
    if held is None:
        raise FileNotFoundError(home)
    index = tantivy.Index.open(str(home / held.folder))
    writer = index.writer(HEAP, 1)
    for number in changed:
        writer.delete_documents_by_term("id", number)
    for facts, seen in rows:
        writer.add_document(_document(facts, seen))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    _keep(home, State(held.folder, xid, FORM, int(index.searcher().num_docs), held.cluster))


class Node:
    """An open index. It follows what `current.json` says, asked at most once for each question."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._mark: tuple[int, int] | None = None
        self._state: State | None = None
        self._index: Any = None

    def fresh(self) -> State | None:
        """Open what is in use now; none without an index."""
        try:
            stat = (self.home / "current.json").stat()
        except OSError:
            self._mark = self._state = self._index = None
            return None
        mark = (stat.st_mtime_ns, stat.st_ino)
        if mark != self._mark:
            self._open()
            self._mark = mark
        return self._state

    def _open(self) -> None:
        import tantivy

        found = state(self.home)
        if found is None:
            self._state = self._index = None
            return
        if self._state is None or self._state.folder != found.folder:
            self._index = tantivy.Index.open(str(self.home / found.folder))
            self._index.config_reader("manual")
        self._index.reload()
        self._state = found

    def candidates(self, question: Question, reader: Reader, limit: int, alive: date | None = None) -> list[int]:
        """Ids of what would come first, best first, among what may be seen; with `alive` only what may be proposed on
        that day (which costs more: without it the rules set the others aside afterwards).
        """
        import tantivy

        query, occur, schema = tantivy.Query, tantivy.Occur, self._index.schema

        def some(tokens: Iterable[str], points: float) -> Any:
            held = list(tokens)
            if len(held) == 1:
                found = query.term_query(schema, "facets", held[0], index_option="basic")
            else:
                found = query.term_set_query(schema, "facets", held)
            return query.const_score_query(found, points)

        def said(word: str, points: float) -> Any:
            return query.boost_query(query.term_query(schema, "words", word, index_option="freq"), points)

        def within(low: int, high: int) -> Any:
            found = query.range_query(schema, "ends", tantivy.FieldType.Integer, low, high)
            return query.const_score_query(found, 0.0)

        weight, wishes = question.weights["words"], wished(question)
        category = f"k#{question.facts.category}".replace(" ", "_")
        # A word or the category must speak for it; the rest only adds.
        reasons = [
            (occur.Should, said(word, share * weight))
            for word, (share, _source) in question.asked.items()
            if weight > 0
        ]
        reasons += [(occur.Should, some(tokens, points)) for tokens, points in wishes if category in tokens]
        if not reasons:
            return []
        wanted = "o" if question.facts.kind == NEED else "n"
        parts = [(occur.Must, some(reader_tokens(wanted, reader), 0.0)), (occur.Must, query.boolean_query(reasons))]
        if alive is not None:
            own = some([f"b#{question.facts.organization_id}"], 0.0)
            parts += [(occur.Must, within((alive - EPOCH).days, 10**9)), (occur.MustNot, own)]
        parts += [(occur.Should, some(tokens, points)) for tokens, points in wishes if category not in tokens]
        searcher = self._index.searcher()
        hits = searcher.search(query.boolean_query(parts), limit, count=False).hits
        return list(searcher.fast_field_values("id", [address for _score, address in hits]))


_nodes: dict[Path, Node] = {}


def node(home: Path) -> Node:
    """The open index of this process."""
    if home not in _nodes:
        _nodes[home] = Node(home)
    return _nodes[home]
