"""Known right and known wrong submissions of every question get the verdict of their header."""

import pytest
from corpus_files import CorpusFile, corpus

from graders.submissions.source import read_source

ASSIGNMENTS = ("hw1", "hw2", "hw3", "hw4", "hw5")


def marked(file: CorpusFile):
    """One process grades all files of an assignment, so that it reads the cases only once."""
    return pytest.param(file, marks=pytest.mark.xdist_group(file.assignment), id=file.id)


@pytest.mark.parametrize("file", [marked(file) for name in ASSIGNMENTS for file in corpus(name)])
def test_a_known_submission_gets_its_verdict(file, grader_of):
    report = grader_of(file.assignment).grade(read_source(file.path), only=[file.function])
    [result] = report.questions
    failed = [check.check for check in result.failed]
    assert failed == ([] if file.check is None else [file.check])
    assert result.verdict == ("passed" if file.check is None else "failed")
    assert result.points == (result.max_points if file.check is None else 0)
