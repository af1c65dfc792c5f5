"""The mistakes themselves: each is one small change that still can be run."""

from __future__ import annotations

import ast
import re
import sqlite3

import pytest

from patients.rules.guards import form_number, words
from patients.rules.triggers import TRIGGERS
from tests.mutation import clauses, loaded, mutants

# Mistakes are planted in the code, whatever the database.
pytestmark = pytest.mark.only_sqlite

CONDITION = (
    "NEW.by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM a JOIN b ON b.x = a.x"
    " WHERE a.id = NEW.id AND (a.y = 1 OR a.z IN ('p AND q', 'r'))"
    " AND a.v BETWEEN -1 AND 2.5 ORDER BY a.id LIMIT 1)"
)


def test_each_clause_is_left_out_or_turned_round_once() -> None:
    rule = {"rule": {"refuse_when": CONDITION}}
    made = [(mutant.before, mutant.after[:5]) for mutant in clauses.mutants(rule)]
    assert made == [
        ("NEW.by_id IS NOT NULL", "1 = 1"),
        (CONDITION.partition("NULL AND ")[2], "1 = 1"),
        ("b.x = a.x", "NOT ("),
        ("a.id = NEW.id", "1 = 1"),
        ("(a.y = 1 OR a.z IN ('p AND q', 'r'))", "1 = 1"),
        ("a.y = 1", "1 = 0"),
        ("a.z IN ('p AND q', 'r')", "1 = 0"),
        ("a.v BETWEEN -1 AND 2.5", "1 = 1"),
    ]


@pytest.mark.django_db
def test_every_rule_of_the_database_has_mistakes_and_each_is_sql() -> None:
    made = list(clauses.mutants(TRIGGERS))
    assert {mutant.rule for mutant in made} == TRIGGERS.keys()
    database = sqlite3.connect(":memory:")
    for mutant in made:
        if mutant.rule == "pass_never_changes":
            continue
        plain = mutant.text.replace("NEW.", "n.").replace("OLD.", "o.")
        with pytest.raises(sqlite3.OperationalError, match=r"no such (table|column)"):
            database.execute(f"SELECT {plain}")


@pytest.mark.slow
def test_the_same_seed_makes_the_same_mistakes_at_places_of_their_own() -> None:
    made = mutants.sampled(12, 3)
    assert made == mutants.sampled(12, 3)
    assert made != mutants.sampled(12, 4)
    assert len({mutant.key for mutant in made}) == 12
    for mutant in made:
        module = (mutants.ROOT / mutant.path).read_text()
        assert ast.dump(ast.parse(mutant.text)) != ast.dump(ast.parse(module))


def test_a_statement_that_only_acts_can_be_left_out() -> None:
    path = mutants.ROOT / "patients/verbs/messages.py"
    dropped = [
        mutant.before
        for group in mutants.changes_of(path).values()
        for name, occurrence in group
        if name == "DropStatement" and (mutant := mutants.made(path, name, occurrence))
    ]
    assert "guards.own_person(by, plan)" in dropped
    assert 'raise Refused("nothing_written")' in dropped


def test_a_mistake_reaches_whoever_imported_the_function_and_goes_again() -> None:
    path = "patients/rules/guards.py"
    text = (mutants.ROOT / path).read_text()
    wrong = text.replace(
        "_short(typed.text(text), limit)", "_short(typed.text(text).upper(), limit)"
    )
    assert words("a") == "a"
    assert loaded.put_into_code(path, wrong)
    assert words("a") == "A"
    assert loaded.put_into_code(path, text)
    assert words("a") == "a"


def test_a_mistake_outside_of_every_function_is_left_to_a_new_process() -> None:
    path = "patients/rules/guards.py"
    text = (mutants.ROOT / path).read_text()
    assert not loaded.put_into_code(path, text)
    assert not loaded.put_into_code(path, re.sub(r"(FORM_NUMBER_LIMIT) = .+", r"\1 = 1", text))
    assert form_number("long") == "long"
