"""`make mutate`: mistakes in the rules, one at a time, and whether a test notices each.

    make mutate                                a sample of 400, and every clause of every trigger
    make mutate ARGS="--sample 25 --clauses 20"    a quick look
    make mutate ARGS="--note"                  note again which test runs which line

    make mutate ARGS="--remember"              keep what is known in the repository

It can be interrupted: the next run goes on where this one ended. What the repository remembers as
noticed is tried again only when its function has changed; what survived, when a test has.
"""

from __future__ import annotations

import argparse
import os
import queue
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from patients.rules.triggers import TRIGGERS
from tests.mutation import clauses, lines, mutants
from tests.mutation.results import AnyMutant, Results, report, share_noticed, unexplained
from tests.mutation.running import Tree, Trial

ROOM = Path(os.environ.get("MUTATION_ROOM", mutants.ROOT / "var" / "mutation"))
ENOUGH = 0.9


def main() -> int:
    wanted = _arguments()
    ROOM.mkdir(parents=True, exist_ok=True)
    chosen = _chosen(wanted)
    results = Results(ROOM / "results.jsonl")
    waiting = [mutant for mutant in chosen if not results.known(mutant)]
    print(f"{len(chosen)} mutants, {len(waiting)} to try. Results: {results.file}", flush=True)
    if wanted.remember:
        results.remember(chosen)
        return 0
    if waiting:
        _try_all(waiting, results, wanted)
    told = list(report(chosen, results))
    (ROOM / "report.txt").write_text("\n".join(told) + "\n")
    print("\n".join(told))
    return _verdict(chosen, results)


def _verdict(chosen: Sequence[AnyMutant], results: Results) -> int:
    if left := unexplained(chosen, results):
        print(f"{len(left)} survivors are not in tests/mutation/survivors.toml: write a test each.")
    if share_noticed(chosen, results) < ENOUGH:
        print(f"Fewer than {ENOUGH:.0%} were noticed.")
        return 1
    return 1 if left else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="mutants of the Python rules")
    parser.add_argument("--seed", type=int, default=7, help="which ones")
    parser.add_argument("--clauses", type=int, help="clauses of triggers; all, if left out")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=60, help="of tests for one at most")
    parser.add_argument(
        "--remember", action="store_true", help="only write into the repository what is known"
    )
    parser.add_argument("--note", action="store_true", help="note again which test runs what")
    return parser.parse_args()


def _chosen(wanted: argparse.Namespace) -> list[AnyMutant]:
    of_rules = list(clauses.mutants(TRIGGERS))
    if wanted.clauses is not None:
        Random(wanted.seed).shuffle(of_rules)
        of_rules = of_rules[: wanted.clauses]
    return [*mutants.sampled(wanted.sample, wanted.seed), *of_rules]


def _try_all(waiting: Sequence[AnyMutant], results: Results, wanted: argparse.Namespace) -> None:
    trees = [Tree(ROOM / f"tree-{number}") for number in range(1, wanted.workers + 1)]
    noted = ROOM / "noted"
    if wanted.note or not (noted / "noted.json").exists():
        print("Noting which test runs which line ...", flush=True)
        lines.note(trees[0].folder, noted)
    read = lines.read(noted)
    template = trees[0].template(ROOM)
    left: queue.SimpleQueue[AnyMutant] = queue.SimpleQueue()
    for mutant in waiting:
        left.put(mutant)
    workers = [
        threading.Thread(
            target=_work, args=(Trial(tree, template, read, wanted.seconds), left, results)
        )
        for tree in trees
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if not all(map(results.known, waiting)):
        sys.exit("Not every mutant was tried: see above.")


def _work(trial: Trial, left: queue.SimpleQueue[AnyMutant], results: Results) -> None:
    while not left.empty():
        try:
            mutant = left.get_nowait()
        except queue.Empty:
            break
        begun = time.monotonic()
        result = trial.of(mutant)
        seconds = time.monotonic() - begun
        results.keep(mutant, result, seconds)
        print(f"{result:9} {seconds:5.1f} s  {mutant.place}  {mutant.after[:80]}", flush=True)
    trial.warm.end()


if __name__ == "__main__":
    sys.exit(main())
