from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pytest

from graders.errors import AssignmentError
from graders.spec import Assignment, Question, load_assignment

Load = Callable[[str], Assignment]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load an assignment from its text."""

    def load(text: str) -> Assignment:
        path = tmp_path / "hw.yaml"
        path.write_text(dedent(text), encoding="utf-8")
        return load_assignment(path)

    return load


@pytest.fixture
def load_question(load: Load) -> Callable[[str], Question]:
    """Load an assignment with one question `f`, of which the text is given."""

    def load_question(text: str) -> Question:
        return load(f"title: T\nquestions:\n  f:\n{indent(dedent(text), '    ')}").questions["f"]

    return load_question


@pytest.fixture
def refused(load: Load, tmp_path: Path) -> Callable[[str], tuple[str, str | None]]:
    """Return the message (without the folder) and the hint for an assignment."""

    def refused(text: str) -> tuple[str, str | None]:
        with pytest.raises(AssignmentError) as caught:
            load(text)
        return caught.value.message.replace(f"{tmp_path}/", ""), caught.value.hint

    return refused


@pytest.fixture
def refused_question(refused) -> Callable[[str], tuple[str, str | None]]:
    """Return the message and the hint for an assignment with one question `f`."""

    def refused_question(text: str) -> tuple[str, str | None]:
        return refused(f"title: T\nquestions:\n  f:\n{indent(dedent(text), '    ')}")

    return refused_question
