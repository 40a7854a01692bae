import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.spec.expressions import Expression, Range, Sizes
from graders.spec.problems import ReadError


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (3, 3),
        ("n", 5),
        ("heads * width + extra", 13),
        ("(n + 1) // 2 - -heads", 7),
        ("n % 3", 2),
        ("-x.dims", -2),
        ("x.dims-1", 1),
        (" n  +  1 ", 6),
        ("(" * 90 + "n" + ")" * 90, 5),
        ("+n", 5),
    ],
)
def test_evaluate(source, value):
    names = {"n": 5, "heads": 4, "width": 3, "extra": 1, "x.dims": 2}
    assert Expression.read(source).evaluate(names) == value


def test_names():
    assert Expression.read("a * b + x.dims - 2").names == {"a", "b", "x.dims"}
    assert Expression.read("rows").name == "rows"
    assert Expression.read("rows + 1").name is None
    assert Expression.read("3").name is None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "n **  2",
        "n / 2",
        "f(n)",
        "n if n else m",
        "n[0]",
        "n.size",
        "n.dims.dims",
        "lambda",
        "in",
        "not n",
        "n and m",
        "True",
        "None * 2",
        "1 2",
        "1or 2",
        "0x10",
        "1.5",
        "n +",
        "(n",
        "n; m",
        "n\nm",
        "__import__('os')",
        "n < m",
        "~n",
        "1 << 9",
        "n := 2",
        "10000000000",
        "é",
        "n // (n - 1) + (a if b else c)",
        "n + " * 60 + "n",
        True,
        1.5,
        None,
        [1],
    ],
)
def test_refused(source):
    with pytest.raises(ReadError):
        Expression.read(source)


@given(st.text(alphabet="nm1290+-*/%(). x", max_size=30))
def test_every_text_is_an_expression_or_refused(source):
    try:
        expression = Expression.read(source)
    except ReadError:
        return
    try:
        value = expression.evaluate(dict.fromkeys(expression.names, 3))
    except ZeroDivisionError:
        return
    assert type(value) is int


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 50))
def test_expressions_compute_as_python_does(a, b, c):
    names = {"a": a, "b": b, "c": c}
    assert Expression.read("(a + b) * -c % 7 - a // c").evaluate(names) == (
        (a + b) * -c % 7 - a // c
    )


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("0..4", (0, 4)),
        ("-3..3", (-3, 3)),
        ("-2.5 .. 2e1", (-2.5, 20.0)),
        ("0..n - 1", (0, 4)),
        ("-x.dims..x.dims-1", (-2, 1)),
        (3, (3, 3)),
        (0.5, (0.5, 0.5)),
        ("n", (5, 5)),
    ],
)
def test_ranges(value, bounds):
    assert Range.read(value).bounds({"n": 5, "x.dims": 2}) == bounds


@pytest.mark.parametrize(
    "value",
    [
        "1..",
        "..5",
        "1...5",
        "1..2..3",
        "a b..3",
        True,
        None,
        [1, 2],
        float("nan"),
        float("inf"),
        "0..1e999",
        "0.." + "9" * 300,
        "1.5 + n..3",
    ],
)
def test_refused_ranges(value):
    with pytest.raises(ReadError):
        Range.read(value)


@pytest.mark.parametrize(
    ("value", "choices"),
    [("0..3", (0, 1, 2, 3)), (4, (4,)), ("4", (4,)), ([8, 1, 2], (8, 1, 2))],
)
def test_sizes(value, choices):
    assert Sizes.read(value).choices == choices


@pytest.mark.parametrize(
    "value",
    [
        "5..2",
        "a b",
        "-1..2",
        -1,
        1.5,
        "0..2.5",
        "n..4",
        [],
        [1, 1],
        [True],
        ["a"],
        "0..99999",
        None,
        {},
    ],
)
def test_refused_sizes(value):
    with pytest.raises(ReadError):
        Sizes.read(value)


@pytest.mark.parametrize("notation", ["0..4", "3", "[1, 2, 4]", "[4, 2]"])
def test_sizes_are_written_as_they_are_read(notation):
    value = [int(part) for part in notation[1:-1].split(",")] if "[" in notation else notation
    assert str(Sizes.read(value)) == notation


@pytest.mark.parametrize("notation", ["0..4", "3", "-2.5..n + 1"])
def test_ranges_are_written_as_they_are_read(notation):
    assert str(Range.read(notation)) == notation
