"""No diagnosis of a random wrong function is false: `benchmarks/false_diagnoses.py` tries more."""

from dataclasses import replace
from itertools import islice

import pytest
from random_mistakes import all_mutants, compositions, tried

from graders.cases.store import BankStore

FUNCTIONS = 15


@pytest.mark.slow
def test_what_is_diagnosed_is_true_of_other_cases_too(grader_of, cache_folder):
    one = grader_of("hw3")
    store = BankStore(one.store.reference, seed=one.store.seed + 1, folder=cache_folder)
    graders = one, replace(one, store=store)
    mistakes = [*all_mutants(one)[::9][:FUNCTIONS], *islice(compositions(one, 0), FUNCTIONS)]
    found = [result for each in mistakes if (result := tried(each, graders)) is not None]
    assert sum(result.diagnosis is not None for result in found) > FUNCTIONS / 2
    untrue = [r for r in found if r.false or r.narrow]
    assert not [(r.mistake.change, r.false, r.narrow) for r in untrue]
