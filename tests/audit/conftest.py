from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from graders.audit.audit import Audit, Auditor
from graders.audit.known import read_known


@pytest.fixture
def corpus(tmp_path) -> Callable[[dict[str, str]], Path]:
    """Write known submissions, by name; the headers are part of the texts."""

    def corpus(files):
        folder = tmp_path / "corpus"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return folder

    return corpus


@pytest.fixture
def audited(course, corpus, workers) -> Callable[..., Audit]:
    """Audit an assignment that is made of texts."""

    def audited(questions, reference, known: dict[str, str] | None = None, **options) -> Audit:
        grader = course(questions, reference)
        files = read_known(corpus(known or {}), grader.assignment.questions)
        return Auditor(grader.assignment, files, workers, grader.store, **options).audit()

    return audited
