"""The first difference between two outcomes, in the order of the checks."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from graders.cases.layouts import lay_out, to_bytes
from graders.checks import mismatch as m
from graders.checks.comparison import Expectation, Tolerance, compare, compare_values
from graders.checks.outcome import Outcome
from graders.worker.wire import ITEM_SIZES, Dtype, Iterated, Opaque, ResultTensor

ALL = frozenset(m.ORDER)


def result(values, dtype="float32", **facts):
    data = np.asarray(values)
    tensor = ResultTensor(
        kind="tensor",
        dtype=dtype,
        shape=data.shape,
        device="cpu",
        data=to_bytes(dtype, data),
        contiguous=True,
        overlaps=False,
        requires_grad=False,
        writable=True,
        shares=(),
        same=None,
    )
    return replace(tensor, **facts)


def difference(expected, actual, *, checks=ALL, arguments=(), tolerances=None):
    """Compare two results, or two outcomes."""
    left = expected if isinstance(expected, Outcome) else Outcome(expected)
    right = actual if isinstance(actual, Outcome) else Outcome(actual)
    return compare(Expectation(left, arguments, tolerances or {}), right, checks)


finite = st.floats(-1e6, 1e6, width=32)
elements = st.sampled_from(sorted(set(ITEM_SIZES) - {"bfloat16"})).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, min_side=0, max_side=3))
)


# ---------------------------------------------------------------- values


@given(elements)
def test_a_result_equals_itself(data):
    assert difference(*[result(data, data.dtype.name, data=data.tobytes())] * 2) is None


@given(elements.filter(lambda data: data.size), st.data())
def test_one_changed_element_is_found(data, draws):
    place = tuple(draws.draw(st.integers(0, size - 1)) for size in data.shape)
    changed = data.copy()
    changed[place] = 1 if data[place] == 0 or np.isnan(data[place]) else 0
    wrong = difference(
        result(data, data.dtype.name, data=data.tobytes()),
        result(changed, data.dtype.name, data=changed.tobytes()),
    )
    assert isinstance(wrong, m.WrongValues)
    assert (wrong.worst, wrong.differing, wrong.total) == (place, 1, data.size)


@pytest.mark.parametrize(
    ("expected", "actual", "equal"),
    [
        (np.nan, np.nan, True),
        (np.nan, 0.0, False),
        (0.0, np.nan, False),
        (np.inf, np.inf, True),
        (np.inf, -np.inf, False),
        (np.inf, 3e38, False),
        (0.0, -0.0, True),
    ],
)
@pytest.mark.parametrize("allowed", [None, 1.0])
@pytest.mark.parametrize("make", [lambda value: result([value]), float])
def test_special_values_equal_only_their_own_kind(expected, actual, equal, allowed, make):
    center = np.asarray(expected if make is float else [expected], np.float64)
    tolerance = allowed and Tolerance(center, np.full_like(center, allowed))
    wrong = compare_values(make(expected), make(actual), tolerance)
    assert (wrong is None) == equal


@given(
    st.lists(st.tuples(finite, finite, st.floats(1e-6, 1e3)), min_size=1, max_size=5),
    st.floats(1, 100),
)
def test_a_looser_tolerance_never_fails_what_passed(rows, factor):
    expected, actual, allowed = (np.array(column) for column in zip(*rows, strict=True))
    tight = Tolerance(expected, allowed)
    loose = Tolerance(expected, allowed * factor)
    if compare_values(result(expected), result(actual), tight) is None:
        assert compare_values(result(expected), result(actual), loose) is None


def test_the_worst_element_is_the_one_farthest_outside_its_own_tolerance():
    expected = result([1.0, 1.0, 1.0])
    tolerance = Tolerance(np.ones(3), np.array([1.0, 0.001, 1.0]))
    wrong = compare_values(expected, result([1.5, 1.1, 3.0]), tolerance)
    assert (wrong.worst, wrong.differing) == ((1,), 2)


def test_numbers_inside_the_tolerance_pass():
    tolerance = {(): Tolerance(np.asarray(1.0), np.asarray(0.1))}
    assert difference(1.0, 1.05, tolerances=tolerance) is None
    assert isinstance(difference(1.0, 1.2, tolerances=tolerance), m.WrongValues)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [(1, 2), (True, False), ("a", "b"), (2**100, 2**100 + 1), (10**400, 1), (1j, 2j)],
)
def test_plain_values_compare_exactly(expected, actual):
    assert difference(expected, expected) is None
    assert isinstance(difference(expected, actual), m.WrongValues)


def test_a_path_leads_to_the_value():
    wrong = difference({"a": [1, 2], "b": (3,)}, {"a": [1, 2], "b": (4,)})
    assert (wrong.check, wrong.path) == ("values", ("b", 0))


# ---------------------------------------------------------------- type, shape, dtype, device


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (result(1.0), None),
        (result(1.0), 1.0),
        (result(1.0), result(1.0, kind="array")),
        (result(1.0), [result(1.0)]),
        (1, 1.0),
        (1, True),
        (None, 0),
        ({}, []),
        (1, Opaque("int")),
        (Dtype("float32"), "float32"),
    ],
    ids=repr,
)
def test_values_of_different_types_are_of_the_wrong_type(expected, actual):
    assert isinstance(difference(expected, actual), m.WrongType)


@pytest.mark.parametrize("actual", [[1, 2], (1, 2), Iterated((1, 2))], ids=repr)
@pytest.mark.parametrize("expected", [[1, 2], (1, 2), Iterated((1, 2))], ids=repr)
def test_one_kind_of_sequence_is_as_good_as_another(expected, actual):
    assert difference(expected, actual) is None


def test_a_sequence_of_another_length_is_told_with_both_lengths():
    assert difference([[1, 2]], [[1]]) == m.WrongLength(2, 1, (0,))


def test_a_dict_with_other_keys_is_told_with_the_keys():
    assert difference({"a": 1, "b": 2}, {"b": 2, "c": 3}) == m.WrongKeys(("a",), ("c",))


def test_a_dict_in_another_order_is_equal():
    assert difference({"a": 1, "b": 2}, {"b": 2, "a": 1}) is None


def test_a_number_of_numpy_is_none_of_python():
    found = difference(1.5, Outcome(1.5, numpy="float64"))
    assert found == m.NumpyNumber(1.5, "float64")
    assert difference(1.5, Outcome(1.5, numpy="float64"), checks=ALL - {"python number"}) is None
    assert difference(Outcome(1.5, numpy="float32"), Outcome(1.5, numpy="float64")) is None


def test_what_is_not_compared_equals_nothing():
    assert isinstance(difference(Opaque("set"), Opaque("set")), m.WrongType)


@pytest.mark.parametrize(
    ("actual", "kind"),
    [
        (result([[1.0]]), m.WrongShape),
        (result([1.0], "float64"), m.WrongDtype),
        (result([2.0]), m.WrongValues),
        (result([1.0], device="meta"), m.WrongDevice),
        (result([1.0], requires_grad=True), m.WrongRequiresGrad),
        (result([1.0], overlaps=True), m.NotWritable),
        (result([1.0], writable=False), m.NotWritable),
        (result([1.0], contiguous=False), m.NotContiguous),
        (result([1.0], shares=(0,)), m.SharedMemory),
    ],
)
def test_each_fact_about_a_tensor_has_its_mismatch(actual, kind):
    wrong = difference(result([1.0]), actual)
    assert type(wrong) is kind
    assert difference(result([1.0]), actual, checks=ALL - {wrong.check}) is None


def test_the_first_difference_in_the_order_of_checks_is_told():
    wrong = result([[2.0]], "float64", device="meta")
    assert difference(result([1.0]), wrong).check == "shape"
    assert difference(result([1.0]), wrong, checks=frozenset({"dtype", "device"})).check == "dtype"
    assert difference(result([1.0]), wrong, checks=frozenset({"device"})).check == "device"


def test_the_device_is_that_of_the_arguments():
    expected = Expectation(Outcome(result([1.0])), device="cuda")
    assert compare(expected, Outcome(result([1.0])), ALL) == m.WrongDevice("cuda", "cpu")
    assert compare(expected, Outcome(result([1.0], device="cuda")), ALL) is None


# ---------------------------------------------------------------- memory and objects

X = lay_out("tensor", "float32", np.array([1, 2]))


def test_a_view_is_expected_where_the_reference_returns_one():
    view = result([1.0], shares=(0,), same=0)
    assert difference(view, view, arguments=(X,)) is None
    assert difference(view, result([1.0]), arguments=(X,)) == m.OwnMemory(0)


def test_memory_that_results_share_is_told_without_an_argument():
    expected = [result([1.0]), result([1.0])]
    actual = [result([1.0]), result([1.0], shares=(1,))]
    assert difference(expected, actual, arguments=(X,)) == m.SharedMemory(None, (1,))


def test_another_object_is_told_where_the_reference_returns_its_argument():
    same = result([1.0], shares=(0,), same=0)
    assert difference(same, result([1.0], shares=(0,)), arguments=(X,)) == m.OtherObject(0)
    assert difference(result([1.0], shares=(0,)), same, arguments=(X,)) is None


@pytest.mark.parametrize("fact", ["contiguous", "writable"])
def test_a_result_may_be_better_than_that_of_the_reference(fact):
    assert difference(result([1.0], **{fact: False}), result([1.0])) is None


# ---------------------------------------------------------------- arguments

NEW = result([3.0, 4.0])


@pytest.mark.parametrize(
    ("expected", "actual", "wrong"),
    [
        ({}, {0: NEW}, m.ArgumentChanged(0, NEW)),
        ({}, {0: result([1.0, 2.0])}, None),
        ({0: NEW}, {}, m.ArgumentNotChanged(0, NEW)),
        ({0: NEW}, {0: NEW}, None),
    ],
)
def test_arguments_change_where_the_reference_changes_them(expected, actual, wrong):
    arguments = (X,)
    left, right = Outcome(changed=expected), Outcome(changed=actual)
    assert difference(left, right, arguments=arguments) == wrong


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (result([3.0, 5.0]), m.WrongValues),
        (result([[3.0, 4.0]]), m.WrongShape),
        (result([3.0, 4.0], "float64"), m.WrongDtype),
        (Opaque("sparse_coo tensor"), m.WrongType),
    ],
)
def test_what_is_in_a_changed_argument_is_compared(after, kind):
    wrong = difference(Outcome(changed={0: NEW}), Outcome(changed={0: after}), arguments=(X,))
    assert isinstance(wrong, m.ArgumentWrong)
    assert isinstance(wrong.difference, kind)


def test_a_changed_argument_goes_on_requiring_a_gradient():
    tracked = result([3.0, 4.0], requires_grad=True)
    left = Outcome(changed={0: tracked})
    wrong = difference(left, Outcome(changed={0: NEW}), arguments=(X,))
    assert wrong == m.ArgumentWrong(0, m.WrongRequiresGrad(True))
    assert difference(left, left, arguments=(X,)) is None


def test_a_changed_argument_is_compared_within_its_tolerance():
    near = Outcome(changed={0: result([3.0, 4.01])})
    tolerance = {("argument", 0): Tolerance(np.array([3.0, 4.0]), np.array([0.1, 0.1]))}
    left = Outcome(changed={0: NEW})
    assert difference(left, near, arguments=(X,), tolerances=tolerance) is None


@pytest.mark.parametrize(("expected", "actual"), [((), (1,)), ((1,), ())])
def test_lists_change_where_the_reference_changes_them(expected, actual):
    wrong = difference(Outcome(lists=expected), Outcome(lists=actual))
    assert wrong == m.ListChanged(1, expected=bool(expected))


def test_a_gradient_or_a_random_state_that_the_reference_leaves_alone_is_told():
    assert difference(Outcome(), Outcome(gradients={0: NEW})) == m.GradientLeft(0)
    assert difference(Outcome(gradients={0: NEW}), Outcome(gradients={0: NEW})) is None
    assert difference(Outcome(), Outcome(grad_off=True)) == m.GradLeftOff()
    assert difference(Outcome(grad_off=True), Outcome(grad_off=True)) is None
    assert difference(Outcome(), Outcome(random=True)) == m.RandomStateMoved()
    assert difference(Outcome(random=True), Outcome()) is None


# ---------------------------------------------------------------- exceptions

VALUE_ERROR = m.Error(("ValueError", "Exception"), "no")


def test_an_exception_where_the_reference_returns_is_told():
    assert difference(1, Outcome(error=VALUE_ERROR)) == m.Raised(VALUE_ERROR)


def test_a_result_where_the_reference_raises_is_told():
    assert difference(Outcome(error=VALUE_ERROR), 1) == m.DidNotRaise(VALUE_ERROR, 1)


def test_a_subclass_of_the_expected_exception_is_as_good():
    narrow = m.Error(("json.JSONDecodeError", "ValueError", "Exception"), "")
    other = m.Error(("KeyError", "Exception"), "")
    assert difference(Outcome(error=VALUE_ERROR), Outcome(error=narrow)) is None
    wrong = difference(Outcome(error=VALUE_ERROR), Outcome(error=other))
    assert wrong == m.RaisedOther(VALUE_ERROR, other)


def test_arguments_stay_as_they_are_where_the_reference_raises():
    wrong = difference(
        Outcome(error=VALUE_ERROR), Outcome(error=VALUE_ERROR, changed={0: NEW}), arguments=(X,)
    )
    assert isinstance(wrong, m.ArgumentChanged)


def test_checks_that_are_not_asked_for_find_nothing():
    assert difference(result([1.0]), Outcome(error=VALUE_ERROR), checks=frozenset()) is None
