"""What goes to a worker and comes back; what comes back may be anything."""

import json
import math
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_values import anything, argument_tensors, dtypes

from graders.worker import wire
from graders.worker.wire import BrokenFrame, Dtype, ResultTensor

arguments = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.builds(Dtype, dtypes)
    | argument_tensors(),
    lambda items: st.lists(items, max_size=3) | st.lists(items, max_size=3).map(tuple),
    max_leaves=6,
)


@given(st.lists(arguments, max_size=4))
def test_arguments_arrive_as_they_were_sent(values):
    payload = bytearray()
    trees = json.loads(wire.dump_header(wire.encode_arguments(values, payload)))
    assert wire.decode_arguments(trees, bytes(payload)) == values


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, -0.0, 5e-324])
def test_special_floats_arrive_bit_for_bit(number):
    [tree] = json.loads(wire.dump_header(wire.encode_arguments([number], bytearray())))
    [back] = wire.decode_arguments([tree], b"")
    assert struct.pack("d", back) == struct.pack("d", number)


def test_what_a_worker_cannot_be_sent_is_refused():
    with pytest.raises(TypeError, match="set"):
        wire.encode_arguments([{1}], bytearray())


@given(st.integers(0, 2**32 - 1), st.binary(max_size=100), st.lists(st.integers()))
def test_a_frame_arrives_as_it_was_sent(number, payload, header):
    frame = wire.pack_frame(number, wire.dump_header(header), payload)
    assert wire.read_frame(reader(frame)) == (number, header, payload)


@given(argument_tensors())
def test_numpy_sees_the_elements_that_the_layout_places(tensor):
    flat = wire.as_numpy(tensor.dtype, tensor.storage)
    elements = tensor.numpy()
    assert elements.shape == tensor.shape
    for index in np.ndindex(tensor.shape):
        place = tensor.offset + sum(i * s for i, s in zip(index, tensor.strides, strict=True))
        assert elements[index].tobytes() == flat[place].tobytes()


def test_bfloat16_is_read_as_the_upper_half_of_a_float32():
    data = np.array([0x3F80, 0xC000, 0x7F80], np.uint16).tobytes()
    assert wire.as_numpy("bfloat16", data).tolist() == [1.0, -2.0, math.inf]


# ---------------------------------------------------------------- hostile frames


def reader(data):
    """Read from bytes as from a pipe that ends after them."""
    position = 0

    def read_exactly(size):
        nonlocal position
        position += size
        if position > len(data):
            raise EOFError
        return data[position - size : position]

    return read_exactly


@given(st.binary(max_size=64) | st.binary(max_size=64).map(lambda data: wire.MAGIC + data))
def test_bytes_that_are_no_frame_are_refused(data):
    with pytest.raises((BrokenFrame, EOFError)):
        wire.read_frame(reader(data))


@pytest.mark.parametrize(
    ("header_size", "payload_size"), [(wire.MAX_HEADER + 1, 0), (2, wire.MAX_PAYLOAD + 1)]
)
def test_a_frame_that_is_too_long_is_refused_before_it_is_read(header_size, payload_size):
    prefix = wire.PREFIX.pack(wire.MAGIC, 1, header_size, payload_size)
    with pytest.raises(BrokenFrame):
        wire.read_frame(reader(prefix + b"{}"))


@pytest.mark.parametrize(
    "header",
    [b"", b"{", b"[NaN]", b"[Infinity]", b"[1e999]", b'"\\ud800"', b"\xff", b"[" * 100_000],
    ids=repr,
)
def test_a_header_that_is_not_plain_json_is_refused(header):
    with pytest.raises(BrokenFrame):
        wire.parse_header(header)


GOOD = [
    ["none"],
    ["bool", True],
    ["int", 3],
    ["float", "0x1.8p+0"],
    ["complex", "0x1p+0", "0x1p+1"],
    ["str", "text"],
    ["dtype", "float32"],
    ["opaque", "set"],
    ["list", [["int", 1]]],
    ["tuple", [["int", 1]]],
    ["iterated", [["int", 1]]],
    ["dict", [[["str", "k"], ["int", 1]]]],
    ["tensor", "float32", [2, 1], "cpu", "wc", [0], None, 8],
    ["array", "bool", [3], "cpu", "w", [], 0, 3],
]
sizes = st.integers(-1, 2**70) | st.floats() | st.booleans()


@st.composite
def trees_with_a_wrong_part(draw):
    tree = json.loads(json.dumps(draw(st.sampled_from(GOOD))))
    place = draw(st.integers(0, len(tree) - 1))
    tree[place] = draw(anything | sizes | st.lists(sizes, max_size=3))
    return draw(st.sampled_from([tree, ["list", [tree]], ["dict", [[tree, tree]]]]))


@settings(max_examples=500)
@given(anything | trees_with_a_wrong_part(), st.binary(max_size=16))
def test_a_malformed_value_raises_broken_frame_and_nothing_else(tree, payload):
    try:
        value = wire.decode_value(tree, payload)
    except BrokenFrame:
        return
    if isinstance(value, ResultTensor):
        assert value.numpy().shape == value.shape


@pytest.mark.parametrize("tree", GOOD, ids=lambda tree: tree[0])
def test_a_well_formed_value_is_read(tree):
    size = tree[-1] if tree[0] in ("tensor", "array") else 0
    wire.decode_value(tree, bytes(size))


@pytest.mark.parametrize(
    "tree",
    [
        ["tensor", "float32", [2], "cpu", "w", [], None, 4],
        ["tensor", "float32", [-2], "cpu", "w", [], None, -8],
        ["tensor", "object", [1], "cpu", "w", [], None, 8],
        ["tensor", "float32", [2**70, 0], "cpu", "w", [], None, 0],
        ["tensor", "float32", [0] * 65, "cpu", "w", [], None, 0],
        ["tensor", "float32", [], "cpu", "w", [-1], None, 4],
        ["tensor", "float32", [], "cpu", "w", [], True, 4],
        ["tensor", "float32", [], "cpu", 7, [], None, 4],
        ["dict", [[["list", []], ["none"]]]],
        ["int", True],
        ["int", 1.5],
        ["float", "1.0 or more"],
        ["complex", "0x1p+0"],
        ["pickle", "gASVAAAAAAA="],
    ],
    ids=lambda tree: str(tree)[:60],
)
def test_a_value_of_a_wrong_form_is_refused(tree):
    size = max(tree[-1], 0) if tree[0] == "tensor" else 0
    with pytest.raises(BrokenFrame):
        wire.decode_value(tree, bytes(size))


def test_bytes_that_no_value_describes_are_refused():
    with pytest.raises(BrokenFrame, match="does not describe"):
        wire.decode_value(["int", 1], b"x")


def test_a_value_that_is_too_deep_is_refused():
    tree = ["int", 1]
    for _ in range(wire.MAX_DEPTH + 1):
        tree = ["list", [tree]]
    with pytest.raises(BrokenFrame, match="too deep"):
        wire.decode_value(tree, b"")


def test_a_value_with_too_many_parts_is_refused():
    with pytest.raises(BrokenFrame, match="too large"):
        wire.decode_value(["list", [["int", 1]] * wire.MAX_NODES], b"")


def test_a_truth_value_of_any_byte_is_true_or_false():
    value = wire.decode_value(
        ["array", "bool", [3], "cpu", "w", [], None, 3], memoryview(b"\0\2\1")
    )
    assert value.data == b"\0\1\1"
