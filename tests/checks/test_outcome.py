"""Records that workers write, and records that only somebody else can have written."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_values import anything

from graders.checks.mismatch import Error
from graders.checks.outcome import (
    Outcome,
    decode_outcome,
    floating_leaves,
    is_sequence,
    leaves,
)
from graders.worker.wire import BrokenFrame, Iterated, ResultTensor

TENSOR = ["tensor", "float32", [], "cpu", "wc", [], None, 4]
ONE, TWO, THREE = (bytes([0, 0, byte, 63]) for byte in (0x80, 0x90, 0xA0))


def decode(record, payload=b""):
    return decode_outcome(record, payload)


def test_a_value_is_read():
    assert decode({"value": ["int", 3]}) == Outcome(3)


def test_an_exception_is_read():
    error = [["ValueError", "Exception"], "text", ["hw2.py", 3]]
    assert decode({"error": error}).error == Error(("ValueError", "Exception"), "text", "hw2.py", 3)
    assert decode({"error": [["my.Error"], "", None]}).error.name == "Error"


def test_tensors_are_read_in_the_order_in_which_they_were_written():
    record = {
        "value": TENSOR,
        "gradients": [[0, TENSOR]],
        "changed": [[1, TENSOR], [0, TENSOR]],
        "lists": [2],
        "random": True,
    }
    outcome = decode(record, ONE + TWO + THREE + ONE)
    assert outcome.value.data == ONE
    assert (outcome.changed[0].data, outcome.gradients[0].data) == (TWO, THREE)
    assert outcome.changed[1].data == ONE
    assert (outcome.lists, outcome.random) == ((2,), True)


@pytest.mark.parametrize(
    "record",
    [
        {},
        [],
        None,
        {"value": ["int"]},
        {"value": TENSOR, "changed": [[0]]},
        {"value": ["none"], "changed": 3},
        {"value": ["none"], "lists": ["a"]},
        {"value": ["none"], "lists": [float("inf")]},
        {"value": ["none"], "changed": [[float("inf"), ["none"]]]},
        {"error": []},
        {"error": [[], "", None]},
        {"error": [["ValueError"], 3, None]},
        {"error": [["ValueError"], "", ["hw2.py"]]},
        {"error": [["ValueError"], "", ["hw2.py", float("inf")]]},
        {"error": [[3], "", None]},
        {"error": ["ValueError", "", [3, 3]]},
    ],
    ids=str,
)
def test_a_malformed_record_is_refused(record):
    with pytest.raises(BrokenFrame):
        decode(record, ONE)


GOOD = {
    "value": ["list", [["int", 1]]],
    "changed": [[0, ["int", 1]]],
    "gradients": [[0, ["int", 1]]],
    "lists": [1],
    "random": True,
    "error": [["ValueError"], "text", ["hw2.py", 1]],
}


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), anything), st.sets(st.sampled_from([*GOOD])))
def test_a_record_of_any_form_is_read_or_refused(wrong, dropped):
    record = {key: part for key, part in (GOOD | wrong).items() if key not in dropped}
    try:
        outcome = decode(json.loads(json.dumps(record)))
    except BrokenFrame:
        return
    assert isinstance(outcome, Outcome)


def test_the_leaves_of_a_value_come_with_their_paths():
    value = {"b": (1, [2]), "a": Iterated((3,))}
    assert list(leaves(value)) == [(("a", 0), 3), (("b", 0), 1), (("b", 1, 0), 2)]


def test_only_numbers_that_are_rounded_have_a_tolerance():
    floating = decode({"value": TENSOR}, ONE).value
    whole = ResultTensor("tensor", "int32", (), "cpu", bytes(4), True, False, False, True, (), None)
    outcome = Outcome([floating, whole, 1, 1.5, 1j, "1.5", True], changed={0: floating})
    paths = [path for path, _ in floating_leaves(outcome)]
    assert paths == [(0,), (3,), (4,), ("argument", 0)]


@pytest.mark.parametrize("value", [[], (), Iterated(())])
def test_sequences(value):
    assert is_sequence(value)
    assert not is_sequence("text")
