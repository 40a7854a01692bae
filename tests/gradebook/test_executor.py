"""Processes that die, fail or are not trusted."""

import os
import signal
from pathlib import Path

import psutil
import pytest
from classes import RIGHT, write_course

from graders.cases.reference import Reference
from graders.cases.store import BankStore
from graders.errors import Fault, UsageError
from graders.gradebook.executor import Broken, Executor, Graded, Job, Task, require_isolation
from graders.spec import load_assignment


@pytest.fixture(scope="module")
def job(tmp_path_factory, cache_folder):
    assignment = load_assignment(write_course(tmp_path_factory.mktemp("course")))
    reference = Reference.read(assignment.reference_path)
    store = BankStore(reference, seed=0, folder=cache_folder)
    for name, question in assignment.questions.items():
        store.bank(name, question)
    return Job(assignment, Reference(reference.path, reference.source), cache_folder)


def tasks(folder, count):
    for number in range(count):
        path = folder / f"{number}.py"
        path.write_text(RIGHT, encoding="utf-8")
        yield Task(str(number), path, ("column", "double"))


def test_a_process_that_dies_is_replaced_and_its_submission_tried_again(job, tmp_path):
    executor = Executor(job, 1)
    outcomes = []
    for outcome in executor.run(tasks(tmp_path, 6)):
        outcomes.append(outcome)
        if len(outcomes) == 2:
            os.kill(executor._members[0].process.pid, signal.SIGKILL)
    assert all(isinstance(outcome, Graded) for outcome in outcomes)
    assert sorted(outcome.task.content for outcome in outcomes) == [*"012345"]


def test_a_process_is_replaced_after_a_while_and_ends(job, tmp_path, monkeypatch):
    monkeypatch.setattr("graders.gradebook.executor.RECYCLED_AFTER", 2)
    executor = Executor(job, 1)
    found, pids = [], set()
    for outcome in executor.run(tasks(tmp_path, 5)):
        found.append(outcome.task.content)
        pids |= {member.process.pid for member in executor._members}
    assert found == [*"01234"]
    assert len(pids) == 2  # the third one has nothing left to do when it is looked at
    assert not any(map(psutil.pid_exists, pids))


def test_a_submission_that_ends_two_processes_is_a_row_with_the_reason(job, tmp_path, monkeypatch):
    monkeypatch.setattr("graders.gradebook.executor.TASK_SECONDS", 0)
    monkeypatch.setattr("graders.gradebook.executor.LOOK_SECONDS", 0.001)
    [outcome] = Executor(job, 1).run(tasks(tmp_path, 1))
    assert outcome == Broken(outcome.task, "the grading process was ended by SIGKILL")


def test_weak_isolation_is_refused_unless_allowed():
    with pytest.raises(UsageError, match="reads open"):
        require_isolation("reads open", allowed=False)
    require_isolation("reads open", allowed=True)


def test_processes_that_cannot_start_are_a_fault_with_its_reason(job, tmp_path, monkeypatch):
    executor = Executor(job, 1)
    monkeypatch.setattr("graders.gradebook.executor._serve", refuse)
    with pytest.raises(Fault, match="no worker starts here"):
        list(executor.run(tasks(tmp_path, 1)))


def refuse(connection, job):
    connection.send(Broken(Task("", Path(), ()), "no worker starts here"))
