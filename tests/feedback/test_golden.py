"""What reports say, word for word, in every language: `pytest --update-golden` writes it anew."""

import ast
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
import scenes

from graders import said as english
from graders.checks import mismatch as m
from graders.checks import mistake as k
from graders.feedback import exceptions
from graders.feedback.catalogue import template
from graders.feedback.diagnosis import traits
from graders.feedback.language import Words, languages
from graders.feedback.wide import width_of
from graders.feedback.wording import message
from graders.reports import lines
from graders.spec import Text
from graders.verdicts import CheckResult, Cuda, QuestionResult, Report, Verdict

GOLDEN = Path(__file__).parents[1] / "golden"


class Listening(Words):
    """Words that remember what was said."""

    def __init__(self, language):
        super().__init__(language)
        self.heard = set()

    def __call__(self, message, /, **facts):
        self.heard.add(message)
        return super().__call__(message, **facts)

    def count(self, one, many, number, /, **facts):
        self.heard.add((one, many))
        return super().count(one, many, number, **facts)


# ---------------------------------------------------------------- what each file holds


def said(scene, words):
    spoken = message(scene.finding, words, hints=scene.hints, sources=scenes.SOURCES)
    return lines.message_lines(spoken, words)


def hint(scene, words):
    """The hint alone: what stands above it is in other files."""
    spoken = message(scene.finding, words, hints=scene.hints, sources=scenes.SOURCES)
    return lines.message_lines(lines.Message(spoken.hint or spoken.headline), words)


def mistakes(group, show=said):
    return lambda words: {title: show(scene, words) for title, scene in group.items()}


def problems(words):
    return {
        title: lines.problem_lines(problem, words) for title, problem in scenes.PROBLEMS.items()
    }


def report(words):
    return {
        "with every verdict": lines.report_lines(REPORT, ASSIGNMENT, words),
        "with every check waiting": lines.report_lines(WAITING, ASSIGNMENT, words),
        "of a release": lines.report_lines(REPORT, RELEASED, words),
        "of a release, all right": lines.report_lines(PASSED, RELEASED, words),
        "where no GPU is": lines.report_lines(WITHOUT_GPU, ASSIGNMENT, words),
        "where a GPU is": lines.report_lines(ON_GPU, ASSIGNMENT, words),
        "where a GPU is full": lines.report_lines(ON_FULL_GPU, ASSIGNMENT, words),
        "with hidden checks": lines.report_lines(HIDDEN, ASSIGNMENT, words),
        "with hidden checks, for students": for_students(HIDDEN, words),
        "verdicts": [
            lines.Line(lines.verdict_said(verdict, words, sealed=sealed))
            for sealed in (False, True)
            for verdict in get_args(Verdict)
        ],
    }


def for_students(report, words):
    for result in report.questions:
        for said in lines.question_messages(result, report, ASSIGNMENT, words):
            yield from lines.message_lines(said, words)


FILES = {
    **{name: mistakes(group) for name, group in scenes.MISMATCHES.items()},
    "choice_of_hint": mistakes(scenes.CHOICES),
    "diagnoses": mistakes(scenes.DIAGNOSES, hint),
    "kinds_of_case": mistakes(scenes.KINDS, hint),
    "exceptions": mistakes(dict(scenes.explained())),
    "problems": problems,
    "report": report,
}


def failed(check, mismatch, **more):
    return CheckResult(check, "cpu", "failed", 100, 20, scenes.Scene(mismatch, **more).finding)


def question(function, points, verdict, *checks, fault=None):
    return QuestionResult(function, points, 4.0, verdict, 0.0, checks, fault)


ASSIGNMENT = SimpleNamespace(
    name="hw",
    sealed=None,
    title=Text((("en", "Tensors"), ("zh", "张量"))),
    questions={
        name: SimpleNamespace(hints={}, points=points)
        for name, points in {
            "row_mean": 4,
            "center": dict.fromkeys([*lines._CHECKS, "property means are zero"], 1),
            "one_hot": 4,
            "a_function_with_quite_a_long_name": 4,
        }.items()
    },
)
REPORT = Report(
    "hw",
    "hw.py",
    (
        question("row_mean", 4.0, "passed", CheckResult("values", "cpu", "passed", 100)),
        question(
            "center",
            1.5,
            "failed",
            failed("dtype", m.WrongDtype("float32", "float64")),
            CheckResult("values", "cpu", "skipped", needs="dtype"),
            CheckResult("own memory", "cpu", "skipped", needs="dtype"),
        ),
        question("one_hot", 4.0, "fault", fault="the reference raised ValueError"),
        question(
            "a_function_with_quite_a_long_name",
            4.0,
            "passed",
            CheckResult("loads", "cpu", "passed", 1),
        ),
    ),
    (scenes.PROBLEMS["redefined"], scenes.PROBLEMS["line magic"]),
    scenes.SOURCES,
)
RELEASED = SimpleNamespace(**{**vars(ASSIGNMENT), "sealed": "../sealed/hw"})
PASSED = replace(REPORT, questions=REPORT.questions[:1], problems=())
WITHOUT_GPU = replace(PASSED, cuda=Cuda(absent=english.said("there is no NVIDIA GPU"), asked=True))
ON_GPU = replace(
    PASSED,
    cuda=Cuda("A GPU", "gpu", None),
    questions=(question("row_mean", 4.0, "passed", CheckResult("device", "cuda", "passed", 8)),),
)
ON_FULL_GPU = replace(
    ON_GPU,
    questions=(
        question(
            "row_mean",
            4.0,
            "passed",
            CheckResult(
                "device",
                "cuda",
                "skipped",
                unchecked=english.said("other programs hold the memory of the GPU"),
            ),
        ),
    ),
)
HIDDEN = replace(
    REPORT,
    problems=(),
    questions=(
        question(
            "center",
            0.0,
            "failed",
            CheckResult("values", "cpu", "passed", 100),
            replace(failed("dtype", m.WrongDtype("float32", "float64")), hidden=True),
        ),
        replace(REPORT.questions[0], hidden=True),
    ),
)
WAITING = Report(
    "hw",
    "hw.py",
    (
        question(
            "center",
            0.0,
            "failed",
            failed("loads", m.NotDefined("hw.py"), arguments=None),
            *(
                CheckResult(name, "cpu", "skipped")
                for name in [*lines._CHECKS, "property means are zero"]
            ),
        ),
    ),
)


def rendered(name, words):
    parts = [
        "\n".join([f"[{title}]", "", *(line.text for line in shown)]).rstrip("\n")
        for title, shown in FILES[name](words).items()
    ]
    return "\n\n\n".join(parts) + "\n"


# ---------------------------------------------------------------- the files


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", FILES)
def test_reports_say_what_was_read_and_found_good(name, language, request):
    path = GOLDEN / language / f"{name}.txt"
    text = rendered(name, Words(language))
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "read it, then run pytest --update-golden"


def test_every_golden_file_is_compared():
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.glob("[a-z][a-z]/*.txt")}
    assert found == {f"{language}/{name}.txt" for language in languages() for name in FILES}


@pytest.mark.parametrize("language", languages())
def test_no_line_is_wider_than_a_terminal(language):
    for name in FILES:
        for line in rendered(name, Words(language)).splitlines():
            assert width_of(line) <= lines.WIDTH or line.startswith("["), (name, line)


def test_english_reports_are_ascii():
    assert all(rendered(name, Words("en")).isascii() for name in FILES)


def test_every_call_can_be_pasted():
    for group in scenes.MISMATCHES.values():
        for scene in group.values():
            spoken = message(scene.finding, Words(), hints={}, sources=scenes.SOURCES)
            shown = [
                line.text for line in lines.message_lines(spoken, Words()) if line.style == "code"
            ]
            ast.parse("\n".join(line.removeprefix(lines.INDENT) for line in shown))


# ---------------------------------------------------------------- nothing is left out


def concrete(base):
    for kind in base.__subclasses__():
        yield kind
        yield from concrete(kind)


def shown_scenes():
    for group in (*scenes.MISMATCHES.values(), scenes.DIAGNOSES, scenes.KINDS, scenes.CHOICES):
        yield from group.values()


def inside(value):
    """Yield a mismatch and those that it holds."""
    yield value
    for each in fields(value):
        if isinstance(part := getattr(value, each.name), m.Mismatch):
            yield from inside(part)


def test_every_kind_of_mismatch_is_shown():
    shown = {type(part) for scene in shown_scenes() for part in inside(scene.mismatch)}
    assert {*concrete(m.Mismatch)} == shown


def test_every_kind_of_mistake_is_shown():
    diagnoses = [scene.finding.diagnosis for scene in shown_scenes() if scene.finding.diagnosis]
    assert {*concrete(k.Mistake)} == {type(found.mistake) for found in diagnoses}


def test_every_trait_is_shown():
    shown = {scene.finding.diagnosis.mistake.trait.id for scene in scenes.KINDS.values()}
    tree = ast.parse(Path(traits.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    ids = [call.args[0] for call in calls if getattr(call.func, "id", "") == "Trait"]
    chosen = [
        part for id in ids for part in ([id.body, id.orelse] if hasattr(id, "body") else [id])
    ]
    assert {part.value for part in chosen if isinstance(part, ast.Constant)} <= shown


def test_every_explanation_of_an_exception_is_shown():
    words = Listening("en")
    for _, scene in scenes.explained():
        message(scene.finding, words, hints={}, sources=scenes.SOURCES)
    assert {*exceptions._HINTS.values(), *exceptions._OF_CODE.values()} <= words.heard


def test_every_text_about_a_submission_is_shown():
    words = Listening("en")
    for name in FILES:
        rendered(name, words)
    about = {"graders/reports/lines.py"} | {
        f"graders/feedback/{name}.py"
        for name in ("wording", "diagnosis_wording", "exceptions", "literal")
    }
    texts = {each.id for each in template() if {file for file, _ in each.locations} & about}
    assert not [text for text in texts if text not in words.heard]
