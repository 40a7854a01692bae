"""What an instructor reads about a class: the numbers, and the page that shows them."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlparse

import numpy as np
import pytest
from browser import CONTRASTS
from classes import ASSIGNMENT, HALF, RIGHT, WRONG, write_course
from hypothesis import given
from hypothesis import strategies as st

from graders.cli import main
from graders.feedback.wording import Fact, Message
from graders.gradebook.clusters import anonymous
from graders.gradebook.items import correlation, items
from graders.gradebook.likeness import alike
from graders.gradebook.rows import Row
from graders.gradebook.students import Answered, Known

pytestmark = pytest.mark.xdist_group("class")


def known(student, points, *, answers=None, trees=None, content=None):
    """Return a student with points for questions, whose wrong answers have digests."""
    questions = {
        name: Answered(
            reached,
            1.0,
            "passed" if reached else "failed",
            (),
            (),
            "",
            (answers or {}).get(name, ""),
        )
        for name, reached in points.items()
    }
    row = Row(student, student.title(), "failed", len(points), content=content or student)
    return Known(row, questions, trees or {})


# ---------------------------------------------------------------- numbers

numbers = st.lists(st.tuples(*[st.integers(0, 5)] * 2), min_size=2, max_size=40)


@given(numbers)
def test_correlation_is_pearsons(pairs):
    some, others = map(np.array, zip(*pairs, strict=True))
    found = correlation(some.tolist(), others.tolist())
    if some.std() == 0 or others.std() == 0:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(some, others)[0, 1])


def test_a_question_that_says_nothing_about_the_rest_is_weak():
    people = [
        known(f"s{n}", {"a": n % 2, "b": n % 2, "c": (n // 2) % 2, "d": 1.0}) for n in range(32)
    ]
    found = {item.name: item for item in items(people, ["a", "b", "c", "d"])}
    assert found["a"].discrimination == pytest.approx(1 / np.sqrt(2))  # b and an unrelated c
    assert [found[name].is_weak for name in "abcd"] == [False, False, True, False]
    assert found["d"].discrimination is None  # everybody has it
    assert (found["c"].rate, found["c"].mean, found["d"].rate) == (0.5, 0.5, 1.0)
    assert all(item.discrimination is None for item in items(people[:29], ["a", "b"]))


# ---------------------------------------------------------------- who shares what


def groups(people):
    return [
        ("".join(each.row.student for each in group.members), [s.kind for s in group.shared])
        for group in alike(people)
    ]


def class_of(**trees):
    """Return a class of which some are given, and many differ."""
    crowd = [
        known(f"x{n}", {"f": 1.0}, trees={"f": (f"own{n}", 200)}, content=f"c{n}")
        for n in range(40)
    ]
    return [known(name, {"f": 1.0}, trees={"f": tree}) for name, tree in trees.items()] + crowd


def test_long_code_that_few_have_is_said():
    assert groups(class_of(a=("t", 80), b=("t", 80))) == [("ab", ["code"])]


def test_short_code_and_what_many_have_is_not():
    assert groups(class_of(a=("t", 40), b=("t", 40))) == []
    many = dict.fromkeys("abcdefgh", ("t", 80))
    assert groups(class_of(**many)) == []
    assert groups(class_of(**dict.fromkeys("abcdefgh", ("t", 150)))) == [("abcdefgh", ["code"])]


def test_one_wrong_answer_may_be_given_twice_but_two_are_said():
    def pair(*questions):
        return [
            known(name, {"f": 0, "g": 0}, answers=dict.fromkeys(questions, "w")) for name in "ab"
        ]

    assert groups(pair("f")) == []
    assert groups(pair("f", "g")) == [("ab", ["answers", "answers"])]


def test_the_same_file_is_one_fact_unless_nothing_is_in_it():
    same = [known(name, {"f": 1.0}, trees={"f": ("t", 90)}, content="c") for name in ("a", "b")]
    assert groups(same) == [("ab", ["file"])]
    empty = [known(name, {"f": 0.0}, trees={"f": ("t", 9)}, content="c") for name in "ab"]
    assert groups(empty) == []


def test_an_example_does_not_say_whose_it_is():
    facts = (Fact("array of Zoë", "expected"), Fact("zoë was here", "printed"))
    said = Message("Zoë O'Brien's s77 raises.", ("x = 'Zoë'",), facts, "Ask ZOË.", "array of Zoë")
    found = anonymous(said, Row("s77", "Zoë O'Brien", "failed", 1))
    assert found == Message(
        "...'s ... raises.", said.call, (Fact("array of ...", "expected"),), "Ask ...."
    )


# ---------------------------------------------------------------- the command


def report(capsys, *arguments):
    status = main(["report", *map(str, arguments)])
    said = capsys.readouterr()
    return said.out if status == 0 else f"{status}: {said.err}"


@pytest.fixture(scope="module")
def results(graded, tmp_path_factory):
    """A copy of the results of a class, with a hint for its largest cluster."""
    folder = tmp_path_factory.mktemp("report") / "results"
    shutil.copytree(graded[1], folder)
    return folder


@pytest.fixture
def data(results, course, capsys, tmp_path):
    path = tmp_path / "report.json"
    report(capsys, course, "--results", results, "--format", "json", "-o", path, "--lang", "en")
    return json.loads(path.read_text("utf-8"))


def test_the_numbers_are_those_of_the_class(data):
    assert data["students"] == {"passed": 16, "failed": 22}
    assert len(data["points"]) == 38
    column, double = data["questions"]
    assert (column["graded"], double["graded"]) == (35, 35)
    assert column["passed"] == data["points"].count(5) + 3 + 1  # three that end, one attack
    first = data["clusters"][0]
    assert (first["question"], first["size"]) == ("column", 11)
    assert first["headline"].startswith("`column` raises")
    assert "column(x, " in first["call"]
    sizes = [cluster["size"] for cluster in data["clusters"]]
    assert sizes == sorted(sizes, reverse=True)
    kinds = {(each["student"], each["kind"]) for each in data["stopped"]}
    assert {kind for _, kind in kinds} >= {"Overran", "PrintedTooMuch", "Ended"}
    assert all(each["days"] is None for each in data["late"])
    assert len(data["late"]) == 4  # of five; one sent an empty file


def test_bad_input_is_one_sentence(results, course, capsys, tmp_path):
    said = report(capsys, course, "--results", tmp_path)
    assert said.startswith(f"2: grade.py: {tmp_path} holds no results of a class")
    assert not [*tmp_path.iterdir()]
    assert "of other questions than those of hw1" in report(capsys, "hw1", "--results", results)


def test_a_shared_report_names_nobody(tmp_path, here, capsys):
    course = write_course(tmp_path)
    (tmp_path / "class").mkdir()
    for name, code in (("annabel", RIGHT), ("bobby", WRONG), ("carla", WRONG + "\n# carla\n")):
        (tmp_path / "class" / f"{name}_hw.py").write_text(code, encoding="utf-8")
    results = tmp_path / "results"
    here(course, tmp_path / "class", results)
    for form in ("html", "json"):
        report(capsys, course, "--results", results, "--anonymous", "--format", form)
        shared = results / "shared" / f"report.{form}"
        text = shared.read_text("utf-8")
        assert not re.search("annabel|bobby|carla", text)
        assert len(set(re.findall("student-[0-9a-f]{10}", text))) == 3
        assert shared.stat().st_mode & 0o077 == 0


def test_a_file_that_does_not_load_is_one_mistake(tmp_path, here, capsys):
    course = write_course(tmp_path)
    (tmp_path / "class").mkdir()
    broken, stops = "def column(x:\n", f"import numpy\nnumpy.no_such(3)\n{RIGHT}"
    ends = "import os\nos._exit(3)\n"
    for name, code in [
        *(("ann", broken), ("bob", f"# bob\n{broken}"), ("eve", stops), ("fay", ends)),
        *(("gus", RIGHT), ("hal", f"{RIGHT}\n1 / 0\n")),  # all is defined before it stops
        ("ida", f"{HALF}\n1 / 0\n"),
    ]:
        (tmp_path / "class" / f"{name}_hw.py").write_text(code, encoding="utf-8")
    results = tmp_path / "results"
    here(course, tmp_path / "class", results)
    path = tmp_path / "report.json"
    report(capsys, course, "--results", results, "--format", "json", "-o", path, "--lang", "en")
    data = json.loads(path.read_text("utf-8"))
    found = {tuple(each["students"]): each for each in data["clusters"]}
    assert {people: each["headline"] for people, each in found.items()} == {
        ("ann", "bob"): "hw.py cannot be read as Python.",
        ("eve",): "hw.py stops with AttributeError.",
        ("fay",): "hw.py ends Python while it is loaded (exit status 3).",
        ("ida",): "hw.py stops with ZeroDivisionError.",
    }
    assert {each["question"] for each in found.values()} == {None}
    assert data["stopped"] == [{"student": "fay", "question": None, "kind": "NotLoaded"}]
    hints = {people: each["cluster"] for people, each in found.items()}
    text = f"{hints['ann', 'bob']}: Close it.\n{hints['fay',]}: Stay.\n"
    (results / "hints.yaml").write_text(text, encoding="utf-8")
    here(course, tmp_path / "class", results)
    texts = results / "feedback" / "markdown"
    assert (texts / "bob.md").read_text("utf-8").count("*hint:* Close it.") == 1
    assert (texts / "fay.md").read_text("utf-8").count("Stay.") == 1
    for name in ("eve", "gus", "hal"):
        assert "Close it." not in (texts / f"{name}.md").read_text("utf-8")
    write_course(tmp_path, assignment=ASSIGNMENT.replace("points: 2", "points: 4"))
    said = here(course, tmp_path / "class", results)  # grades a question that ida has right
    assert "ida: 2 to 4, question changed: double" in said
    report(capsys, course, "--results", results, "--lang", "en")
    page = (results / "report.html").read_text("utf-8")
    assert "SyntaxError: &#39;(&#39; was never closed" in page
    assert "def column(x:" not in page
    assert hints["ida",] in page


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def page(results, course, capsys, tmp_path, data):
    def page(language="en"):
        name = data["clusters"][0]["cluster"]
        hint = f"{name}: {{en: Look at the second axis., zh: 看第二个轴。}}\n"
        (results / "hints.yaml").write_text(hint, encoding="utf-8")
        report(capsys, course, "--results", results, "--lang", language)
        return results / "report.html"

    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "language"), [(360, "en"), (1280, "en"), (900, "zh")])
def test_the_page_fits_the_screen_and_is_readable_on_it(browser, page, width, language, dark):
    browser.look_at(page(language), width=width, dark=dark)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    assert browser.run("document.documentElement.scrollWidth") <= width
    measured = browser.run(CONTRASTS)
    assert len(measured) > 200
    assert [text for ratio, text in measured if ratio < 4.5] == []
    assert browser.run("document.documentElement.lang") == language
    words = browser.run("document.body.innerText")
    assert ("看第二个轴" if language == "zh" else "Look at the second axis.") in words
    assert ("Filter students" in words) == (language == "en")


def test_the_page_loads_nothing_and_its_links_lead_to_feedback(browser, page):
    browser.look_at(page(), width=1280, dark=False)
    assert browser.run("performance.getEntriesByType('resource').length") == 0
    links = browser.run("[...document.querySelectorAll('a:not([href^=\"#\"])')].map((a) => a.href)")
    assert len(links) > 38
    assert all(Path(unquote(urlparse(link).path)).is_file() for link in links)


ROWS = "[...document.querySelectorAll('#table-students tbody tr')]"


def test_tables_are_sorted_and_filtered_from_the_keyboard(browser, page, data):
    browser.look_at(page(), width=1280, dark=False)
    browser.run("document.querySelectorAll('#table-students thead button')[2].focus()")
    assert browser.run("getComputedStyle(document.activeElement).outlineStyle") in ("auto", "solid")
    points = f"{ROWS}.map((row) => Number(row.cells[2].dataset.value))"
    for direction, reverse in (("ascending", False), ("descending", True)):
        browser.press("Enter", 13, "\r")
        assert browser.run(points) == sorted(data["points"], reverse=reverse)
        heading = "document.activeElement.closest('th').getAttribute('aria-sort')"
        assert browser.run(heading) == direction
    browser.run("document.querySelector('#filter-students').focus()")
    browser.send("Input.insertText", text=data["clusters"][0]["cluster"])
    shown = f"{ROWS}.filter((row) => row.checkVisibility()).length"
    assert browser.run(shown) == data["clusters"][0]["size"]
    counted = "document.querySelector('#filter-students ~ output').textContent"
    assert browser.run(counted) == f"{data['clusters'][0]['size']} / 38"


def test_the_keyboard_opens_a_cluster_and_goes_on_to_its_members(browser, page, data):
    browser.look_at(page(), width=800, dark=False)
    browser.run("document.querySelector('.cluster summary').focus()")
    browser.press("Enter", 13, "\r")
    assert browser.run("document.querySelector('.cluster').open") is True
    browser.run("document.querySelector('.cluster a[data-filter]').focus()")
    browser.press("Enter", 13, "\r")
    assert browser.run(f"{ROWS}.filter((row) => !row.hidden).length") == data["clusters"][0]["size"]
    assert browser.run("location.hash") == "#students"
