"""Values as code that gives them back, and values as a person reads them."""

import math

import numpy as np
import pytest
import torch
from calls import seen
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from graders.cases.layouts import lay_out, layout_of
from graders.feedback.literal import call_code, code, number_shown, shown, type_shown
from graders.spec.vocabulary import LAYOUTS
from graders.worker.wire import ITEM_SIZES, ArgumentTensor, Dtype, Iterated, Opaque


def evaluated(text):
    return eval(text, {"torch": torch, "np": np})


@st.composite
def arguments(draw):
    """Tensors and arrays of every dtype and layout, with special values."""
    dtype = draw(st.sampled_from(sorted(ITEM_SIZES)))
    kind = "tensor" if dtype == "bfloat16" else draw(st.sampled_from(["tensor", "array"]))
    shape = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3)
    values = draw(arrays.arrays("float32" if dtype == "bfloat16" else dtype, shape))
    gradient = dtype.startswith(("float", "bfloat")) and kind == "tensor" and draw(st.booleans())
    layout = draw(st.sampled_from(LAYOUTS))
    return lay_out(kind, dtype, values, layout, requires_grad=gradient)


@given(arguments())
def test_the_code_of_a_tensor_gives_it_back(argument):
    back = evaluated(code(argument))
    result = seen(lambda: back).value
    assert (result.kind, result.dtype, result.shape) == (
        argument.kind,
        argument.dtype,
        argument.shape,
    )
    np.testing.assert_array_equal(result.numpy(), argument.numpy())
    if not argument.dtype.startswith("complex"):
        assert np.array_equal(signs(result.numpy()), signs(argument.numpy()))
    assert result.requires_grad == argument.requires_grad
    if argument.numpy().size:
        strides = back.stride() if argument.kind == "tensor" else steps(back)
        moving = [n for n, size in enumerate(argument.shape) if size > 1]
        assert [strides[n] for n in moving] == [argument.strides[n] for n in moving]
        assert result.contiguous == argument.contiguous


def signs(array):
    """Return which elements are negative; NaN has no sign that could be written down."""
    return np.signbit(array) & (array == array)


def steps(array):
    return [stride // array.itemsize for stride in array.strides]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda items: st.lists(items, max_size=3) | st.lists(items, max_size=3).map(tuple),
    max_leaves=5,
)


@given(plain)
def test_the_code_of_plain_values_gives_them_back(value):
    assert repr(evaluated(code(value))) == repr(value)


def test_the_code_of_a_dtype_is_its_name():
    assert code(Dtype("float64")) == "torch.float64"


@pytest.mark.parametrize(
    ("values", "dtype", "layout", "expected"),
    [
        ([[1, 2], [3, 4]], "float32", "contiguous", "torch.tensor([[1., 2.], [3., 4.]])"),
        ([1, 2], "int64", "contiguous", "torch.tensor([1, 2])"),
        ([0, 1], "bool", "contiguous", "torch.tensor([False, True])"),
        ([0.5], "float64", "contiguous", "torch.tensor([0.5], dtype=torch.float64)"),
        (2, "float32", "contiguous", "torch.tensor(2.)"),
        (np.empty((0, 3)), "float32", "contiguous", "torch.empty(0, 3)"),
        ([[1, 2], [3, 4]], "int64", "transposed", "torch.tensor([[1, 3], [2, 4]]).T"),
        ([1, 2], "int64", "strided", "torch.tensor([1, 99, 2, 99])[..., ::2]"),
        ([1, 2], "int64", "offset", "torch.tensor([99, 99, 99, 1, 2])[3:]"),
        ([-math.inf], "float32", "contiguous", 'torch.tensor([float("-inf")])'),
        ([1e-7, 1e20], "float32", "contiguous", "torch.tensor([1e-07, 1e+20])"),
    ],
)  # fmt: skip
def test_the_code_of_common_tensors_is_short(values, dtype, layout, expected):
    assert code(lay_out("tensor", dtype, np.array(values), layout)) == expected


def test_arrays_are_made_by_numpy():
    assert code(lay_out("array", "float64", np.array([1, 2]))) == "np.array([1., 2.])"
    assert code(lay_out("array", "float32", np.array([1]))) == "np.array([1.], dtype=np.float32)"
    assert code(lay_out("array", "int64", np.empty((0,)))) == "np.empty((0,), dtype=np.int64)"


def test_a_call_has_a_line_for_each_tensor_and_plain_values_in_their_place():
    x = lay_out("tensor", "int64", np.array([1]))
    lines = call_code("f", {"x": x, "n": 2, "items": [x], "p": 0.5, "d": Dtype("bool")})
    assert lines == [
        "x = torch.tensor([1])",
        "items = [torch.tensor([1])]",
        "f(x, 2, items, 0.5, torch.bool)",
    ]


@given(arguments())
def test_the_code_of_a_call_can_be_run(argument):
    *lines, call = call_code("f", {"x": argument, "y": argument})
    space = {"torch": torch, "np": np, "f": lambda x, y: (x.shape, y.shape)}
    exec("\n".join(lines), space)
    assert eval(call, space) == (argument.shape, argument.shape)


# ---------------------------------------------------------------- to be read


def result(values, dtype="float32"):
    return seen(lambda: torch.tensor(values, dtype=getattr(torch, dtype))).value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (result([1.0, 0.5, 1 / 3]), "[1., 0.5, 0.3333]"),
        (result([[1, 2]], "int64"), "[[1, 2]]"),
        (result(1.5), "1.5"),
        (result([math.nan, math.inf]), "[nan, inf]"),
        (result([]), "empty, shape (0,)"),
        (result(list(range(20)), "int64"), "0, 1, 2, 3, ... (shape (20,))"),
        ((1, 2.0), "(1, 2.)"),
        ((1,), "(1,)"),
        ([None, True], "[None, True]"),
        ({"a": 1}, "{'a': 1}"),
        (Iterated((1, 2)), "[1, 2]"),
        (Dtype("int8"), "torch.int8"),
        (Opaque("set"), "<set>"),
        ("it's", '"it\'s"'),
        (123456789012345, "1.23457e+14"),
        (1 + 2j, "1+2j"),
    ],
)
def test_values_are_shown_as_a_person_reads_them(value, text):
    assert shown(value) == text


def test_a_long_text_is_cut():
    assert len(shown("x" * 5000)) < 250


@given(st.floats())
def test_a_float_is_never_taken_for_an_integer(number):
    assert not number_shown(number).lstrip("-").isdigit()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (result(1.0), "a tensor"),
        (seen(lambda: np.zeros(1)).value, "a NumPy array"),
        (True, "a bool"),
        (1, "an int"),
        (1.0, "a float"),
        ([], "a list"),
        ((), "a tuple"),
        ({}, "a dict"),
        ("", "a str"),
        (Dtype("bool"), "a torch.dtype"),
        (Opaque("Linear"), "an object of type Linear"),
        (Opaque("sparse_coo tensor"), "a tensor of layout sparse_coo"),
    ],
)
def test_a_kind_of_value_is_named_with_its_article(value, text):
    assert type_shown(value) == text


def test_layouts_are_told_apart_where_the_code_needs_it():
    values = np.arange(6).reshape(2, 3)
    found = [layout_of(lay_out("tensor", "int64", values, layout)) for layout in LAYOUTS]
    assert found == [*LAYOUTS]
    assert isinstance(lay_out("tensor", "int64", values), ArgumentTensor)
