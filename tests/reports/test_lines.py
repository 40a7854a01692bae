"""Long code is broken where Python allows it, by the columns that it takes."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from graders.feedback.literal import code
from graders.feedback.wide import width_of
from graders.reports.lines import INDENT, WIDTH, _wrapped_code, points_shown

texts = st.text("ab ,'\"\\中，", max_size=12)
values = st.lists(st.floats() | st.integers() | texts | st.lists(texts, max_size=4), max_size=30)


@given(values)
def test_broken_code_means_the_same_and_fits(values):
    line = f"function({code(values)}, 'sum')"
    parts = _wrapped_code(line)
    assert ast.dump(ast.parse("\n".join(parts))) == ast.dump(ast.parse(line))
    assert max(map(width_of, parts)) <= WIDTH - len(INDENT)


def test_short_code_stays_in_one_line():
    assert _wrapped_code("f(x, 'a, b')") == ["f(x, 'a, b')"]


def test_long_code_goes_on_below_with_an_indent():
    first, second = _wrapped_code(f"x = torch.tensor([{'1., ' * 17}2.])")
    assert first.endswith("1.,")
    assert second.startswith("    1.")


def test_points_have_no_needless_fraction():
    assert [points_shown(points) for points in (4.0, 1.5, 1 / 3, 3.999)] == [
        "4",
        "1.5",
        "0.33",
        "4",
    ]
