"""Which calls are repeated on other devices."""

from collections import Counter

import pytest
from calls import tensor
from hypothesis import given
from hypothesis import strategies as st

from graders.cases.bank import Case
from graders.cases.reference import Observed
from graders.cases.sample import (
    FEWEST,
    MOST_OPERATIONS,
    TIMES,
    choose_sample,
    features_of_call,
)

LAYOUTS = ("contiguous", "transposed", "strided", "offset")


def case(*arguments, operations=1, error=None):
    record = {"error": [[error, "Exception"], "", None]} if error else {"value": ["none"]}
    named = {f"argument {number}": value for number, value in enumerate(arguments)}
    return Case("random", named, Observed(record, b"", 0.0, operations), {})


tensors = st.builds(
    lambda rows, columns, dtype, layout: tensor([[1.0] * columns] * rows, dtype, layout),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from(["float32", "float64", "int64", "bool"]),
    st.sampled_from(LAYOUTS),
)
calls = st.builds(
    case,
    tensors,
    st.one_of(st.integers(-3, 3), st.floats(), st.none(), st.booleans(), st.lists(tensors)),
    operations=st.integers(0, 20),
    error=st.sampled_from([None, None, "ValueError", "TypeError"]),
)


@given(st.lists(calls, min_size=1, max_size=24))
def test_every_feature_is_in_two_calls_of_a_sample(cases):
    chosen = choose_sample(cases)
    assert [*chosen] == sorted({*chosen})
    assert chosen[0] == 0  # the easiest to read, which a report shows if it fails
    there = Counter(feature for each in cases for feature in features_of_call(each))
    shown = Counter(feature for n in chosen for feature in features_of_call(cases[n]))
    assert all(shown[feature] >= min(TIMES, count) for feature, count in there.items())


@given(st.lists(st.builds(case, tensors, operations=st.integers(200, 900)), min_size=8))
def test_a_sample_of_long_calls_is_small(cases):
    chosen = choose_sample(cases)
    work = sum(cases[number].observed.operations for number in chosen)
    assert len(chosen) <= FEWEST or work <= MOST_OPERATIONS


def test_of_calls_that_show_the_same_the_shorter_ones_are_taken():
    cases = [case(tensor(), 3, operations=count) for count in (50, 30, 40, 10, 20)]
    assert choose_sample(cases) == (0, 3)


@pytest.mark.parametrize(
    "idle",
    [
        case(tensor([[]], "float64")),
        case(tensor([[1.0]], "float64"), 0),
        case(tensor([[1.0]], "float64"), 0.0),
        case(tensor([[1.0]], "float64"), []),
        case(tensor([[1.0]], "float64"), 2, error="ValueError"),
    ],
)
def test_a_call_that_may_do_nothing_shows_nothing_else(idle):
    busy = case(tensor([[1.0]], "float64", "offset"), 2)
    assert not features_of_call(idle) & features_of_call(busy)
    assert {*choose_sample([idle, busy])} == {0, 1}
    assert len(features_of_call(idle)) == 1


@pytest.mark.parametrize("layout", LAYOUTS[1:])
def test_layouts_are_told_apart(layout):
    plain, other = case(tensor()), case(tensor(layout=layout))
    assert features_of_call(plain) != features_of_call(other)


@pytest.mark.parametrize(
    "pair", [(1, 2), (-1, 1), (2.5, -2.5), (1, 1.0), (1, True), (float("nan"), 3)]
)
def test_numbers_that_programs_ask_about_are_told_apart(pair):
    one, other = (case(number) for number in pair)
    assert features_of_call(one) != features_of_call(other)


def test_large_numbers_and_sizes_are_alike():
    assert features_of_call(case(7)) == features_of_call(case(9))
    assert features_of_call(case(tensor([1.0] * 4))) == features_of_call(case(tensor([1.0] * 5)))
