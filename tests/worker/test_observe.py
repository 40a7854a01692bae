"""What one call is seen to do."""

import itertools
import random
from collections import OrderedDict, namedtuple

import numpy as np
import pytest
import torch
from calls import array, seen, tensor
from hypothesis import given
from wire_values import argument_tensors

from graders.worker import wire
from graders.worker.wire import Iterated, Opaque, ResultTensor


@given(argument_tensors())
def test_the_elements_of_a_tensor_come_back_bit_for_bit(sent):
    value = seen(lambda x: x, sent).value
    itemsize = wire.ITEM_SIZES[sent.dtype]
    raw = np.frombuffer(sent.storage, f"V{itemsize}")
    strides = [stride * itemsize for stride in sent.strides]
    elements = np.ndarray(sent.shape, raw.dtype, raw, sent.offset * itemsize, strides)
    assert (value.kind, value.dtype, value.shape) == (sent.kind, sent.dtype, sent.shape)
    if sent.dtype != "bool":  # whose bytes are made 0 and 1
        assert value.data == elements.tobytes()


@pytest.mark.parametrize("layout", ["contiguous", "transposed", "strided", "offset"])
@pytest.mark.parametrize("make", [tensor, array])
def test_an_argument_is_built_in_its_layout(make, layout):
    sent = make(layout=layout)
    assert seen(lambda x: list(x.stride() if make is tensor else x.strides), sent).value == [
        stride * (1 if make is tensor else 8) for stride in sent.strides
    ]
    result = seen(lambda x: x, sent).value
    assert result.numpy().tolist() == [[1, 2, 3], [4, 5, 6]]
    assert result.contiguous == (layout in ("contiguous", "offset"))


# ---------------------------------------------------------------- memory


@pytest.mark.parametrize(
    "view",
    [
        lambda x: x,
        lambda x: x[:, 1],
        lambda x: x.T,
        lambda x: x.expand(2, 2, 3),
        lambda x: x.detach(),
        lambda x: x.numpy(),
        lambda x: torch.from_numpy(x.numpy()),
        lambda x: x.data,
    ],
)
def test_a_view_shares_memory_with_its_argument(view):
    assert seen(lambda a, x: view(x), tensor(), tensor()).value.shares == (1,)


@pytest.mark.parametrize(
    "copy", [lambda x: x.clone(), lambda x: x + 0, lambda x: x[[0, 1]], lambda x: x.numpy().copy()]
)
def test_a_copy_shares_no_memory(copy):
    assert seen(copy, tensor()).value.shares == ()


def test_empty_tensors_share_no_memory():
    assert seen(lambda x: x[:0], tensor()).value.shares == ()
    assert seen(lambda x: x, tensor(np.empty((0, 3)))).value.shares == ()


def test_results_that_share_memory_with_each_other_are_told():
    def both(x):
        y = x.clone()
        return y, y[0]

    first, second = seen(both, tensor()).value
    assert (first.shares, second.shares) == ((), (1,))  # counted on after the one argument


def test_the_very_same_object_is_told_from_a_view():
    assert seen(lambda a, x: x, tensor(), tensor()).value.same == 1
    assert seen(lambda x: x[:], tensor()).value.same is None


def test_elements_in_one_place_are_told():
    assert seen(lambda x: x[:, :1].expand(2, 3), tensor()).value.overlaps
    assert seen(lambda x: np.broadcast_to(x.numpy(), (2, 2, 3)), tensor()).value.overlaps
    assert not seen(lambda x: x.expand(1, 2, 3), tensor()).value.overlaps


def test_a_read_only_array_is_told():
    assert not seen(lambda x: np.broadcast_to(x, (2, 2, 3)), array()).value.writable
    assert seen(lambda x: x, array()).value.writable


# ---------------------------------------------------------------- changed arguments


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.add_(1),
        lambda x: x.__setitem__((0, 0), 7),
        lambda x: x.numpy().fill(0),
        lambda x: x.data.mul_(2),
        lambda x: x.t_(),
        lambda x: x.unsqueeze_(0),
        lambda x: x.resize_(3),
        lambda x: x.set_(torch.zeros(2, 3)),
        lambda x: setattr(x, "data", torch.ones(2, 3)),
        lambda x: setattr(x, "data", x.data.double()),
    ],
)
def test_a_tensor_that_is_changed_is_told(change):
    outcome = seen(lambda a, x: (change(x), None)[1], tensor(), tensor())
    assert outcome.changed.keys() == {1}


def test_a_changed_tensor_is_told_with_what_is_in_it_now():
    assert seen(lambda x: x.neg_(), tensor([1, 2])).changed[0].numpy().tolist() == [-1, -2]


def test_a_change_outside_the_elements_is_told():
    outcome = seen(lambda x: x.as_strided((1,), (1,), 0).fill_(0), tensor(layout="offset"))
    assert outcome.changed.keys() == {0}


def test_a_change_that_is_undone_is_none():
    assert not seen(lambda x: x.add_(1).sub_(1), tensor()).changed


@pytest.mark.parametrize(
    "change", [lambda x: x.fill(0), lambda x: x.sort(), lambda x: x.__setitem__((0, 0), 7)]
)
def test_an_array_that_is_changed_is_told(change):
    assert seen(change, array([[3, 2], [1, 0]])).changed.keys() == {0}


@pytest.mark.filterwarnings("ignore:Setting the shape:DeprecationWarning")
def test_an_array_of_another_shape_is_changed():
    def reshape(x):
        x.shape = (6,)

    assert seen(reshape, array()).changed[0].shape == (6,)


def test_arguments_that_are_left_alone_are_not_told():
    outcome = seen(lambda x, y, z: x @ y.T, tensor(), tensor(layout="strided"), [tensor()])
    assert (outcome.changed, outcome.lists, outcome.gradients) == ({}, (), {})


def test_a_nan_that_is_left_alone_is_no_change():
    assert not seen(lambda x: x * 2, tensor([np.nan, np.inf])).changed


@pytest.mark.parametrize(
    "change",
    [
        lambda items: items.append(1),
        lambda items: items.pop(),
        lambda items: items.reverse(),
        lambda items: items.__setitem__(0, items[0].clone()),
        lambda items: items.clear(),
    ],
)
def test_a_list_that_is_changed_is_told(change):
    outcome = seen(lambda x, items: change(items), tensor(), [tensor(), tensor()])
    assert outcome.lists == (1,)


def test_a_nested_list_that_is_changed_is_told():
    assert seen(lambda n, rows: rows[1].append(n), 3, [[1, 2], [3]]).lists == (1,)
    assert seen(lambda rows: rows[0].__setitem__(0, True), [[1, 2]]).lists == (0,)


def test_the_tensors_behind_a_changed_list_keep_their_numbers():
    outcome = seen(lambda items, x: (items.pop(), x.add_(1))[1], [tensor(), tensor()], tensor())
    assert outcome.lists == (0,)
    assert outcome.changed.keys() == {2}
    assert outcome.value.same == 2


# ---------------------------------------------------------------- gradients and random state


def test_a_gradient_that_is_left_is_told():
    outcome = seen(lambda x: x.square().sum().backward(), tensor([1, 2], requires_grad=True))
    assert outcome.gradients[0].numpy().tolist() == [2, 4]
    assert not outcome.changed


def test_a_gradient_that_is_computed_is_not_left():
    function = lambda x: torch.autograd.grad(x.sum(), x)[0]  # noqa: E731
    assert not seen(function, tensor([1, 2], requires_grad=True)).gradients


def test_changes_and_gradients_of_several_arguments_keep_apart():
    def both(x, y):
        (x * y).sum().backward()
        with torch.no_grad():
            x += 10
            y -= 10
        return x * 0

    outcome = seen(both, tensor([1], requires_grad=True), tensor([2], requires_grad=True))
    assert [outcome.changed[n].numpy().tolist() for n in (0, 1)] == [[11], [-8]]
    assert [outcome.gradients[n].numpy().tolist() for n in (0, 1)] == [[2], [1]]
    assert outcome.value.requires_grad


def test_an_argument_that_loses_its_gradient_is_changed():
    outcome = seen(lambda x: (x.requires_grad_(False), None)[1], tensor(requires_grad=True))
    assert outcome.changed.keys() == {0}


@pytest.mark.parametrize(
    "draw",
    [
        lambda: torch.rand(2),
        lambda: torch.manual_seed(3),
        lambda: float(np.random.rand()),
        lambda: random.random(),
    ],
)
def test_a_global_random_state_that_moves_is_told(draw):
    states = torch.get_rng_state(), np.random.get_state(), random.getstate()
    try:
        assert seen(draw, random=True).random
    finally:
        torch.set_rng_state(states[0])
        np.random.set_state(states[1])
        random.setstate(states[2])


def test_a_generator_of_its_own_leaves_the_random_state_alone():
    generator = torch.Generator().manual_seed(1)
    assert not seen(lambda: torch.rand(2, generator=generator), random=True).random


def test_that_gradients_are_left_switched_off_is_told():
    try:
        assert seen(lambda: torch.set_grad_enabled(False) and None).grad_off
    finally:
        torch.set_grad_enabled(True)
    assert not seen(torch.no_grad()(lambda: None)).grad_off


# ---------------------------------------------------------------- kinds of results


def bare(value):
    """Return a result without the facts about memory."""
    return seen(lambda: value).value


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -(2**100), 0.1, 1 + 2j, "text", [1, (2.5, None)], {"a": 1, 2: [True]}, ()],
    ids=repr,
)
def test_plain_values_come_back(value):
    back = bare(value)
    assert back == value
    assert type(back) is type(value)


def test_numpy_scalars_are_python_numbers():
    numbers = [np.float64(1.5), np.int64(2), np.bool_(True)]
    assert [type(bare(n)) for n in numbers] == [float, int, bool]
    assert [seen(lambda n=n: n).numpy for n in numbers] == [type(n).__name__ for n in numbers]
    assert seen(lambda: [np.float64(1.5)]).numpy is None
    assert seen(lambda: 1.5).numpy is None


def test_subclasses_count_as_what_they_are():
    point = namedtuple("point", "x y")
    assert bare(point(1, 2)) == (1, 2)
    assert bare(OrderedDict(a=1)) == {"a": 1}
    assert bare(torch.nn.Parameter(torch.ones(2))).kind == "tensor"
    assert bare(torch.ones(2).as_subclass(type("Mine", (torch.Tensor,), {}))).kind == "tensor"
    assert bare(np.ma.masked_array([1.0])).kind == "array"


def test_a_dtype_comes_back():
    assert bare(torch.float32) == wire.Dtype("float32")


@pytest.mark.parametrize(
    "value", [torch.ones(2, requires_grad=True), torch.ones(2).requires_grad_()]
)
def test_that_a_result_requires_grad_is_told(value):
    assert bare(value).requires_grad
    assert not bare(value.detach()).requires_grad


def test_a_tensor_that_begins_inside_of_its_memory_says_so():
    assert seen(lambda x: x.storage_offset(), tensor(layout="offset")).value > 0
    assert seen(lambda x: x.storage_offset(), tensor()).value == 0


def test_iterators_are_taken_item_by_item_where_the_question_asks():
    assert seen(lambda: (n * n for n in range(3)), iterate=True).value == Iterated((0, 1, 4))
    assert seen(lambda: map(str, [1]), iterate=True).value == Iterated(("1",))
    assert seen(lambda: [1], iterate=True).value == [1]
    assert seen(Letters, iterate=True).value == Iterated(("a", "b"))


class Letters:
    """Python iterates over it, as it does over a Dataset."""

    def __getitem__(self, number):
        return "ab"[number]

    assert isinstance(bare(n for n in range(3)), Opaque)


def test_an_endless_iterator_is_cut():
    assert len(seen(itertools.count, iterate=True).value.items) == 1_000


def test_what_a_generator_raises_is_raised_by_the_call():
    def broken():
        yield 1
        raise ValueError("second")

    assert seen(broken, iterate=True).error.text == "second"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({1}, "set"),
        (object(), "object"),
        (torch.ones(2).to_sparse(), "sparse_coo tensor"),
        (np.array(["a"]), "array of str32"),
        (2**2000, "an integer of 2001 bits"),
        (torch.nn.Linear(1, 1), "Linear"),
        (int, "type"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_other_values_are_named_only(value, name):
    back = bare(value)
    assert isinstance(back, Opaque)
    assert back.name == name
    assert back != back  # equals nothing


def test_a_value_that_contains_itself_ends():
    items = [1]
    items.append(items)
    assert bare(items)[0] == 1


@pytest.mark.parametrize(
    "value", [[1] * 100_000, [[1] * 15_000, [1] * 15_000]], ids=["long", "wide"]
)
def test_a_value_with_too_many_parts_is_named_only(value):
    back = bare(value)
    assert isinstance(back, Opaque) or isinstance(back[1], Opaque | list)


def test_a_huge_result_is_named_only():
    assert isinstance(bare(torch.zeros(1).expand(1 << 27)), Opaque)


def test_an_object_that_defends_itself_is_named_only():
    class Guarded(torch.Tensor):
        @classmethod
        def __torch_function__(cls, *_, **__):
            raise RuntimeError("no")

        def __len__(self):
            raise SystemExit

    guarded = torch.ones(2).as_subclass(Guarded)
    assert isinstance(bare(guarded), ResultTensor | Opaque)


# ---------------------------------------------------------------- exceptions


def raising(error):
    def raise_it():
        raise error

    return seen(raise_it).error


def test_an_exception_is_described_by_its_classes_its_text_and_its_line():
    error = raising(KeyError("k"))
    assert error.names[:2] == ("KeyError", "LookupError")
    assert (error.text, error.file) == ("'k'", __file__)
    with open(__file__, encoding="utf-8") as lines:
        assert lines.readlines()[error.line - 1].strip() == "raise error"


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit()])
def test_exceptions_that_end_programs_are_answers(error):
    assert raising(error).name == type(error).__name__


def test_a_class_that_only_calls_itself_value_error_is_another():
    fake = type("ValueError", (Exception,), {})
    assert raising(fake("x")).names[0] == f"{__name__}.ValueError"


def test_an_exception_that_cannot_be_shown_is_described_without_text():
    class Unshowable(Exception):
        def __str__(self):
            raise SystemExit

    assert raising(Unshowable()).text == ""


def test_what_an_exception_leaves_changed_is_told():
    def change_and_raise(x):
        x.zero_()
        raise ValueError

    assert seen(change_and_raise, tensor()).changed.keys() == {0}
