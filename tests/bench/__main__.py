"""`make bench`: Today, the tick and the caseload at three sizes, beside a bare server, round by
round.

"CPU ms" is user and system time of the server's processes for one request, from /proc. The
program that makes the load is not counted. "of raw" is the bare server's CPU per request divided by
the page's: 0.04 says that the bare server answers 25 requests with what this page takes. Requests
per second depend on the client and on the machine's other work. So only the growth of the caseload
is measured by them, because it includes the database's own CPU.

Each ratio is the median over rounds of a pair measured in the same round, so that a machine that is
busy with other things for a while slows both. On PostgreSQL, whose processes are not counted in
"CPU ms": `make bench DB=postgres`. What strangers who hold connections open cost the others:
`make bench ARGS=silent`. Today is also opened in Chromium, see felt.py.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import silent
from tests.bench.databases import database, run
from tests.bench.felt import felt
from tests.bench.load import Work, offer
from tests.bench.server import Server, serving
from tests.bench.weight import weigh


@dataclass
class Case:
    """One measured case, with requests per second and CPU milliseconds of each round."""

    name: str
    server: Server
    work: Work
    size: int = 0
    #: The cookies of a patient's first visit. The case is measured as a later one, with the style
    #: sheets at hand.
    first: str = ""
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    sent: int = 0

    def measure(self, seconds: float) -> None:
        before = self.server.cpu_seconds()
        # Go on where the last round stopped, because a second tick of a criterion writes nothing.
        count, took = offer(self.work.starting_at(self.sent), self.server.port, seconds)
        self.sent += count + 100
        self.rates.append(count / took)
        self.cpu.append(1000 * (self.server.cpu_seconds() - before) / count)

    def of(self, bare: Case) -> float:
        """CPU per request of the bare server, as a share of this case's."""
        return median(its / mine for mine, its in zip(self.cpu, bare.cpu, strict=True))

    def slower_than(self, other: Case) -> float:
        return median(its / mine for mine, its in zip(self.rates, other.rates, strict=True))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement")
    parser.add_argument(
        "--patients", default="100,10000,100000", help="sizes of the caseload's database"
    )
    parser.add_argument("--practice", type=int, default=10, help="entries of each patient")
    return parser.parse_args()


def cases_of(size: int, server: Server, scene: dict[str, Any], *, all_pages: bool) -> list[Case]:
    clinician = {"Cookie": scene["clinician"]}
    cases = [
        Case(
            f"caseload, {size:,} patients", server, Work(scene["caseload"], headers=clinician), size
        )
    ]
    if all_pages:
        press = {**clinician, "X-CSRFToken": scene["csrf"], "HX-Request": "true"}
        cases = [
            _today("Today", server, scene, "patient"),
            _today("Today, the longest", server, scene, "heaviest"),
            Case("tick", server, Work(scene["ticks"], "POST", press)),
            *cases,
        ]
    return cases


def _today(name: str, server: Server, scene: dict[str, Any], who: str) -> Case:
    later = {"Cookie": f"{scene[who]}; {scene['styles']}"}
    return Case(name, server, Work(scene["today"], headers=later), first=scene[who])


def report(cases: list[Case]) -> None:
    raw = cases[0]
    caseloads = [case for case in cases if case.size]
    print(f"\n{'':26}{'req/s':>9}{'CPU ms':>9}{'of raw':>9}{'MiB':>7}")
    for case in cases:
        figures = f"{median(case.rates):9.0f}{median(case.cpu):9.3f}{case.of(raw):9.4f}"
        print(f"{case.name:26}{figures}{case.server.memory_mib():7.0f}")
    growth = caseloads[-1].slower_than(caseloads[0])
    many = caseloads[-1].size
    few = caseloads[0].size
    print(f"\ncaseload, {many:,} patients instead of {few:,}: {growth:.2f} times the time")


def weighed(case: Case) -> str:
    """The bytes of a first visit, and how it is felt on a slow phone."""
    asked = case.server.port, case.work.paths[0], case.first
    return f"{case.name}, {weigh(*asked).report()}\n{felt(*asked)}"


def measure(cases: list[Case], rounds: int, seconds: float) -> None:
    for _ in range(rounds + 1):
        for case in cases:
            case.measure(seconds)
    for case in cases:
        # The first round only warmed up.
        del case.rates[0], case.cpu[0]


def main() -> None:
    arguments = options()
    sizes = sorted(int(size) for size in arguments.patients.split(","))
    pages_at = max((size for size in sizes if size <= 10_000), default=sizes[0])
    with tempfile.TemporaryDirectory(prefix="hinge-ladder-bench-") as room, ExitStack() as stack:
        log = stack.enter_context(Path(room, "log").open("ab"))
        common = {"VAR_DIR": room, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        run("django", "collectstatic", "--no-input", "--verbosity=0", environment=common)
        cases = [
            Case(
                "raw WSGI hello",
                stack.enter_context(serving("tests.bench.raw", common, log=log)),
                Work(["/"]),
            )
        ]
        for size in sizes:
            print(f"Making {size:,} patients ...", flush=True)
            environment = {**common, "DATABASE_URL": database(room, f"bench_{size}")}
            scene = json.loads(
                run(
                    "tests.bench.scene", str(size), str(arguments.practice), environment=environment
                )
            )
            server = stack.enter_context(serving("config.wsgi", environment, log=log))
            cases += cases_of(size, server, scene, all_pages=size == pages_at)
        weights = [weighed(case) for case in cases if case.name.startswith("Today")]
        cases.sort(key=lambda case: case.size)
        measure(cases, arguments.rounds, arguments.seconds)
        report(cases)
    print("", *weights, sep="\n")
    print(run("tests.bench.figures", environment={}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["silent"]:
        sys.exit(silent.main(sys.argv[2:]))
    main()
