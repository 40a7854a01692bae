import os
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
def make_grader(workers, cache_folder) -> Callable[[Assignment], Grader]:
    """Make the grader of an assignment."""

    def make(assignment, *, explain=True):
        reference = open_reference(assignment)
        store = BankStore(reference, seed=assignment.seed, folder=cache_folder)
        return Grader(assignment, store, workers, explain)

    return make


@pytest.fixture(scope="session")
def grader_of(make_grader) -> Callable[[str], Grader]:
    """Return the grader of one of our assignments, which does not explain: the same each time."""

    @cache
    def grader_of(name):
        assignment = load_assignment(REPOSITORY / "assignments" / f"{name}.yaml")
        return make_grader(assignment, explain=False)

    return grader_of


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
        return make_grader(load_assignment(path))

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
