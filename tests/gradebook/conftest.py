import pytest
from classes import batch, canvas, write_course

from graders.cases.store import BankStore
from graders.cli import main
from graders.commands import batch as commands
from graders.gradebook import executor
from graders.grading import Grader


@pytest.fixture
def here(monkeypatch, capsys, workers):
    """Run the command in this process, with the workers that all tests share."""

    class Here:
        def __init__(self, job, jobs, weak_isolation_allowed):
            store = BankStore(job.reference, seed=job.assignment.seed, folder=job.banks)
            self.grader = Grader(job.assignment, store, workers, with_trees=True)

        def run(self, tasks):
            yield from (executor.grade_task(task, self.grader) for task in tasks)

    monkeypatch.setattr(commands, "Executor", Here)

    def run(assignment, folder, results, *options):
        arguments = ["batch", assignment, folder, "-o", results, *options]
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return said.out if status == 0 else f"{status}: {said.err}"

    return run


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def graded(course, tmp_path_factory):
    """A class in Canvas' layout, its results, and what the command said."""
    place = tmp_path_factory.mktemp("class")
    folder = canvas(place / "downloads")
    said = batch(course, folder, place / "results")
    return folder, place / "results", said
