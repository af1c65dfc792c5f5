"""Loads a curriculum from a path into the database, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from curriculum.loader.cautions import check_cautions
from curriculum.loader.editions import read_edition
from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.frozen import check_published
from curriculum.loader.postures import read_postures
from curriculum.loader.reading import POSTURES, Document
from curriculum.loader.rules import check
from curriculum.loader.shape import shaped
from curriculum.loader.variants import check_variants
from curriculum.loader.writing import Writer

#: The folder of the product's own curricula. Each is a file or a folder.
CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True)
class Loaded:
    """How many rows a load wrote. All are zero when nothing had changed."""

    name: str
    created: int
    updated: int
    deleted: int


@transaction.atomic
def load(path: Path) -> Loaded:
    """Load one curriculum. Raises ContentError with all mistakes; then nothing is written."""
    return _load(shaped(read_edition(path)))


@transaction.atomic
def load_all(folder: Path = CONTENT) -> list[Loaded]:
    """Load every curriculum of a folder, in the order of their names.

    Raises ContentError as ``load`` does.
    """
    paths = sorted(path for path in folder.iterdir() if path.is_dir() or path.suffix == ".toml")
    documents = [shaped(read_edition(path)) for path in paths]
    problems = list(_described_twice(documents))
    if problems:
        raise ContentError(problems)
    return [_load(document) for document in documents]


def _load(document: Document) -> Loaded:
    check(document)
    check_cautions(document)
    check_variants(document)
    check_published(document)
    writer = Writer(read_postures(document))
    writer.write(document)
    rows = writer.rows
    return Loaded(document.name, rows.created, rows.updated, rows.deleted)


def _described_twice(documents: list[Document]) -> Iterator[Problem]:
    """Items that two curricula describe. Each would overwrite the other at every load."""
    owners: dict[tuple[str, str], str] = {}
    for document in documents:
        for table in document.tables.keys() - {"ladder", "rung", "caution", "variant", POSTURES}:
            for entry in document[table]:
                if entry.inherited:
                    continue
                owner = owners.setdefault((table, entry.item["slug"]), document.name)
                if owner != document.name:
                    place = f"{table} {entry.item['slug']}"
                    yield Problem(
                        entry.file,
                        place,
                        "slug",
                        f"expected in one curriculum only, {owner} has it",
                    )
