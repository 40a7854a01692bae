"""What is drawn: always what the author asks for, and the most readable first."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from corpus_files import rounds

from graders.cases.draw import draw, draw_all
from graders.cases.layouts import FILLER, lay_out, layout_of
from graders.cases.strategies import READABLE, Focus, cases, readable_integers, readable_sizes
from graders.spec import BlockArgument, IntegerArgument, ListArgument, SizeArgument, load_assignment
from graders.spec.expressions import Sizes
from graders.spec.vocabulary import LAYOUTS
from graders.worker.wire import ITEM_SIZES, ArgumentTensor, tensors_in

ASSIGNMENTS = sorted((Path(__file__).parents[2] / "assignments").glob("*.yaml"))
QUESTIONS = [
    pytest.param(path.stem, name, few, marks=marks)
    for path in ASSIGNMENTS
    for few, marks in rounds(path.stem)
    for name in load_assignment(path).questions
]


def drawn(question, count=40, focus=None):
    return draw(cases(question, focus or Focus()), count, seed=0)


# ---------------------------------------------------------------- our assignments


@pytest.mark.parametrize(("assignment", "name", "few"), QUESTIONS)
def test_every_case_of_a_bank_fits_its_question(assignment, name, few, grader_of):
    grader = grader_of(assignment, few)
    question = grader.assignment.questions[name]
    bank = grader.store.bank(name, question)
    for case in bank.cases:
        assert any(fits(question, case.arguments, sizes) for sizes in sizes_of(question))


def sizes_of(question):
    """Yield every choice of the named sizes."""
    choices = [sizes.choices for sizes in question.dimensions.values()]
    for chosen in itertools.product(*choices):
        yield dict(zip(question.dimensions, chosen, strict=True))


def fits(question, arguments, sizes):
    dims = {f"{n}.dims": len(v.shape) for n, v in arguments.items() if hasattr(v, "shape")}
    return all(
        fits_spec(spec, arguments[name], sizes | dims) for name, spec in question.arguments.items()
    )


def fits_spec(spec, value, names):
    match spec:
        case BlockArgument():
            return any(fits_shape(shape, value.shape, names) for shape in spec.shapes)
        case ListArgument():
            alike = len({item.shape for item in value if hasattr(item, "shape")}) <= 1
            return (alike or not spec.one_shape) and len(value) in spec.length.choices
        case SizeArgument():
            return value == names[spec.size]
        case IntegerArgument():
            low, high = spec.range.bounds(names)
            return type(value) is int and low <= value <= high
    return True


def fits_shape(shape, sizes, names):
    fixed = len(shape.fixed)
    if not shape.rest:
        return shape.sizes(names) == sizes
    stop = len(sizes) - len(shape.after)
    return len(sizes) >= fixed and shape.sizes(names, sizes[len(shape.before) : stop]) == sizes


# ---------------------------------------------------------------- constraints on elements


@pytest.mark.parametrize(
    ("spec", "holds"),
    [
        ("dtype: float32", lambda x: x.dtype == "float32"),
        ("dtype: [bool, int64]", lambda x: x.dtype in ("bool", "int64")),
        ("range: 0..1", lambda x: within(x, 0, 1)),
        ("range: -3..n", lambda x: within(x, -3, x.shape[0])),
        ("dtype: int64, range: 5..7", lambda x: within(x, 5, 7)),
        ("dtype: int8, large: true", lambda x: within(x, -128, 127)),
        ("dtype: int64, below: m", lambda x: within(x, 0, x.shape[1] - 1)),
        ("whole: true", lambda x: (x.numpy() == np.round(x.numpy())).all()),
        ("positive: true", lambda x: (x.numpy() > 0).all()),
        ("dtype: int64, positive: true", lambda x: (x.numpy() > 0).all()),
        ("non-zero: true", lambda x: (x.numpy() != 0).all()),
        ("dtype: int64, non-zero: true", lambda x: (x.numpy() != 0).all()),
        ("sorted: true", lambda x: (np.diff(x.numpy(), axis=-1) >= 0).all()),
        ("unique: true", lambda x: len(np.unique(x.numpy())) == x.numpy().size),
        ("requires grad: true", lambda x: x.requires_grad),
        ("layouts: [contiguous]", lambda x: x.contiguous and not x.offset),
        ("special: [nan]", lambda x: not np.isinf(x.numpy()).any()),
    ],
)
def test_elements_keep_to_what_the_author_asks(question_of, spec, holds):
    question = question_of(f"arguments: {{x: {{tensor: [n, m], {spec}}}}}\ndimensions: {{n: 0..4}}")
    calls = draw_all(question, [], seed=0)
    assert len(calls) > 20
    assert all(holds(call.arguments["x"]) for call in calls)


def within(x, low, high):
    numbers = x.numpy()
    return bool(((numbers >= low) & (numbers <= high)).all())


@pytest.mark.parametrize(
    ("spec", "shows"),
    [
        ("special: [nan]", lambda x: np.isnan(x).any()),
        ("special: [inf, -inf]", lambda x: np.isinf(x).any()),
        ("large: true", lambda x: np.abs(x).max(initial=0) > 1000),
        ("far: true", lambda x: x.min(initial=np.inf) > 9000 and x.size > 0),
        ("constant columns: true", lambda x: x.shape[0] > 1 and (np.ptp(x, axis=0) == 0).any()),
        ("dtype: bool", lambda x: x.any() and not x.all()),
    ],
)
def test_some_cases_show_what_the_author_names(question_of, spec, shows):
    question = question_of(f"arguments: {{x: {{tensor: [n, m], {spec}}}}}")
    shown = [shows(call.arguments["x"].numpy()) for call in draw_all(question, [], seed=0)]
    assert sum(shown) >= 2


def test_targets_lie_on_a_plane_over_their_inputs(question_of):
    question = question_of(
        """
        arguments:
          x: {tensor: [n, 2], dtype: float64, normal: true}
          y: {tensor: [n, 1], dtype: same as x, linear in: x}
        dimensions: {n: 6..9}
        """
    )
    for case in drawn(question, 10):
        x, y = case["x"].numpy(), case["y"].numpy()
        wide = np.hstack([x, np.ones((len(x), 1))])
        best = np.linalg.lstsq(wide, y, rcond=None)[0]
        assert np.abs(wide @ best - y).max() < 0.1 * max(np.abs(y).max(), 1)


# ---------------------------------------------------------------- several arguments


def test_named_sizes_agree_between_arguments(question_of):
    question = question_of(
        """
        arguments:
          a: {tensor: [m, 2 * k]}
          b: {tensor: [k, ...], dims: 1..3, dtype: same as a}
          c: {like: b}
          columns: {size: k}
        dimensions: {m: 0..3, k: 1..3}
        """
    )
    for case in drawn(question):
        a, b, c = case["a"], case["b"], case["c"]
        assert a.shape[1] == 2 * b.shape[0] == 2 * case["columns"]
        assert a.dtype == b.dtype == c.dtype
        assert b.shape == c.shape


def test_further_sizes_are_the_same_wherever_they_stand(question_of):
    question = question_of("arguments: {a: {tensor: [...]}, b: {tensor: [2, ...]}}")
    assert all(case["b"].shape == (2, *case["a"].shape) for case in drawn(question))


def test_an_index_lies_within_the_dims_of_its_tensor(question_of):
    question = question_of(
        "arguments: {x: {tensor: [...], dims: 1..4}, i: {integer: -x.dims..x.dims - 1}}"
    )
    found = drawn(question, 80)
    assert all(-len(case["x"].shape) <= case["i"] < len(case["x"].shape) for case in found)
    assert {case["i"] < 0 for case in found} == {True, False}


@pytest.mark.parametrize(
    ("spec", "holds"),
    [
        ("{float: 0..2}", lambda v: type(v) is float and 0 <= v <= 2),
        ("{boolean: any}", lambda v: type(v) is bool),
        ("{seed: any}", lambda v: type(v) is int and v >= 0),
        ("{string: [mean, sum]}", lambda v: v in ("mean", "sum")),
        ("{choice: [1, 0.5, none]}", lambda v: v in (1, 0.5, "none", None)),
        ("{shape: 1..3}", lambda v: type(v) is tuple and 1 <= len(v) <= 3),
        ("{torch dtype: [int64]}", lambda v: v.name == "int64"),
        ("{number: [integer, boolean]}", lambda v: type(v) in (int, bool)),
        ("{list: {tensor: [2]}, length: 1..3}", lambda v: 1 <= len(v) <= 3),
        ("{nested list: [2, 3]}", lambda v: np.array(v).shape == (2, 3)),
        ("{array: [2, 3]}", lambda v: v.kind == "array" and v.shape == (2, 3)),
    ],
)
def test_arguments_of_every_kind_are_drawn(question_of, spec, holds):
    question = question_of(f"arguments: {{a: {spec}}}")
    assert all(holds(case["a"]) for case in drawn(question))


def test_the_items_of_a_list_share_one_shape_unless_the_author_says_no(question_of):
    text = "arguments: {a: {list: {tensor: [...], dims: 1..2}, length: 2..4, one shape: %s}}"

    def mixed(flag):
        found = drawn(question_of(text % flag))
        return any(len({item.shape for item in case["a"]}) > 1 for case in found)

    assert not mixed("true")
    assert mixed("false")


# ---------------------------------------------------------------- readable cases


def test_the_first_case_counts_from_one_in_a_shape_without_ones(question_of):
    question = question_of(
        "arguments: {x: {tensor: [n, d]}, y: {tensor: [m, d], dtype: same as x}}"
    )
    [first, *_] = drawn(question, 5, READABLE)
    assert first["x"].shape == (3, 2)
    assert first["y"].shape == (4, 2)
    assert first["x"].numpy().tolist() == [[1, 2], [3, 4], [5, 6]]
    assert first["y"].numpy().reshape(-1).tolist() == list(range(7, 15))


def test_examples_come_first_then_readable_cases_then_edges_then_random_ones(question_of):
    question = question_of("arguments: {x: {tensor: [n, d]}}\ndimensions: {n: 0..3}\ncases: 60")
    example = {"x": lay_out("tensor", "float32", np.array([[7.0]]))}
    found = draw_all(question, [example], seed=0)
    assert found[0].arguments == example
    order = ["example", "readable", "edge", "random"]
    places = [order.index(case.origin) for case in found]
    assert places == sorted(places)
    assert {*places} == {0, 1, 2, 3}
    assert len(found) == 60


def test_no_call_is_made_twice(question_of):
    question = question_of("arguments: {i: {integer: 1..5}, j: {boolean: any}}\ncases: 50")
    calls = [tuple(case.arguments.values()) for case in draw_all(question, [], seed=0)]
    assert len(calls) == len({*calls}) == 10


def test_edges_have_every_layout_and_the_sizes_zero_and_one(question_of):
    question = question_of("arguments: {x: {tensor: [n, d]}}\ndimensions: {n: 0..3, d: 1..3}")
    tensors = [case.arguments["x"] for case in draw_all(question, [], seed=0)]
    assert {layout_of(x) for x in tensors if x.numpy().size > 1} == {*LAYOUTS}
    assert {0, 1} <= {x.shape[0] for x in tensors}
    assert 1 in {x.shape[1] for x in tensors}
    assert {x.dtype for x in tensors} == {"float32", "float64"}


def test_the_same_seed_draws_the_same_cases_and_another_seed_others(question_of):
    question = question_of("arguments: {x: {tensor: [n, d]}}")
    once, again, other = (draw_all(question, [], seed=seed) for seed in (1, 1, 2))
    assert once == again
    assert once != other


@pytest.mark.parametrize(
    ("choices", "number", "expected"),
    [
        ((0, 1, 2, 3, 4), 0, [3, 2, 4, 1, 0]),
        ((0, 1, 2, 3, 4), 1, [2, 3, 4, 1, 0]),
        ((1, 2), 0, [2, 1]),
        ((0, 1), 0, [0, 1]),
    ],
)
def test_sizes_are_most_readable_when_they_differ_and_are_not_one(choices, number, expected):
    assert readable_sizes(Sizes(choices), number) == expected


def test_integers_are_most_readable_when_they_are_small_and_differ():
    assert readable_integers(range(-2, 4), [])[0] == 2
    assert readable_integers(range(-2, 4), [2])[0] == 1


# ---------------------------------------------------------------- layouts


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", sorted(ITEM_SIZES))
@pytest.mark.parametrize("shape", [(), (1,), (4,), (2, 3), (2, 1, 3), (0, 2)], ids=str)
def test_a_layout_moves_elements_and_keeps_their_values(shape, dtype, layout):
    values = np.arange(1, 1 + int(np.prod(shape))).reshape(shape)
    argument = lay_out("tensor", dtype, values, layout)
    assert argument.shape == shape
    expected = values % 2 if dtype == "bool" else values
    assert (argument.numpy() == expected).all()


def test_what_lies_between_the_elements_shows_when_it_is_read():
    argument = lay_out("tensor", "int64", np.array([1, 2]), "strided")
    assert np.frombuffer(argument.storage, np.int64).tolist() == [1, FILLER, 2, FILLER]
    argument = lay_out("tensor", "int64", np.array([1]), "offset")
    assert np.frombuffer(argument.storage, np.int64).tolist() == [FILLER] * 3 + [1]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 4)], ids=str)
def test_a_layout_is_recognized(shape, layout):
    values = np.zeros(shape)
    expected = "contiguous" if layout == "transposed" and len(shape) < 2 else layout
    assert layout_of(lay_out("tensor", "float32", values, layout)) == expected


def test_every_tensor_of_a_call_is_numbered_in_the_order_of_the_arguments():
    x, y, z = (lay_out("tensor", "int64", np.array([n])) for n in range(3))
    assert list(tensors_in([x, 1, [y, (z,)], None])) == [x, y, z]
    assert isinstance(x, ArgumentTensor)
