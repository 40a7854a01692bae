"""The HTML page says what the terminal says, and everybody can read it."""

import html
import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from textwrap import dedent

import pytest
from browser import CONTRASTS

from graders.cli import main
from graders.curves import Curve, loss_curves
from graders.feedback.language import Words
from graders.reports.curve import HEIGHT, WIDTH, curve_svg
from graders.reports.html import DARK, LIGHT, report_fragment, report_page
from graders.reports.lines import question_messages, report_lines
from graders.spec import load_assignment
from graders.submissions.source import Block, Source
from graders.verdicts import LoadProblem, QuestionResult, Report

ENGLISH = Words("en")
VOID = {"meta", "line", "circle", "polyline"}
HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)> &amp; `x`'

QUESTIONS = """
    double: {arguments: {x: {tensor: [n]}}, examples: [{x: [1, 2, 3]}]}
    triple: {arguments: {x: {tensor: [n]}}, hints: {values: "three `x`, not <b>two</b>"}}
    shout: {arguments: {x: {tensor: [n]}}}
    unwritten: {arguments: {x: {tensor: [n]}}}
"""
REFERENCE = """
    def double(x): return 2 * x
    def triple(x): return 3 * x
    def shout(x): return x + 1
    def unwritten(x): return x
"""
ANSWER = f"""
import torch

def double(x):
    return 2 * x

def triple(x):
    return 2 * x

def shout(x):
    raise ValueError({HOSTILE!r})

def unwritten(x):
    raise NotImplementedError
"""


def source(text, name="hw.py"):
    return Source(name, (Block(text, None),), ())


@pytest.fixture(scope="module")
def shelf(make_grader, tmp_path_factory):
    """Make the grader of an assignment `hw` that the tests of this module share."""

    def shelf(questions, reference):
        folder = tmp_path_factory.mktemp("course")
        (folder / "hw.yaml").write_text(
            f"title: Course\nreference: answers.py\nquestions:{questions}", "utf-8"
        )
        (folder / "answers.py").write_text(f"import torch\n{dedent(reference)}", "utf-8")
        return make_grader(load_assignment(folder / "hw.yaml"), few=True)

    return shelf


@pytest.fixture(scope="module")
def graded(shelf):
    """The report on a submission with a right, a wrong, a hostile and an unwritten function."""
    grader = shelf(QUESTIONS, REFERENCE)
    return grader.grade(source(ANSWER)), grader.assignment


class Outline(HTMLParser):
    """The text of a page and its elements; refuses what is not nested properly."""

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.words = [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if self.open and self.open[-1] != "style":
            self.words.append(text)

    @property
    def text(self):
        return squeezed("".join(self.words))

    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def squeezed(text):
    return re.sub(r"\s+", " ", text)


# ---------------------------------------------------------------- what it says


def test_the_page_says_what_the_terminal_says(graded):
    report, assignment = graded
    said = Outline(report_page(report, assignment, ENGLISH)).text
    for result in report.questions:
        for each in question_messages(result, report, assignment, ENGLISH):
            parts = [each.headline, *each.call, each.hint or ""]
            parts += [part for fact in each.facts for part in (fact.label, fact.text)]
            for part in parts:
                shown = part if part in each.call or HOSTILE in part else part.replace("`", "")
                assert squeezed(shown) in said
    assert "1 of 4 points" in said


def test_the_fragment_of_a_notebook_has_the_same_questions(graded):
    report, assignment = graded
    page, part = (
        Outline(make(report, assignment, ENGLISH)) for make in (report_page, report_fragment)
    )
    assert part.elements[1] == ("div", {"class": "grader-report", "lang": "en"})
    assert part.text.strip() in page.text


def test_text_of_students_and_authors_stays_text(graded):
    report, assignment = graded
    page = report_page(report, assignment, ENGLISH)
    tags = {tag for tag, _ in Outline(page).elements}
    assert not tags & {"script", "img", "b", "link", "iframe"}
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in page


def test_a_hostile_file_name_stays_text(graded):
    report, assignment = graded
    page = report_page(replace(report, submission=HOSTILE), assignment, ENGLISH)
    assert not {tag for tag, _ in Outline(page).elements} & {"script", "img"}


def test_the_page_needs_and_runs_nothing_else(graded):
    report, assignment = graded
    page = report_page(report, assignment, ENGLISH)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "@import" not in page
    assert "url(" not in page


def test_what_is_not_right_yet_is_linked_and_open(graded):
    report, assignment = graded
    page = Outline(report_page(report, assignment, ENGLISH))
    links = [each["href"] for tag, each in page.elements if tag == "a"]
    assert links == ["#q2", "#q3", "#q4"]
    assert {link[1:] for link in links} <= set(page.ids())
    opened = [each["id"] for tag, each in page.elements if tag == "details" and "open" in each]
    assert opened == ["q2", "q3", "q4"]


def test_a_page_in_chinese_says_so(graded):
    report, assignment = graded
    page = Outline(report_page(report, assignment, Words("zh")))
    assert page.elements[0] == ("html", {"lang": "zh"})


def test_a_fault_and_a_file_that_stops_are_said_as_in_the_terminal(graded):
    _, assignment = graded
    problems = (
        LoadProblem("redefined", "hw.py", 7, detail="double"),
        *course_problem(),
    )
    fault = QuestionResult("double", 1, 1, "fault", 0.0, fault="the reference raised <b>")
    broken = Report("hw", "hw.py", (fault,), problems)
    said = Outline(report_page(broken, assignment, ENGLISH)).text
    lines = squeezed(" ".join(line.text for line in report_lines(broken, assignment, ENGLISH)))
    for sentence in (
        "note: hw.py, line 7: `double` is defined more than once; the last one is graded.",
        "hw.py cannot be read as Python.",
        "SyntaxError: invalid syntax",
        "This question could not be graded: the reference raised <b>",
        "Please tell the course staff: hw double",
    ):
        assert sentence in lines
        assert sentence.replace("`", "") in said
    assert "not graded" in said


def course_problem():
    from graders.checks.mismatch import Error

    error = Error(("SyntaxError",), "invalid syntax", "hw.py", 3)
    return [LoadProblem("syntax", "hw.py", 3, "def double(x)", error)]


# ---------------------------------------------------------------- colours


def luminance(colour):
    """The relative luminance of a colour, as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["text", "muted", "passed", "failed", "fault", "link"])
@pytest.mark.parametrize("behind", ["background", "panel"])
def test_every_text_has_the_contrast_of_level_aaa(colours, name, behind):
    assert contrast(colours[name], colours[behind]) >= 7


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_frames_stand_out_from_the_page(colours):
    assert contrast(colours["border"], colours["background"]) >= 3


def test_both_schemes_have_the_same_colours():
    assert LIGHT.keys() == DARK.keys()


# ---------------------------------------------------------------- loss curves


TRAINING = """
    fit:
      arguments:
        x: {tensor: [n]}
        lr: {float: 0.1..0.2}
        epochs: {integer: 1..6}
      examples: [{x: [1, 2, 3], lr: 0.1, epochs: 6}]
    total: {arguments: {x: {tensor: [n]}}}
"""
TRAINER = """
    def fit(x, lr, epochs):
        w, losses = x.new_zeros(()), []
        for _ in range(epochs):
            losses.append((x - w).square().mean().item())
            w = w + 2 * lr * (x - w).mean()
        return w, losses
    def total(x): return x.sum()
"""
SLOW_TRAINER = """
def fit(x, lr, epochs):
    w, losses = x.new_zeros(()), []
    for _ in range(epochs):
        losses.append((x - w).square().mean().item())
        w = w + lr * (x - w).mean()
    return w, losses
"""


@pytest.fixture(scope="module")
def trained(shelf):
    grader = shelf(TRAINING, TRAINER)

    def trained(text):
        given = source(text)
        return loss_curves(grader, given, grader.grade(given))

    return trained


def test_the_losses_of_the_longest_training_are_compared(trained):
    curves = trained(SLOW_TRAINER)
    assert list(curves) == ["fit"]
    curve = curves["fit"]
    assert len(curve.expected) == len(curve.returned) == 6
    assert curve.returned[0] == pytest.approx(curve.expected[0])
    assert all(r > e for r, e in zip(curve.returned[1:], curve.expected[1:], strict=True))
    assert re.fullmatch(r"lr=0\.\d+, epochs=6", curve.call)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def fit(x, lr, epochs): return x.sum()",
        "def fit(x, lr, epochs): return x.sum(), [x.sum()] * epochs",
        "def fit(x, lr, epochs): raise ValueError",
        "def fit(x, lr, epochs):\n    while True: pass",
        "def fit(x, lr, epochs)",
    ],
)
def test_a_function_without_losses_has_no_curve(trained, text):
    assert trained(text) == {}


def points_of(svg, kind):
    (found,) = re.findall(rf'<polyline class="{kind}" points="([^"]*)"', str(svg))
    return [tuple(map(float, pair.split(","))) for pair in found.split()]


def test_both_curves_are_drawn_to_one_scale():
    svg = curve_svg(Curve("lr=0.1", (4.0, 2.0, 1.0), (4.0, 3.0, 2.0)), "fit", ENGLISH)
    Outline(svg)
    reference, returned = points_of(svg, "reference"), points_of(svg, "returned")
    assert reference[0] == returned[0]
    assert [x for x, _ in reference] == [x for x, _ in returned]
    assert reference[1][1] == returned[2][1]  # the loss 2.0
    assert returned[0][1] < returned[1][1] < returned[2][1]


def test_the_picture_is_said_in_words():
    svg = str(curve_svg(Curve("", (4.0, 1.0), (4.0, 2.5)), "fit", ENGLISH))
    assert 'aria-label="Loss by epoch. reference: from 4. to 1.; fit: from 4. to 2.5."' in svg
    assert 'role="img"' in svg


@pytest.mark.parametrize(
    "returned",
    [
        (1e30, math.inf, math.nan),
        (math.nan, math.nan),
        (0.0, 0.0, 0.0, 0.0, 0.0),
        (-1.0, -2.0),
        (-math.inf, 1.0),
    ],
)
@pytest.mark.parametrize("expected", [(4.0, 1.0, 0.5), (0.0, 0.0), (math.inf, math.nan)])
def test_losses_that_leave_the_picture_do_not_spoil_it(expected, returned):
    svg = str(curve_svg(Curve("", expected, returned), "fit", ENGLISH))
    Outline(svg)
    numbers = re.findall(r'points="([^"]*)"', svg)
    for pair in " ".join(numbers).split():
        x, y = map(float, pair.split(","))
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_a_curve_stands_under_its_question(graded):
    report, assignment = graded
    curves = {"double": Curve("lr=0.1, epochs=2", (4.0, 1.0), (4.0, 1.0))}
    page = report_page(report, assignment, ENGLISH, curves)
    _, _, rest = page.partition('<details class="question passed" id="q1">')
    assert rest.index("Losses for lr=0.1, epochs=2") < rest.index('id="q2"')


# ---------------------------------------------------------------- the command


def test_the_page_is_written_to_a_file(tmp_path, capsys):
    answer = tmp_path / "hw2.py"
    answer.write_text("def corner(x, rows, columns): return x[:rows, :columns]", "utf-8")
    page = tmp_path / "report.html"
    arguments = ["hw2", str(answer), "-q", "corner", "--format", "html", "--lang", "en"]
    assert main([*arguments, "-o", str(page)]) == 0
    assert capsys.readouterr().out == ""
    assert "4 of 4 points" in Outline(page.read_text("utf-8")).text


def test_the_report_never_replaces_the_submission(tmp_path, capsys):
    answer = tmp_path / "hw2.py"
    answer.write_text("x = 1", "utf-8")
    assert main(["hw2", str(answer), "-q", "corner", "-o", str(answer)]) == 2
    assert "is the submission" in capsys.readouterr().err
    assert answer.read_text("utf-8") == "x = 1"


def test_a_folder_for_the_report_that_is_missing_is_named(tmp_path, capsys):
    answer = tmp_path / "hw2.py"
    answer.write_text("x = 1", "utf-8")
    assert main(["hw2", str(answer), "-o", str(tmp_path / "no" / "report.txt")]) == 2
    assert "there is no such folder" in capsys.readouterr().err


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def page(graded, tmp_path):
    report, assignment = graded
    long_name = replace(report, submission="a_submission_with_a_very_long_name" * 3 + ".py")
    curves = {"triple": Curve("lr=0.1, epochs=3", (4.0, 2.0, 1.0), (4.0, 3.0, 2.0))}
    path = tmp_path / "report.html"
    path.write_text(report_page(long_name, assignment, ENGLISH, curves), "utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_fits_the_screen_and_is_readable_on_it(browser, page, tmp_path, width, dark):
    browser.look_at(page, width=width, dark=dark)
    assert browser.run("document.documentElement.scrollWidth") <= width
    measured = browser.run(CONTRASTS)
    assert len(measured) > 20
    assert [text for ratio, text in measured if ratio < 4.5] == []
    assert browser.run("parseFloat(getComputedStyle(document.body).fontSize)") >= 16
    browser.picture(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 10_000


def test_a_dark_screen_gets_a_dark_page(browser, page):
    shades = {}
    for dark in (False, True):
        browser.look_at(page, width=800, dark=dark)
        shades[dark] = browser.run("getComputedStyle(document.documentElement).backgroundColor")
    assert shades == {False: "rgb(255, 255, 255)", True: "rgb(20, 24, 29)"}


def test_the_keyboard_reaches_opens_and_closes_everything(browser, page):
    browser.look_at(page, width=800, dark=False)
    reached = []
    for _ in range(6):
        browser.press("Tab", 9)
        reached.append(browser.run("document.activeElement.outerHTML.slice(0, 40)"))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert browser.run(outline) == "solid"
    assert [each.startswith("<a ") for each in reached] == [True] * 3 + [False] * 3
    assert [each.startswith("<summary") for each in reached] == [False] * 3 + [True] * 3
    is_open = "document.activeElement.parentElement.open"
    assert browser.run(is_open) is True
    browser.press("Enter", 13, "\r")
    assert browser.run(is_open) is False
    browser.press(" ", 32, " ")
    assert browser.run(is_open) is True


def test_a_link_leads_to_its_question(browser, page):
    browser.look_at(page, width=390, dark=False)
    for _ in range(2):
        browser.press("Tab", 9)
    browser.press("Enter", 13, "\r")
    top = "document.querySelector(':target').getBoundingClientRect().top"
    assert browser.run("document.querySelector(':target').id") == "q3"
    assert 0 <= browser.run(top) < 800


@pytest.mark.parametrize(
    ("root", "body", "shade"),
    [
        ("", "", "rgb(255, 255, 255)"),
        ("", 'data-jp-theme-light="true"', "rgb(255, 255, 255)"),
        ("", 'data-jp-theme-light="false"', "rgb(20, 24, 29)"),
        ("", 'class="vscode-dark"', "rgb(20, 24, 29)"),
        ('theme="dark"', "", "rgb(20, 24, 29)"),
    ],
)
def test_a_report_in_a_notebook_is_readable_in_its_colours(
    browser, graded, tmp_path, root, body, shade
):
    report, assignment = graded
    path = tmp_path / "notebook.html"
    theirs = ".host :not(pre) > code { background: #777; color: #777; } .host { color: #777; }"
    path.write_text(
        f"<!doctype html><html {root}><meta charset='utf-8'><style>{theirs}</style>"
        f"<body {body}><div class='host'>{report_fragment(report, assignment, ENGLISH)}</div>",
        "utf-8",
    )
    for dark in (False, True):  # the notebook's theme counts, not the system's
        browser.look_at(path, width=900, dark=dark)
        found = browser.run(
            "getComputedStyle(document.querySelector('.grader-report')).backgroundColor"
        )
        assert found == shade
        assert [text for ratio, text in browser.run(CONTRASTS) if ratio < 4.5] == []
