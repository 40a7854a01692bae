"""No diagnosis of a random wrong function is false: `benchmarks/false_diagnoses.py` tries more."""

from dataclasses import replace
from itertools import islice

import pytest
from claims import holds
from failing import failing, matrices
from random_mistakes import all_mutants, compositions, tried, untrue

from graders.cases.store import BankStore
from graders.checks import mistake as k

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


EXCHANGED = k.PartsExchanged(((0,), (1,)), ((1,), (0,)))


@pytest.mark.parametrize(
    ("mistake", "wrong", "reason"),
    [
        (k.OtherCuts(), lambda x: iter((x, x.T)), "rows of two widths"),
        (k.OtherCuts(), lambda x: iter((x, x.sum())), "not to be compared: TypeError"),
        (EXCHANGED, lambda x: [x], "(1,) is missing"),
        (EXCHANGED, lambda x: [x, "text"], "not to be compared: ValueError"),
    ],
)
def test_a_claim_about_what_cannot_be_compared_is_not_true(mistake, wrong, reason):
    cases = [case for case in matrices() if len({*case["x"].shape}) > 1]
    failures, passed = failing(lambda x: iter((x, x)), wrong, cases)
    claim = k.Diagnosis(mistake, len(failures), len(passed))
    assert reason in untrue(lambda: holds(claim, failures, passed))
