"""`manage.py verify` checks the rules over the whole database, or over a part of them."""

from __future__ import annotations

import re
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError

from accounts.signals import verifying
from patients.models import Patient
from patients.summaries import refresh, verify
from patients.summaries.verify_summaries import check_summaries

#: The part that looks at one patient after the other, and that of the other apps.
OF_PATIENTS = "summaries"
OF_OTHERS = "database-and-trail"
NAMES = [*(name for name, _check in verify.parts()), OF_OTHERS]
EVERYTHING = "Every rule holds, and every summary says what its tables say."
A_PART = "What was looked at holds. The rest was left out."


class _Range(NamedTuple):
    """The numbers of patients, both included; None = to the last one."""

    first: int = 0
    last: int | None = None


def _range(text: str) -> _Range:
    """Read "1000-1999" or "1000-"."""
    found = re.fullmatch(r"(\d{1,18})-(\d{1,18})?", text)
    if found is None:
        raise ArgumentTypeError("numbers of patients, such as 1000-1999 or 1000-")
    return _Range(int(found[1]), int(found[2]) if found[2] else None)


class Command(BaseCommand):
    help = (
        "Check the rules over every row, and lists against what they sum up. Exit 1 on a "
        "difference. Changes nothing, unless --repair-summaries mends summaries first. "
        "Differences are printed, and progress beside them, on the other stream."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair-summaries",
            "--repair",
            dest="repair",
            action="store_true",
            help="write the summaries that differ, then check",
        )
        parser.add_argument(
            "--part",
            action="append",
            choices=NAMES,
            metavar="PART",
            help=f"this part alone, of {', '.join(NAMES)}",
        )
        parser.add_argument(
            "--from-part",
            choices=NAMES,
            metavar="PART",
            help="go on with this part after an interruption",
        )
        parser.add_argument(
            "--patients",
            type=_range,
            default=_Range(),
            metavar="FIRST-LAST",
            help=f"the patients whom {OF_PATIENTS} looks at; the progress says how far it came",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tell = self._tell if options["verbosity"] else _quiet
        if options["repair"]:
            mended = refresh.rebuild(Patient.objects.all(), partial(_compared, tell))
            self.stdout.write(f"{mended} summaries mended.")
        count = 0
        for name, check in self._parts(options["patients"], tell):
            if _is_wanted(name, options["part"], options["from_part"]):
                count += self._run(name, check, tell)
        if count:
            raise CommandError(f"{count} differences.", returncode=1)
        if options["verbosity"]:
            whole = not options["part"] and options["patients"] == _Range()
            self.stdout.write(EVERYTHING if whole and not options["from_part"] else A_PART)

    def _run(
        self, name: str, check: Callable[[], Iterable[str]], tell: Callable[[str], object]
    ) -> int:
        """Run one part, print what it finds, and return how much that is."""
        began = time.monotonic()
        count = 0
        for difference in check():
            self.stdout.write(difference)
            count += 1
        tell(f"{name}: {count} differences, {time.monotonic() - began:.1f} s")
        return count

    def _parts(
        self, patients: _Range, tell: Callable[[str], object]
    ) -> Iterator[tuple[str, Callable[[], Iterable[str]]]]:
        for name, check in verify.parts():
            if name == OF_PATIENTS:
                yield name, partial(check_summaries, *patients, partial(_looked, tell))
            else:
                yield name, check
        yield OF_OTHERS, self._of_others

    def _of_others(self) -> Iterator[str]:
        for _receiver, found in verifying.send(type(self)):
            yield from found or ()

    def _tell(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
        self.stderr.flush()


def _is_wanted(name: str, parts: list[str] | None, first: str | None) -> bool:
    after = first is None or NAMES.index(name) >= NAMES.index(first)
    return after and (not parts or name in parts)


def _compared(tell: Callable[[str], object], number: int) -> None:
    tell(f"{number} patients compared ...")


def _looked(tell: Callable[[str], object], last: int) -> None:
    tell(f"{OF_PATIENTS}: up to patient {last} ...")


def _quiet(line: str) -> None:
    """Tell nothing."""
