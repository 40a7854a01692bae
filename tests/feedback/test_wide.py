"""Text with wide characters: columns align, and no line is too long or breaks at a wrong place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.feedback.wide import pad_left, pad_right, width_of, wrap

CLOSING = "，。、；：！？）」"
OPENING = "（「"
words = st.one_of(
    st.text("abcxyz_`.()", min_size=1, max_size=12),
    st.text("张量形状视图广播", min_size=1, max_size=8),
    st.sampled_from(["`x.view`，", "（见 `x`）。", "「形状」", "long" * 12, "中" * 50]),
)
sentences = st.lists(words, min_size=1, max_size=20).map(" ".join) | st.lists(
    words, min_size=1, max_size=20
).map("".join)


def columns(text):
    """Measure text by the Unicode standard, not by the library that lays it out."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


@given(sentences, st.integers(40, 78), st.sampled_from(["", "  ", "  提示：", "      expected  "]))
def test_lines_fit_and_keep_every_character(text, width, indent):
    lines = wrap(text, width, indent)
    assert max(map(columns, lines)) <= width
    rest = [lines[0].removeprefix(indent), *lines[1:]]
    assert "".join(rest).replace(" ", "") == text.replace(" ", "")


@given(sentences, st.integers(30, 78))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text, width):
    lines = wrap(text, width, "")
    assert not [line for line in lines if line[0] in CLOSING]
    assert not [line for line in lines[:-1] if line[-1] in OPENING]


@given(sentences, st.integers(30, 78))
def test_code_is_broken_only_where_it_does_not_fit(text, width):
    lines = wrap(text, width, "")
    for word in text.split():
        if word.isascii() and len(word) <= 20 and f" {word} " in f" {text} ":
            assert any(word in line for line in lines)


def test_short_code_stays_in_one_line():
    assert wrap("the factor is `n / (n - 1)`", 24, "") == ["the factor is", "`n / (n - 1)`"]
    assert wrap("形状变成 `[n, 其余元素]`。", 20, "") == ["形状变成", "`[n, 其余元素]`。"]
    assert wrap(f"`{'元' * 30}`", 40, "") == [f"`{'元' * 19}", f"{'元' * 11}`"]


def test_chinese_breaks_between_characters_and_english_between_words():
    assert wrap("the result has the wrong shape", 20, "") == ["the result has the", "wrong shape"]
    assert wrap("结果的形状不对，应为期望的形状。", 20, "") == [
        "结果的形状不对，应为",
        "期望的形状。",
    ]


def test_punctuation_stays_with_what_it_follows():
    assert wrap("一二三四五六七八九十，好", 20, "") == ["一二三四五六七八九", "十，好"]
    assert wrap("一二三四五六七八九（十）", 20, "") == ["一二三四五六七八九", "（十）"]


def test_a_first_line_is_indented_by_a_label_and_the_others_by_as_many_columns():
    assert wrap("一二三四五六七八九十一二", 28, "  提示：") == [
        "  提示：一二三四五六七八九十",
        "        一二",
    ]


def test_paragraphs_stay_apart():
    assert wrap("one\ntwo", 40, "  ") == ["  one", "  two"]
    assert wrap("", 40, "  ") == ["  "]


@pytest.mark.parametrize("text", ["abc", "张量", "`x` 的形状"])
def test_columns_align(text):
    assert columns(pad_right(text, 12)) == columns(pad_left(text, 12)) == width_of(" " * 12)
