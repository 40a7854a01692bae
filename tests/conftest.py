import os
import signal
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

import pytest
from browser import PROGRAM, Browser
from hypothesis import HealthCheck, settings

from graders.cases.store import BankStore
from graders.grading import Grader, open_reference
from graders.spec import Assignment, Question, load_assignment
from graders.submissions.source import Block, Source
from graders.verdicts import Report
from graders.worker.client import WorkerSource
from graders.worker.sources import worker_source

REPOSITORY = Path(__file__).parents[1]
FEW_CASES = 40  # all edges of most questions, in less than half of the time that all cases take


# A busy machine is slow, and a test that passed yesterday passes today.
settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes more than 5 seconds")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as below nohup; programs inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave each module to one of the processes of a run, which alone makes its fixtures."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory) -> Path:
    """The place of all caches; the processes of one test run share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    os.environ["GRADER_CACHE"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def workers() -> Iterator[WorkerSource]:
    with worker_source() as source:
        yield source


@pytest.fixture(scope="session")
def make_grader(workers, cache_folder) -> Callable[..., Grader]:
    """Make the grader of an assignment, with few cases where its questions do not say how many."""

    def make(assignment, *, few=False, explain=True):
        if few:
            take_few_cases(assignment)
        reference = open_reference(assignment)
        store = BankStore(reference, seed=assignment.seed, folder=cache_folder)
        return Grader(assignment, store, workers, explain)

    return make


def take_few_cases(assignment: Assignment) -> None:
    for question in assignment.questions.values():
        if "cases" not in question.model_fields_set:
            object.__setattr__(question, "cases", FEW_CASES)


@pytest.fixture(scope="session")
def grader_of(make_grader) -> Callable[..., Grader]:
    """Return the grader of one of our assignments: the same each time."""

    @cache
    def make(name, few, explain):
        assignment = load_assignment(REPOSITORY / "assignments" / f"{name}.yaml")
        return make_grader(assignment, few=few, explain=explain)

    return lambda name, few=False, explain=False: make(name, few, explain)


@pytest.fixture
def question_of(tmp_path) -> Callable[[str], Question]:
    """Load a question `f` from the text under its name."""

    def question_of(text):
        path = tmp_path / "question.yaml"
        body = indent(dedent(text), "    ")
        path.write_text(f"title: T\nquestions:\n  f:\n{body}", encoding="utf-8")
        return load_assignment(path).questions["f"]

    return question_of


@pytest.fixture
def course(tmp_path, make_grader) -> Callable[..., Grader]:
    """Make the grader of an assignment `hw` from the texts of its questions and its reference."""

    def course(questions, reference):
        (tmp_path / "assignments").mkdir()
        (tmp_path / "reference").mkdir()
        path = tmp_path / "assignments" / "hw.yaml"
        body = indent(dedent(questions), "  ")
        path.write_text(f"title: Course\nquestions:\n{body}", encoding="utf-8")
        text = f"import torch\n{dedent(reference)}"
        (tmp_path / "reference" / "hw.py").write_text(text, encoding="utf-8")
        return make_grader(load_assignment(path), few=True)

    return course


@pytest.fixture(scope="session")
def grade() -> Callable[..., Report]:
    """Grade a text, all questions or some."""

    def grade(grader, text, *only, name="hw.py"):
        source = Source(name, (Block(f"import torch\n{dedent(text)}", None),), ())
        return grader.grade(source, only=only)

    return grade


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser to look at pages with; where none is installed, only CI insists on it."""
    if PROGRAM is None:
        if "CI" in os.environ:
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    browser = Browser()
    yield browser
    browser.close()
