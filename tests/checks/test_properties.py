"""Properties: how they are tried, what is said when one fails, and whose mistake it is."""

import importlib.util
import itertools
import math
from textwrap import dedent

import numpy as np
import pytest
from hypothesis import settings

from graders.checks import mismatch as m
from graders.errors import AssignmentError
from graders.feedback.language import Words
from graders.feedback.wording import message
from graders.properties import Broken, Student, require, tensor
from graders.submissions.source import read_source
from graders.trials import Trials

QUESTION = """
    f:
      points: 4
      arguments: {n: {integer: 0..50}}
      devices: [cpu]
      skip: [values]
      properties: [grows, stays_small]
"""
REFERENCE = """
    def f(n):
        return n + 1
"""
PROPERTIES = """
    from hypothesis import assume, example, given, settings, strategies as st
    from graders.properties import require, seeds, tensor

    @given(n=st.integers(0, 100))
    def grows(student, n):
        require(student.f(n) > n, en=f"`f` does not grow at {n}.", zh=f"`f` 在 {n} 处没有增长。")

    @settings(max_examples=7)
    @given(n=st.integers(0, 100))
    def stays_small(student, n):
        assert student.f(n) < 1000, "too large"
"""


@pytest.fixture
def graded(course, grade, tmp_path):
    """Grade an `f`, given as the text of its body, by properties; return the question's result."""

    def graded(body, properties=PROPERTIES, *, question=QUESTION, reference=REFERENCE):
        grader = course(question, reference)
        text = dedent(properties)
        (tmp_path / "assignments" / "hw_properties.py").write_text(text, encoding="utf-8")
        [result, *_] = grade(grader, f"def f(n):\n    {body}").questions
        return result

    return graded


def verdicts(result):
    return [(c.check, c.verdict, c.cases) for c in result.checks if c.check.startswith("prop")]


def said(result, language="en"):
    [check] = result.failed
    return message(check.finding, Words(language), hints={}, sources={})


# ---------------------------------------------------------------- verdicts


def test_properties_that_hold_pass_after_all_that_the_author_wants_tried(graded):
    result = graded("return n + 1")
    assert (result.verdict, result.points) == ("passed", 4)
    assert verdicts(result) == [
        ("property grows", "passed", 20),
        ("property stays small", "passed", 7),
    ]


def test_a_property_that_fails_costs_the_points_and_leaves_the_next_untried(graded):
    result = graded("return n + (n < 10)")
    assert (result.verdict, result.points) == ("failed", 0)
    [(first, verdict, cases), second] = verdicts(result)
    assert (first, verdict) == ("property grows", "failed")
    assert 1 < cases <= 20
    assert second == ("property stays small", "skipped", 0)
    assert {c.verdict for c in result.checks if not c.check.startswith("prop")} == {"passed"}


def test_properties_are_not_tried_where_a_comparison_fails(graded):
    result = graded("return float(n)")
    assert [check.check for check in result.failed] == ["type"]
    assert [verdict for _, verdict, _ in verdicts(result)] == ["skipped", "skipped"]


def test_the_simplest_calls_are_shown_with_the_words_of_the_author(graded):
    result = graded("return n + (n < 10)")
    english = said(result)
    assert english.headline == "`f` does not grow at 10."
    assert english.call == ("f(10)",)
    assert [(fact.label, fact.text) for fact in english.facts] == [("property", "grows")]
    assert said(result, "zh").headline == "`f` 在 10 处没有增长。"


def test_a_plain_assertion_fails_a_property_as_well(graded):
    result = graded("return n + 1000")
    assert said(result).headline == "too large"
    assert said(result).call == ("f(0)",)


def test_a_hint_goes_with_all_properties_of_a_question(graded):
    result = graded("return n")
    [check] = result.failed
    hints = {"property": "Add something."}
    assert message(check.finding, Words("en"), hints=hints, sources={}).hint == "Add something."


def test_a_property_without_words_is_worded(graded):
    properties = PROPERTIES.replace(', "too large"', "")
    assert "`f`" in said(graded("return n + 1000", properties)).headline


def test_all_runs_are_the_same(graded, tmp_path):
    first = graded("return n + (n < 60)")
    (tmp_path / "assignments").rename(tmp_path / "before")
    (tmp_path / "reference").rename(tmp_path / "reference before")
    second = graded("return n + (n < 60)")
    assert verdicts(first) == verdicts(second)
    assert said(first) == said(second)


def test_nothing_is_printed_and_the_settings_of_hypothesis_stay(graded, capfd):
    before = repr(settings.default)
    graded("return n + (n < 10)")
    assert repr(settings.default) == before
    assert capfd.readouterr() == ("", "")


# ---------------------------------------------------------------- what calls can do


def test_a_call_that_raises_fails_the_property(graded):
    result = graded("return n + 1 if n < 90 else n / 0")
    assert said(result).headline == "`f` raises ZeroDivisionError."
    assert said(result).call == ("f(90)",)


def test_a_call_that_takes_too_long_fails_the_property_at_once(graded):
    question = QUESTION + "      limits: {seconds: 0.2}\n"
    result = graded("return n + 1 if n < 60 else [0 for _ in iter(int, 1)]", question=question)
    assert isinstance(result.failed[0].finding.mismatch.how, m.Overran)


def test_a_call_that_ends_python_fails_the_property(graded):
    result = graded("return n + 1 if n < 60 else __import__('os')._exit(3)")
    assert said(result).headline == "`f` ends Python with exit status 3."


def test_a_result_that_the_property_cannot_use_is_the_students_mistake(graded):
    result = graded("return n + 1 if n < 60 else None")
    assert said(result).headline == "`f` returns None instead of an int."


def test_a_function_that_is_not_there_raises(graded):
    question = QUESTION + "    g: {arguments: {}}\n"
    reference = REFERENCE + "\n    def g():\n        return 1\n"
    properties = PROPERTIES.replace("student.f(n) < 1000", "student.g() == 1")
    result = graded("return n + 1", properties, question=question, reference=reference)
    assert said(result).headline == "`f` raises NameError."


REPEATED = """
    from hypothesis import given, strategies as st
    from graders.properties import require

    @given(n=st.integers(20, 50))
    def grows(student, n):
        require(student.f(n) == student.f(n), en="`f` is not reproducible.")

    @given(n=st.integers(0, 1))
    def stays_small(student, n):
        student.f(n)
"""


@pytest.mark.parametrize(
    "draw", ["random.random()", "numpy.random.rand()", "torch.rand(()).item()"]
)
def test_a_call_that_is_repeated_is_not_seeded_anew(graded, draw):
    body = f"import numpy, random; return int(10**9 * {draw})"
    result = graded(body, REPEATED)
    assert said(result).headline == "`f` is not reproducible."
    assert said(result).call == ("f(20)", "f(20)")


def test_what_earlier_calls_leave_behind_is_told_apart(graded):
    body = "calls.append(n); return n + (len(calls) < 8)\ncalls = []"
    result = graded(body)
    assert said(result).headline == "`f` depends on the calls that were made before."


def test_what_fails_now_and_then_is_told_apart(graded):
    body = "calls.append(n); return n + len(calls) % 2\ncalls = []"
    result = graded(body)
    assert said(result).headline == "`f` gives different results for the same call."


def test_what_is_drawn_inside_a_property_is_not_repeated(graded):
    properties = PROPERTIES.replace("@given(n=st.integers(0, 100))", "@given(data=st.data())", 1)
    properties = properties.replace(
        "grows(student, n):", "grows(student, data):\n        n = data.draw(st.integers(0, 100))"
    )
    result = graded("return n + (n < 10)", properties)
    assert said(result).headline == "`f` does not grow at 10."


def test_examples_of_the_author_come_first(graded):
    properties = PROPERTIES.replace("    @given", "    @example(n=77)\n    @given", 1)
    result = graded("return n + (n != 77)", properties)
    assert verdicts(result)[0] == ("property grows", "failed", 1)
    assert said(result).call == ("f(77)",)


def test_tensors_arrays_and_containers_go_there_and_back(course, grade, tmp_path):
    question = """
        f:
          arguments: {x: {tensor: [n]}, rest: {list: {integer: 0..9}}}
          properties: [comes_back]
    """
    grader = course(question, "def f(x, rest):\n    return x, rest")
    properties = """
        import numpy as np
        from hypothesis import given, strategies as st
        from graders.properties import require, tensor

        @given(n=st.integers(0, 4))
        def comes_back(student, n):
            sent = np.arange(n, dtype=np.float64)
            x, rest = student.f(tensor(sent), [n, np.float32(0.5), (None, True), sent])
            require(type(x) is np.ndarray and x.dtype == np.float64 and np.array_equal(x, sent))
            require(rest[:3] == [n, 0.5, (None, True)] and np.array_equal(rest[3], sent))
    """
    path = tmp_path / "assignments" / "hw_properties.py"
    path.write_text(dedent(properties), encoding="utf-8")
    [result] = grade(grader, "def f(x, rest):\n    return x, rest").questions
    assert result.verdict == "passed", result.fault


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1.0, 2.0], "float32"),
        ([1, 2], "int64"),
        ([True], "bool"),
        (np.zeros(2), "float64"),
        (np.float32(3), "float32"),
        (2.5, "float32"),
    ],
)
def test_a_tensor_gets_the_dtype_that_torch_would_choose(values, dtype):
    made = tensor(values)
    assert (made.kind, made.dtype) == ("tensor", dtype)
    assert np.array_equal(made.numpy(), values)
    assert tensor(values, "int32").dtype == "int32"


# ---------------------------------------------------------------- mistakes of the author

MISTAKES = {
    "no such property": ("def grows", "def grow", "there is no property `grows`"),
    "not drawn": ("@given(n=st.integers(0, 100))\n    def grows", "def grows", "no `@given(...)`"),
    "no student": ("def grows(student, n):", "def grows(n):", "takes 0 positional arguments"),
    "raises": ("require(student.f(n) > n", "require(1 / 0", "ZeroDivisionError: division by zero"),
    "draws nothing": ("st.integers(0, 100)", "st.nothing()", "nothing can be drawn"),
    "turns all draws down": (
        "require(s",
        "assume(False)\n        require(s",
        "nothing can be drawn",
    ),
    "wrong name drawn": ("@given(n=", "@given(m=", "grows"),
    "wrong range": ("st.integers(0, 100)", "st.integers(5, 3)", "InvalidArgument"),
    "unknown function": ("student.f(n) > n", "student.g(n) > n", "`g` is no function"),
    "too strict": (
        "student.f(n) > n",
        "student.f(n) > 5",
        "`f` does not grow at 0. (after `f(0)`)",
    ),
    "wrong call": ("student.f(n) > n", "student.f() > n", "the reference raises TypeError"),
    "unsendable": ("student.f(n) > n", "student.f({n}) > n", "cannot send a set"),
    "broken text": ("en=f", "en=g", "SyntaxError"),
}


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_of_the_author_is_a_fault_and_costs_nothing(graded, old, new, expected):
    assert old in PROPERTIES
    result = graded("return n + 1", PROPERTIES.replace(old, new, 1))
    assert (result.verdict, result.points) == ("fault", 4)
    assert expected in result.fault
    assert "hw_properties.py" in result.fault


def test_properties_without_their_file_are_a_fault(course, grade):
    [result] = grade(course(QUESTION, REFERENCE), "def f(n):\n    return n + 1").questions
    assert result.verdict == "fault"
    assert "hw_properties.py" in result.fault


def test_a_property_that_raises_for_good_results_only_of_the_student_is_a_fault(graded):
    properties = PROPERTIES.replace(
        "require(student.f(n) > n", "require(1 / (student.f(n) - 7 * n)"
    )
    result = graded("return 7 * n", properties, reference="def f(n):\n    return 8 * n + 1")
    assert result.verdict == "fault"
    assert "ZeroDivisionError: division by zero (after `f(" in result.fault


def test_what_the_reference_does_not_keep_costs_nobody_points(graded):
    result = graded("return n", PROPERTIES, reference="def f(n):\n    return n")
    assert (result.verdict, result.points) == ("fault", 4)
    assert "the reference does not keep it: `f` does not grow at 0." in result.fault


def test_a_slow_reference_is_found(course, tmp_path):
    slow = "import time\ndef f(n):\n    time.sleep(0.15 * (n > 90))\n    return n + 1"
    grader = course(QUESTION, slow)
    properties = dedent(PROPERTIES).replace("st.integers(0, 100)", "st.just(99)")
    path = tmp_path / "assignments" / "hw_properties.py"
    path.write_text(properties, encoding="utf-8")
    with pytest.raises(AssignmentError, match=r"`grows` makes a call that takes .* 0\.1\d s"):
        grader.trials.check_reference("f")


# ---------------------------------------------------------------- the properties of our assignments


@pytest.mark.parametrize("seed", [0, 11])
@pytest.mark.parametrize("name", ["hw1", "hw3", "hw5"])
def test_our_references_keep_their_properties(name, seed, grader_of):
    grader = grader_of(name)
    trials = Trials(grader.assignment, grader.store.reference, seed=seed)
    for question in grader.assignment.questions:
        trials.check_reference(question)


def test_every_row_is_tried(grader_of):
    grader = grader_of("hw5")
    source = read_source(grader.assignment.reference_path)
    [result] = grader.grade(source, only=["fit_minibatch_sgd"]).questions
    assert ("property every row counts", "passed", 5) in verdicts(result)


def properties_of(name, grader_of):
    path = grader_of(name).assignment.properties_path
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def student_of(function):
    return Student(lambda _, arguments: function(*arguments))


def test_fair_dice_are_not_called_loaded(grader_of):
    fair = properties_of("hw1", grader_of).every_face_is_as_likely.hypothesis.inner_test

    def roll(count, sides, seed):
        return np.random.default_rng(seed).integers(1, sides, count, endpoint=True)

    for seed in range(100):
        fair(student_of(roll), sides=2 + seed % 11, seed=seed)


@pytest.mark.parametrize("sides", range(2, 13))
def test_a_face_that_comes_half_as_often_is_noticed(sides, grader_of):
    fair = properties_of("hw1", grader_of).every_face_is_as_likely.hypothesis.inner_test
    weights = np.full(sides, 1.0)
    weights[-1] = 0.5

    def roll(count, sides, seed):
        faces = np.arange(1, sides + 1)
        return np.random.default_rng(seed).choice(faces, count, p=weights / weights.sum())

    with pytest.raises(Broken):
        fair(student_of(roll), sides=sides, seed=0)


def test_the_bound_of_the_training_holds_for_every_order_of_the_rows(grader_of):
    """What the docstring of `ends_close_to_least_squares` promises, split by split."""
    ours = properties_of("hw5", grader_of)
    rows = np.hstack([ours.X, np.ones_like(ours.Y)])
    rest = (ours.Y - rows @ np.linalg.lstsq(rows, ours.Y, rcond=None)[0])[:, 0]
    step = 2 * 0.08
    norms, moves = [], []
    for first in itertools.combinations(range(10), 5):
        one, other = list(first), [row for row in range(10) if row not in first]
        shrink = [np.eye(3) - step * rows[b].T @ rows[b] / 5 for b in (one, other)]
        noise = [step * rows[b].T @ rest[b] / 5 for b in (one, other)]
        norms.append(np.linalg.norm(shrink[1] @ shrink[0], 2))
        moves.append(np.linalg.norm(shrink[1] @ noise[0] + noise[1]))
    assert max(norms) <= 0.72
    assert max(moves) <= 0.018
    distance = 0.72**70 * 20 + 0.018 / (1 - 0.72)
    assert distance < 0.065
    largest = np.linalg.eigvalsh(rows.T @ rows / 10)[-1]
    least = ours.least_squares_error()
    assert math.isclose(least, np.square(rest).mean())
    assert largest * distance**2 < 0.04 * least
    assert np.square(ours.Y).mean() > 160 * least


def test_the_bound_of_single_steps_holds_for_every_order_of_the_rows(grader_of):
    """What the docstring of `every_batch_takes_its_own_step` promises."""
    ours = properties_of("hw5", grader_of)
    steps = 2 * 0.055 * (np.square(ours.LINE_X) + 1)
    assert steps.min() > 1.06
    assert steps.max() < 1.14
    left = np.abs(1 - np.stack([steps, steps / 2])).max()
    assert left <= 0.47
    assert np.ptp(ours.LINE_X) <= 0.1 + 1e-12
    assert 0.1 * 10 / (1 - left) < 2


def test_piled_up_gradients_never_come_to_rest(grader_of):
    ours = properties_of("hw5", grader_of)
    for part in (1, 0.5):
        error = -10.0
        for _ in range(20):
            gathered = 0.0
            for x in ours.LINE_X[:, 0]:
                gathered += 2 * part * (x**2 + 1) * error
                error -= 0.055 * gathered
        assert error**2 > 100


def test_the_bound_of_full_batches_holds(grader_of):
    """What the docstring of `descends_on_the_mean_squared_error` promises."""
    ours = properties_of("hw5", grader_of)
    rows = np.hstack([ours.NOISY_X, np.ones_like(ours.NOISY_Y)])
    slowest = np.linalg.eigvalsh(rows.T @ rows / 7)[0]
    assert 1 - 0.1 * 2 * slowest <= 0.84
    assert 1 - 0.1 * slowest <= 0.92
    best = np.linalg.lstsq(rows, ours.NOISY_Y, rcond=None)[0]
    pairs = [list(pair) for pair in itertools.combinations(range(7), 2)]
    lines = [np.linalg.solve(rows[pair], ours.NOISY_Y[pair]) for pair in pairs]
    least, *others = (np.square(rows @ line - ours.NOISY_Y).mean() for line in (best, *lines))
    absolute = [np.abs(rows @ line - ours.NOISY_Y).mean() for line in lines]
    assert others[np.argmin(absolute)] > 2.3 * least


def test_require_takes_any_language():
    require(True)
    with pytest.raises(Broken) as found:
        require(np.bool_(False), en="no", zh="不")
    assert found.value.text.in_language("zh") == "不"
