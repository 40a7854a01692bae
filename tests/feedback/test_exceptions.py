"""Every explained exception is raised for real, by the version of PyTorch that is installed."""

import io
import re
import sys

import numpy as np
import pytest
import torch
from calls import seen

from graders.checks.mismatch import Error
from graders.feedback.exceptions import _HINTS, exception_hint
from graders.feedback.language import Words
from graders.reports.lines import question_messages
from graders.submissions.source import Block, Source

x = torch.arange(6.0).reshape(2, 3)
leaf = torch.ones(3, requires_grad=True)


def view_of_columns():
    return x.T.view(6)


def reshape_to_another_size():
    return x.reshape(4)


def sizes_that_do_not_broadcast():
    return x + torch.ones(2)


def expand_to_a_size_that_does_not_fit():
    return x.expand(4, 3)


def assign_a_longer_row():
    x.clone()[0] = torch.ones(2)


def matrix_times_its_like():
    return x @ x


def matrix_times_a_short_vector():
    return x @ torch.ones(2)


def vector_times_a_longer_one():
    return torch.ones(2) @ torch.ones(3)


def batches_that_do_not_fit():
    return torch.ones(2, 3, 4) @ torch.ones(2, 3, 4)


def concatenate_other_widths():
    return torch.cat([x, torch.ones(2, 2)])


def stack_other_shapes():
    return torch.stack([x, torch.ones(2)])


def index_beyond_a_tensor():
    return x[2]


def index_beyond_a_list():
    return [1, 2][2]


def gather_beyond():
    return x.gather(1, torch.tensor([[9]]))


def dimension_that_is_not_there():
    return x.sum(dim=2)


def length_of_a_number():
    return len(torch.tensor(1.0))


def items_of_a_number():
    return list(torch.tensor(1.0))


def index_of_a_number():
    return torch.tensor(1.0)[0]


def float_index():
    return x[torch.tensor([1.0])]


def too_few_values():
    _a, _b, _c = x.shape


def stack_nothing():
    return torch.stack([])


def permute_too_few():
    return x.permute(0)


def numpy_off_the_cpu():
    return torch.empty(2, device="meta").numpy()


def arrays_that_do_not_broadcast():
    return np.zeros((2, 3)) + np.zeros((2, 2))


def arrays_that_do_not_multiply():
    return np.zeros((2, 3)) @ np.zeros((2, 3))


def too_many_values():
    (_a,) = x.shape


def product_of_other_dtypes():
    return x @ x.T.double()


def mean_of_integers():
    return torch.arange(3).mean()


def softmax_of_integers():
    return torch.arange(3).softmax(0)


def divide_integers_in_place():
    return torch.arange(3).div_(2)


def integers_that_require_a_gradient():
    return torch.tensor([1, 2], requires_grad=True)


def integers_are_to_require_a_gradient():
    return torch.tensor([1, 2]).requires_grad_()


def change_a_leaf():
    w = leaf.detach().requires_grad_()
    w -= 1


def change_a_part_of_a_leaf():
    leaf.detach().requires_grad_()[0] = 1


def overwrite_what_backward_needs():
    y = leaf.exp()
    y += 1
    y.sum().backward()


def backward_twice():
    y = leaf.exp().sum()
    y.backward()
    y.backward()


def backward_from_a_vector():
    (2 * leaf).backward()


def backward_without_a_graph():
    leaf.detach().sum().backward()


def gradient_by_another_tensor():
    return torch.autograd.grad(leaf.sum(), torch.ones(3, requires_grad=True))


def numpy_of_a_graph():
    return leaf.numpy()


def float_of_many():
    return float(x)


def item_of_many():
    return x.item()


def tensor_of_tensors():
    return torch.tensor([x, x])


def condition_on_many():
    return x if x > 0 else -x


def root_of_a_number():
    return torch.sqrt(2.0)


def astype():
    return x.astype(np.float32)


def copy():
    return x.copy()


def attribute_of_nothing():
    return [].append(1).shape


def sum_with_nothing():
    return None + x


def gradient_before_backward():
    torch.ones(2, requires_grad=True).grad.zero_()


def functional_without_its_import():
    return F.relu(x)  # noqa: F821


def name_that_is_not_there():
    return result  # noqa: F821


def name_that_becomes_local():
    x += 1  # noqa: F823
    return x


def module_that_is_not_there():
    import sklearn_of_another_course  # noqa: F401


def recursion_without_end():
    return recursion_without_end()


def question_at_the_keyboard():
    before, sys.stdin = sys.stdin, io.StringIO()
    try:
        return input()
    finally:
        sys.stdin = before


EXPLAINED = {
    view_of_columns: "`reshape` copies",
    reshape_to_another_size: "the product of its sizes must be 6",
    sizes_that_do_not_broadcast: "from the last axis",
    expand_to_a_size_that_does_not_fit: "fits a given shape",
    assign_a_longer_row: "fits a given shape",
    matrix_times_its_like: "In `a @ b`",
    matrix_times_a_short_vector: "In `a @ b`",
    vector_times_a_longer_one: "In `a @ b`",
    batches_that_do_not_fit: "In `a @ b`",
    concatenate_other_widths: "all other sizes must be equal",
    stack_other_shapes: "all other sizes must be equal",
    index_beyond_a_tensor: "`x[:, j]` along dim 1",
    index_beyond_a_list: "Indices begin at 0",
    gather_beyond: "`x[:, j]` along dim 1",
    dimension_that_is_not_there: "`dim=-1`",
    length_of_a_number: "no length",
    items_of_a_number: "no length",
    index_of_a_number: "no index",
    float_index: "`index.long()`",
    too_few_values: "On the left of `=`",
    too_many_values: "On the left of `=`",
    stack_nothing: "at least one tensor",
    permute_too_few: "`permute` names",
    numpy_off_the_cpu: "main memory",
    arrays_that_do_not_broadcast: "from the last axis",
    arrays_that_do_not_multiply: "In `a @ b`",
    product_of_other_dtypes: "`b.to(a.dtype)`",
    mean_of_integers: "`x.float()`",
    softmax_of_integers: "for `torch.int64`",
    divide_integers_in_place: "stay integers",
    integers_that_require_a_gradient: "`torch.tensor([1.])`",
    integers_are_to_require_a_gradient: "`torch.tensor([1.])`",
    change_a_leaf: "`torch.no_grad()`",
    change_a_part_of_a_leaf: "`torch.no_grad()`",
    overwrite_what_backward_needs: "overwritten",
    backward_twice: "`retain_graph=True`",
    backward_from_a_vector: "a single number",
    backward_without_a_graph: "`detach()`",
    gradient_by_another_tensor: "this very tensor",
    numpy_of_a_graph: "`numpy()` takes",
    float_of_many: "a single element",
    item_of_many: "a single element",
    tensor_of_tensors: "`torch.stack`",
    condition_on_many: "`torch.where`",
    root_of_a_number: "`torch.tensor(...)`",
    astype: "`x.to(dtype)`",
    copy: "`x.clone()`",
    attribute_of_nothing: "`append`",
    sum_with_nothing: "`return`",
    gradient_before_backward: "`.grad` before",
    functional_without_its_import: "`import torch.nn.functional as F`",
    name_that_is_not_there: "`result` is neither defined nor imported",
    name_that_becomes_local: "assigns to `x`",
    module_that_is_not_there: "Python's own library",
    recursion_without_end: "calls itself",
    question_at_the_keyboard: "`input()`",
}


def hint_for(error, function="f", arguments=(), language="en", code=""):
    words = Words(language)
    return exception_hint(error, words, function=function, arguments=arguments, code=code)


@pytest.mark.parametrize("function", EXPLAINED, ids=lambda function: function.__name__)
def test_the_exception_is_explained(function):
    error = seen(function).error
    assert error is not None
    assert EXPLAINED[function] in hint_for(error), error.text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("return x - x.mean(dim=1)", "`keepdim=True`"),
        ("return x / x.sum(1)", "`keepdim=True`"),
        ("return a*b", "`*` multiplies element by element"),
        ("return (a * b).sum(dim=1)", "`*` multiplies element by element"),
        ("return x / x.sum(dim=1, keepdim=True)", "Sizes are compared"),
        ("return a + b", "Sizes are compared"),
        ("return f(x, *pairs) - x**2", "Sizes are compared"),
        ("", "Sizes are compared"),
    ],
)
def test_sizes_that_do_not_fit_are_explained_for_the_code_that_met_them(code, said):
    error = seen(sizes_that_do_not_broadcast).error
    assert said in hint_for(error, code=code)


def test_each_explanation_is_needed():
    errors = [seen(function).error for function in EXPLAINED]
    lines = [f"{error.name}: {error.text}" for error in errors]
    first = [next(p for p in _HINTS if re.search(p, line)) for line in lines]
    only_on_a_gpu = {"device-side assert triggered"}
    assert {*first} == {*_HINTS} - only_on_a_gpu


def f(a, b):
    return a + b


@pytest.mark.parametrize("function", [lambda: f(1), lambda: f(1, 2, 3)])
def test_the_number_of_arguments_is_that_of_the_question(function):
    error = seen(function).error
    assert hint_for(error, arguments=["a"]) == "The question calls `f` with 1 argument: `a`."
    said = "The question calls `f` with 2 arguments: `a`, `b`."
    assert hint_for(error, arguments=["a", "b"]) == said


def test_the_arguments_of_a_helper_are_not_those_of_the_question():
    error = seen(lambda: f(1)).error
    assert hint_for(error, function="ff", arguments=["a"]) is None


def test_other_exceptions_are_left_alone():
    assert hint_for(Error(("ValueError", "Exception"), "lr must be positive")) is None


# ---------------------------------------------------------------- the line that is shown

CELLS = (
    """
import functools
import torch

def halved(x):
    return x.view(2, -1)

def checked(function):
    @functools.wraps(function)
    def inner(x):
        return function(x)
    return inner
""",
    """
def by_helper(x):
    y = halved(x)
    return y.sum()

def by_lambda(x):
    rows = lambda y: y.no_such_method()
    return rows(x)

@checked
def decorated(x):
    return x[99]

def inside_torch(x):
    return torch.nn.functional.softmax(
        x,
        dim=7,
    )

def inside_a_comprehension(x):
    return [
        row.sum(dim=1)
        for row in x
    ]

def wrong_call(x, y):
    return x

def in_a_thread_of_calls(x):
    try:
        return x[99]
    except IndexError as error:
        raise ValueError("no such row") from error
""",
)
SHOWN = {
    "by_helper": ("cell 1, line 6", "return x.view(2, -1)"),
    "by_lambda": ("cell 2, line 7", "rows = lambda y: y.no_such_method()"),
    "decorated": ("cell 2, line 12", "return x[99]"),
    "inside_torch": ("cell 2, line 15", "return torch.nn.functional.softmax("),
    "inside_a_comprehension": ("cell 2, line 22", "row.sum(dim=1)"),
    "wrong_call": None,
    "in_a_thread_of_calls": ("cell 2, line 33", 'raise ValueError("no such row") from error'),
}


@pytest.fixture
def facts(course):
    """What the report on each function of the notebook says under the call."""
    questions = "".join(
        f"\n{name}: {{arguments: {{x: {{tensor: [n]}}}}, cases: 10, examples: [{{x: [1, 2, 3]}}]}}"
        for name in SHOWN
    )
    grader = course(questions, "".join(f"\ndef {name}(x): return x + 1" for name in SHOWN))
    grader.explain = False
    blocks = tuple(Block(text, number) for number, text in enumerate(CELLS, start=1))
    report = grader.grade(Source("hw.ipynb", blocks, ()))
    return {
        result.function: [
            (fact.label, fact.text)
            for said in question_messages(result, report, grader.assignment, Words("en"))
            for fact in said.facts
        ]
        for result in report.questions
    }


def test_the_innermost_line_of_the_student_is_shown_and_none_of_ours(facts):
    for function, line in SHOWN.items():
        *lines, (label, _) = facts[function]
        assert lines == ([] if line is None else [line])
        assert label == "error"
