"""Every format: what its readers need, what its platform takes, and what student text cannot do."""

import base64
import json
import os
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graders.checks import mismatch as m
from graders.feedback.language import Words, languages
from graders.reports import (
    autolab,
    classroom,
    classroom50,
    github,
    gradescope,
    junit,
    markdown,
    prairielearn,
)
from graders.reports.formats import FOR_PLATFORMS, WRITERS, report_as
from graders.reports.limits import clean, fitted, shortened
from graders.spec import Text
from graders.verdicts import CheckResult, Finding, LoadProblem, QuestionResult, Report, refused

HERE = Path(__file__).parent
EN = Words("en")
CORNER = "def corner(x):\n    return x[:2, :1]\n"
HOSTILE = (
    "\n::error file=grade.py,line=1::forged\n::add-mask::0\n::stop-commands::x\n"
    "text ##[add-mask]0 ##[stop-commands]x\n \u00a0::set-output name=result::forged\n"
    "%0A::error::forged%0D%25\r::error::forged\n\x1b[2J\x07\x00\x9b31m\u202e\ufffe\uffff\ud800"
    "<script>forged()</script><img src=x onerror=forged()></pre>]]>&lt;<!--"
    "``<img src=x>` ``` ~~~ ![x](http://127.0.0.1/) [passed](javascript:forged())\n"
    '{"scores": {"corner": 100}}\n\U0001f600\U000e0001'
)
texts = st.text(max_size=60) | st.text("`<>&:%#[]()!\n\r\t\\*_{}\"'=, \ud800", max_size=60)
texts |= st.just(HOSTILE)


def assignment_of(points):
    questions = {n: SimpleNamespace(hints={}, points=p) for n, p in points.items()}
    maximum = sum(sum(p.values()) if isinstance(p, dict) else p for p in points.values())
    title = Text((("en", "Tensors"), ("zh", "张量")))
    found = {"name": "hw2", "title": title, "questions": questions, "max_points": maximum}
    return SimpleNamespace(**found, sealed=None)


def raised(function, text, *, file="hw2.py", line=2):
    error = m.Error(("ValueError", "Exception"), text, file, line)
    return CheckResult("returns", "cpu", "failed", 9, 3, Finding(function, m.Raised(error)))


def failed(function, text, points=0.0, maximum=4.0, **place):
    skipped = CheckResult("values", "cpu", "skipped", needs="returns")
    checks = (raised(function, text, **place), skipped)
    return QuestionResult(function, points, maximum, "failed", 0.25, checks)


def passed(function, points=3.0):
    checks = (CheckResult("values", "cpu", "passed", 9),)
    return QuestionResult(function, points, points, "passed", 0.5, checks)


def faulty(function, text="the reference raises", points=2.0):
    return QuestionResult(function, points, points, "fault", 0.0, fault=text)


ASSIGNMENT = assignment_of(
    {"corner": {"returns": 1, "values": 3}, "column": 3, "row": 2, "last": 1}
)
SOURCES = {"hw2.py": CORNER}


def report_with(text, *, problem=False):
    """A report in which student code says a text wherever it can."""
    error = m.Error(("SyntaxError",), text, "hw2.py", 1)
    problems = (LoadProblem("raised", "hw2.py", 1, text, error),) if problem else ()
    problems += (LoadProblem("magic", "hw2.py", 1, detail=text),)
    questions = (failed("corner", text, 1.5), passed("column"), faulty("row", text))
    return Report("hw2", "hw2.py", questions, problems, SOURCES)


def decoded(form, text):
    if form == "classroom":
        return json.loads(base64.b64decode(text))
    if form == "autolab":
        return json.loads(text.splitlines()[-1])
    return ET.fromstring(text.encode()) if form == "junit" else json.loads(text)


# ---------------------------------------------------------------- all formats


@settings(max_examples=20)
@given(texts, st.booleans())
def test_whatever_a_student_writes_every_format_can_be_read(text, problem):
    report = report_with(text, problem=problem)
    for form in WRITERS:
        if form == "json":
            continue  # as it always was: it keeps every character
        written = report_as(form, report, ASSIGNMENT, EN)
        assert written.endswith("\n")
        written.encode("utf-8")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", written), form
        if form not in ("markdown", "github"):
            decoded(form, written)


LIMITS = {
    "classroom": 131_072 - len("HW2_RESULTS="),
    "classroom50": 10_000_000,
    "prairielearn": 1_000_000,
    "autolab": 1_024_000,
    "gradescope": 1_000_000,
    "junit": 5_000_000,
}


@pytest.mark.parametrize("form", LIMITS)
@pytest.mark.parametrize(("count", "size"), [(1, 1_000_000), (40, 30_000)])
def test_a_report_that_is_too_long_is_cut_and_says_so(form, count, size):
    names = [f"function_{n}" for n in range(count)]
    text = "中" * (size // 2) + "<&\\" * (size // 6)
    report = Report("hw2", "hw2.py", tuple(faulty(name, text) for name in names))
    written = report_as(form, report, assignment_of(dict.fromkeys(names, 2)), EN)
    assert len(written.encode()) <= LIMITS[form]
    found = decoded(form, written)
    said = written if form in ("junit", "autolab") else json.dumps(found)
    assert "characters are left out)" in re.sub(r"(\\n|\s)+", " ", said)
    assert all(name in written or form == "classroom" for name in names)


def test_short_texts_stay_whole_and_long_ones_say_how_much_is_missing():
    assert shortened("four", 4, EN) == "four"
    assert shortened("fours", 4, EN) == "four (1 character is left out)"
    assert shortened("a text", 2, Words("zh")) == "a （省略 4 个字符）"


def test_the_longest_texts_that_fit_are_taken():
    assert fitted(lambda longest: "x" * longest, 1000) == "x" * 1000
    assert fitted(lambda longest: "x" * longest + "x", 3) == "x"


@given(texts)
def test_a_clean_text_can_be_written_and_stays_clean(text):
    assert clean(clean(text)) == clean(text)
    clean(text).encode("utf-8")
    assert clean("a\r\nb\x0bc") == "a\nb\nc"


@pytest.mark.parametrize("language", languages())
def test_reports_are_in_the_language_of_their_reader(language):
    words = Words(language)
    for form in ("markdown", "autolab", "github"):
        written = report_as(form, report_with("x"), ASSIGNMENT, words)
        assert ("张量" in written) == (language == "zh")


def test_what_is_hidden_is_said_nowhere_and_its_points_count():
    secret = failed("column", "secret word", maximum=3.0)
    checks = (
        CheckResult("values", "cpu", "passed", 9),
        CheckResult(
            "dtype", "cpu", "failed", 9, 1, raised("corner", "secret word").finding, hidden=True
        ),
    )
    questions = (
        QuestionResult("corner", 1.0, 4.0, "failed", 0.1, checks),
        QuestionResult(**{**vars(secret), "hidden": True}),
    )
    report = Report("hw2", "hw2.py", questions)
    for form in FOR_PLATFORMS | {"markdown"}:
        written = report_as(form, report, ASSIGNMENT, EN)
        plain = json.dumps(decoded(form, written)) if form == "classroom" else written
        assert "secret" not in plain
        assert "dtype" not in plain
        assert form in ("autolab", "gradescope", "github") or "column" not in plain, form
    shown, hidden = json.loads(report_as("gradescope", report, ASSIGNMENT, EN))["tests"]
    assert (shown["visibility"], hidden["visibility"]) == ("visible", "hidden")
    assert json.loads(report_as("classroom50", report, ASSIGNMENT, EN))["score"] == 1


@pytest.mark.parametrize("form", sorted(FOR_PLATFORMS))
def test_a_submission_that_cannot_be_opened_gets_no_points_and_the_reason(form):
    points = {"corner": 4.0, "column": 3.0}
    report = refused("hw2", "hw2.py", points, "hw2.py does not exist.", "Name the file hw2.py.")
    written = report_as(form, report, ASSIGNMENT, EN)
    said = json.dumps(decoded(form, written)) if form == "classroom" else written
    assert "hw2.py does not exist." in said.replace("\\_", "_")
    if form == "prairielearn":
        assert decoded(form, written)["gradable"] is False
    elif form in ("gradescope", "classroom50"):
        assert decoded(form, written)["score"] == 0


# ---------------------------------------------------------------- Markdown


@settings(max_examples=40)
@given(texts, st.booleans())
def test_student_text_is_never_markup(text, problem):
    written = markdown.report_markdown(report_with(text, problem=problem), ASSIGNMENT, EN)
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"html_block", "html_inline", "link_open", "image"}, written


# ---------------------------------------------------------------- GitHub


def commands(log):
    """Read a log as GitHub's runner does: both kinds of command, unescaped."""
    found = []
    for line in re.split("\r\n|\r|\n", log):
        assert "##[" not in line
        if not line.lstrip().startswith("::"):
            continue
        name, _, rest = line.lstrip()[2:].partition(" ")
        pairs, _, message = rest.partition("::")
        properties = dict(pair.split("=", 1) for pair in pairs.split(","))
        found.append(
            (name, {key: unescaped(v) for key, v in properties.items()}, unescaped(message))
        )
    return found


def unescaped(text):
    for code, character in {"%2C": ",", "%3A": ":", "%0A": "\n", "%0D": "\r", "%25": "%"}.items():
        text = text.replace(code, character)
    return text


@settings(max_examples=40)
@given(texts)
def test_student_text_gives_github_no_commands(text):
    log = github.github_log(report_with(text, problem=True), ASSIGNMENT, EN)
    found = commands(log)
    assert [name for name, _, _ in found] == ["error", "error", "warning", "notice"]
    for _, properties, message in found:
        assert properties.keys() <= {"file", "line", "title"}
        assert len(message.encode("utf-16-le")) // 2 <= 4096
        assert len(properties["title"]) <= 255
    assert [properties.get("file") for _, properties, _ in found] == ["hw2.py"] * 2 + [None] * 2


def test_an_annotation_stands_where_the_mistake_is():
    report = Report("hw2", "hw2.py", (failed("corner", "no"), passed("column")), (), SOURCES)
    (_, place, message), _ = commands(github.github_log(report, ASSIGNMENT, EN, "week 2/hw2.py"))
    assert place == {"file": "week 2/hw2.py", "line": "2", "title": "q1 corner: 0 of 4 points"}
    assert message.startswith("`corner` raises ValueError.\n\n    line 2")


def test_an_annotation_without_a_line_of_its_own_stands_at_the_definition():
    report = Report("hw2", "hw2.py", (failed("corner", "no", file=None, line=0),), (), SOURCES)
    assert commands(github.github_log(report, ASSIGNMENT, EN))[0][1]["line"] == "1"


def test_an_annotation_of_a_notebook_names_the_file_alone():
    sources = {"hw2.ipynb cell 1": CORNER}
    question = failed("corner", "no", file="hw2.ipynb cell 1", line=2)
    report = Report("hw2", "hw2.ipynb", (question,), (), sources)
    _, place, message = commands(github.github_log(report, ASSIGNMENT, EN))[0]
    assert place == {"file": "hw2.ipynb", "title": "q1 corner: 0 of 4 points"}
    assert "cell 1, line 2" in message


def test_no_more_annotations_are_written_than_github_shows():
    names = [f"f{n}" for n in range(30)]
    report = Report("hw2", "hw2.py", tuple(failed(name, "no") for name in names), (), SOURCES)
    found = commands(github.github_log(report, assignment_of(dict.fromkeys(names, 4)), EN))
    assert [name for name, _, _ in found].count("error") == 9
    assert found[-1][2] == "0 of 120 points\n21 more messages"


def test_a_summary_fits_beside_what_the_step_has_said_already():
    report = Report("hw2", "hw2.py", (faulty("row", "x" * 1_000_000),))
    for taken in (0, 990_000, 999_990):
        written = github.step_summary(report, ASSIGNMENT, EN, taken)
        assert taken + len(written.encode()) <= 1 << 20
        assert ("q3" in written) == (taken < 999_000)


# ---------------------------------------------------------------- GitHub Classroom


def reading(result):
    """Add up points as `autograding-grading-reporter` does."""
    points = sum(test["score"] for test in result["tests"])
    return {"totalPoints": points, "maxPoints": result["max_score"]}


def test_classroom_counts_partial_points():
    result = decoded("classroom", classroom.classroom_result(report_with("no"), ASSIGNMENT, EN))
    assert reading(result) == {"totalPoints": 6.5, "maxPoints": 9}
    assert (result["version"], result["status"]) == (1, "error")  # a fault is the staff's to see
    assert [test["status"] for test in result["tests"]] == ["fail", "pass", "error"]
    assert {test["line_no"] for test in result["tests"]} == {0}
    assert [test["message"] is None for test in result["tests"]] == [False, True, False]


@pytest.mark.parametrize("points", [0.25, 0.5, 1.5, 7.25])
def test_classroom_has_a_whole_maximum_that_full_marks_reach(points):
    report = Report("hw2", "hw2.py", (passed("corner", points),))
    result = decoded("classroom", classroom.classroom_result(report, ASSIGNMENT, EN))
    assert isinstance(result["max_score"], int)
    assert result["max_score"] >= points
    assert reading(result)["totalPoints"] == result["max_score"]


def test_the_largest_result_can_be_handed_to_a_program():
    report = Report("hw2", "hw2.py", tuple(faulty(n, "x" * 40_000) for n in ("corner", "row")))
    line = classroom.classroom_result(report, ASSIGNMENT, EN)
    assert 10_000 < len(line) <= classroom.MOST
    longest = line.strip().ljust(classroom.MOST, "=")
    subprocess.run(["true"], env={"A_RATHER_LONG_STEP_RESULTS": longest}, check=True)


# ---------------------------------------------------------------- Classroom 50

RUNNER = {
    "CLASSROOM": "dl101",
    "ASSIGNMENT": "hw2-reshape",
    "ASSIGNMENT_TYPE": "group",
    "OWNER": "a-student",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/a1b2c3d",
    "RELEASE_URL": "https://example.org/releases/1",
}


@pytest.fixture
def runner(monkeypatch):
    for name in ("REVIEW_URL", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)


def check_classroom50(report, assignment):
    result = json.loads(classroom50.result_json(report, assignment, EN))
    jsonschema.validate(result, json.loads((HERE / "result-v1.schema.json").read_text()))
    assert result["score"] <= result["max-score"]
    assert all(test["score"] <= test["max-score"] for test in result["tests"])
    return result


def test_classroom_50_takes_the_result_with_what_its_runner_told(runner):
    whole = assignment_of({"corner": 4, "column": 3, "row": 2})
    result = check_classroom50(report_with(HOSTILE), ASSIGNMENT)
    assert (result["score"], result["max-score"]) == (7, 9)
    assert (result["owner"], result["assignment"]) == ("a-student", "hw2-reshape")
    assert result["review"] == RUNNER["COMMIT_URL"]
    assert [test["passed"] for test in result["tests"]] == [False, True, True]
    assert check_classroom50(report_with("no"), whole)["max-score"] == 9


def test_classroom_50_has_hundredths_where_an_assignment_has_fractions(runner):
    fractions = assignment_of({"corner": {"returns": 1.5, "values": 2.5}, "column": 3, "row": 2})
    result = check_classroom50(report_with("no"), fractions)
    assert (result["score"], result["max-score"]) == (650, 900)
    first = result["tests"][0]
    assert (first["points"], first["max-points"]) == (1.5, 4)
    assert (first["score"], first["max-score"]) == (150, 400)


# ---------------------------------------------------------------- Gradescope

TOP = {
    *("score", "execution_time", "output", "output_format", "test_output_format"),
    *("test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"),
}
TEST = {
    *("name", "number", "score", "max_score", "status", "output", "output_format"),
    *("name_format", "tags", "visibility", "extra_data"),
}
VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}


def check_gradescope(text):
    results = json.loads(text)
    assert results.keys() <= TOP
    assert isinstance(results["score"], (int, float))
    assert {results["output_format"], results["test_output_format"]} == {"md"}
    for test in results.get("tests", []):
        assert test.keys() <= TEST
        assert test["status"] in ("passed", "failed")
        assert test["visibility"] in VISIBLE
        assert 0 <= test["score"] <= test["max_score"]
    return results


def test_gradescope_has_a_valid_file_at_every_moment():
    before = check_gradescope(gradescope.first_json(EN))
    assert before["score"] == 0
    assert "Grading has not come to its end." in before["output"]
    part = Report("hw2", "hw2.py", (passed("column"),))
    waiting = {"corner": 4.0, "row": 2.0}
    during = check_gradescope(gradescope.results_json(part, ASSIGNMENT, EN, waiting=waiting))
    assert "Grading has not come to its end." in during["output"]
    assert during["score"] == 3
    assert [(t["number"], t["name"], t["score"]) for t in during["tests"]] == [
        ("2", "column", 3),
        ("1", "corner", 0),
        ("3", "row", 0),
    ]
    after = check_gradescope(gradescope.results_json(report_with("no"), ASSIGNMENT, EN))
    assert "Grading" not in after["output"]
    assert [test["status"] for test in after["tests"]] == ["failed", "passed", "passed"]
    assert "leaderboard" not in after


def test_gradescope_ranks_where_asked():
    text = gradescope.results_json(report_with("no"), ASSIGNMENT, EN, leaderboard=True)
    assert check_gradescope(text)["leaderboard"] == [
        {"name": "points", "value": 6.5, "order": "desc"},
        {"name": "seconds", "value": 0.75, "order": "asc"},
    ]


# ---------------------------------------------------------------- PrairieLearn, JUnit, Autolab


def test_prairielearn_has_a_share_and_points_of_every_test():
    text = prairielearn.results_json(report_with("no"), ASSIGNMENT, EN)
    results = json.loads(text)
    assert results["score"] == round(6.5 / 9, 6)
    assert all(
        {"points", "max_points", "output", "name"} == test.keys() for test in results["tests"]
    )
    assert "`corner` raises ValueError." in results["tests"][0]["output"]


@settings(max_examples=40)
@given(texts)
def test_junit_follows_its_schema(text):
    written = junit.junit_xml(report_with(text, problem=True), ASSIGNMENT, EN)
    SCHEMA.validate(written)


SCHEMA = xmlschema.XMLSchema(str(HERE / "junit.xsd"))


def test_junit_has_points_failures_skips_and_faults():
    root = ET.fromstring(junit.junit_xml(report_with("no"), ASSIGNMENT, EN))
    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
    }
    corner, column, row = root
    points = {each.get("name"): each.get("value") for each in corner.iter("property")}
    assert points == {"points": "1.5", "max_points": "4"}
    assert corner.find("testcase/failure").get("message") == "`corner` raises ValueError."
    assert (
        corner.find("testcase/skipped").get("message")
        == "Checked once this is right: whether it returns."
    )
    assert [case.get("name") for case in column] == [None, "values"]
    assert row.find("testcase/error") is not None


@settings(max_examples=40)
@given(texts)
def test_the_last_line_is_for_autolab(text):
    *above, last = autolab.autolab_output(report_with(text), ASSIGNMENT, EN).splitlines()
    assert json.loads(last) == {"scores": {"corner": 1.5, "column": 3, "row": 2}}
    assert "6.5 of 9 points" in above


def test_an_annotation_names_its_file_from_the_top_of_the_repository(monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert github.workspace_path(tmp_path / "week2" / "hw2.py") == "week2/hw2.py"
    monkeypatch.delenv("GITHUB_WORKSPACE")
    os.chdir(tmp_path.parent)
    assert github.workspace_path(tmp_path / "hw2.py") == f"{tmp_path.name}/hw2.py"
