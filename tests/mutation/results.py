"""What became of each mutant: kept after every one, so that a run can be interrupted and gone on
with; and remembered in the repository, so that the next engineer need not try it again."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.mutation.clauses import ClauseMutant
from tests.mutation.mutants import ROOT, Mutant

AnyMutant = Mutant | ClauseMutant
#: What became of the mutants of earlier runs. One that was noticed is not tried again while its
#: function stays as it is.
REMEMBERED = Path(__file__).with_name("remembered.jsonl")
#: Survivors that may stay, each with its reason.
KNOWN = Path(__file__).with_name("survivors.toml")


def digest_of_tests() -> str:
    """Changes whenever a test does: a survivor is then tried again."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "tests").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Results:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.tests = digest_of_tests()
        self.rows: dict[str, dict[str, Any]] = {}
        for known in (REMEMBERED, file):
            if known.exists():
                rows = map(json.loads, known.read_text().splitlines())
                self.rows |= {row["key"]: row for row in rows}

    def known(self, mutant: AnyMutant) -> bool:
        row = self.rows.get(mutant.key)
        return row is not None and (row["result"] != "survived" or row["tests"] == self.tests)

    def keep(self, mutant: AnyMutant, result: str, seconds: float) -> None:
        row = {"key": mutant.key, "result": result, "seconds": round(seconds, 1)}
        row |= {"place": mutant.place, "before": mutant.before, "after": mutant.after}
        self.rows[mutant.key] = {**row, "tests": self.tests}
        with self.file.open("a") as file:
            file.write(json.dumps(self.rows[mutant.key]) + "\n")

    def remember(self, mutants: Sequence[AnyMutant]) -> None:
        """Write what became of these mutants into the repository; others are forgotten."""
        known = [self.rows[mutant.key] for mutant in mutants if mutant.key in self.rows]
        rows = [{**row, "place": row["place"].partition(":")[0]} for row in known]
        for row in rows:
            row.pop("seconds", None)
        rows.sort(key=lambda row: (row["place"], row["before"], row["after"], row["key"]))
        REMEMBERED.write_text("".join(json.dumps(row) + "\n" for row in rows))

    def result(self, mutant: AnyMutant) -> str:
        return str(self.rows[mutant.key]["result"])


def _known_survivors() -> set[tuple[str, str, str]]:
    rows = tomllib.loads(KNOWN.read_text()).get("survivor", [])
    return {(row["place"], row["before"], row["after"]) for row in rows if row["why"].strip()}


def _named(mutant: AnyMutant) -> tuple[str, str, str]:
    """A survivor's name: its place without the line, which other changes move."""
    return mutant.place.partition(":")[0], mutant.before, mutant.after


def report(mutants: Sequence[AnyMutant], results: Results) -> Iterator[str]:
    """The report, line by line. Its last lines say what has to be done, if anything."""
    survived = [mutant for mutant in mutants if results.result(mutant) == "survived"]
    known = _known_survivors()
    for mutant in survived:
        mark = "known" if _named(mutant) in known else "NEW"
        yield f"{mark}: {mutant.place}\n  - {mutant.before}\n  + {mutant.after}"
    killed = len(mutants) - len(survived)
    share = 100 * killed / max(1, len(mutants))
    yield f"{killed} of {len(mutants)} mutants were noticed ({share:.1f} %)."


def unexplained(mutants: Sequence[AnyMutant], results: Results) -> list[AnyMutant]:
    known = _known_survivors()
    return [
        mutant
        for mutant in mutants
        if results.result(mutant) == "survived" and _named(mutant) not in known
    ]


def share_noticed(mutants: Sequence[AnyMutant], results: Results) -> float:
    noticed = [mutant for mutant in mutants if results.result(mutant) != "survived"]
    return len(noticed) / max(1, len(mutants))
