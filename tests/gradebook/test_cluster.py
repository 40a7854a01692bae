"""A class on Dask workers, which are processes of their own and have no file of the course."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from glob import glob
from pathlib import Path
from types import SimpleNamespace

import dask.config
import distributed  # its settings must be there before one of them is changed
import psutil
import pytest
from classes import ASSIGNMENT, HALF, HANGS, RIGHT, WRONG, submissions, write_course

from graders.cases.reference import Reference
from graders.cases.store import BankStore
from graders.errors import UsageError
from graders.gradebook import remote
from graders.gradebook.cluster import Cluster, _parcel, _require_same
from graders.gradebook.executor import Broken, Executor, Graded, Job, Task, Unreadable
from graders.spec import load_assignment

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 300.0  # seconds, on the busiest machine
STOP_SECONDS = 20.0  # that Dask's processes have to end by themselves
WITH_PROPERTY = f"{ASSIGNMENT}    properties: [doubling_can_be_undone]\n"
PROPERTIES = """
from hypothesis import given, strategies as st

from graders.properties import Student, require, tensor


@given(value=st.integers(-9, 9))
def doubling_can_be_undone(student: Student, value: int) -> None:
    require(student.double(tensor([float(value)])) / 2 == value, en="no", zh="不")
"""
WRONG_FOR_NINE = f"{RIGHT}\n\ndef double(x):\n    return x if (x == -9).any() else 2 * x\n"


def job_of(folder: Path, cache: Path) -> Job:
    path = write_course(folder, assignment=WITH_PROPERTY)
    path.with_name("hw_properties.py").write_text(PROPERTIES, encoding="utf-8")
    assignment = load_assignment(path)
    reference = Reference.read(assignment.reference_path)
    store = BankStore(reference, seed=0, folder=cache)
    for name, question in assignment.questions.items():
        store.bank(name, question)
    return Job(assignment, Reference(reference.path, reference.source), cache)


def tasks(folder: Path, contents) -> list[Task]:
    made = []
    for number, (suffix, data) in enumerate(contents):
        path = folder / f"student{number}{suffix}"
        path.write_bytes(data)
        made.append(Task(str(number), path, ("column", "double")))
    return made


def found(outcomes) -> dict[str, object]:
    """Return all that is known about each submission but what was measured."""
    results = {}
    for outcome in outcomes:
        match outcome:
            case Graded(task, questions):
                results[task.content] = [unmeasured(question) for question in questions]
            case Unreadable(task, reason) | Broken(task, reason):
                results[task.content] = type(outcome).__name__, reason
    return results


def unmeasured(question):
    """Leave out how long calls took and how much memory a process that crashed had."""
    timeless = {name: said for name, said in question.items() if name != "seconds"}
    return json.loads(re.sub(r"[\d.]+ MiB", "MiB", json.dumps(timeless)))


# ---------------------------------------------------------------- one worker, in this process


@pytest.fixture
def post(tmp_path, cache_folder):
    """What a worker keeps of a class whose files are gone."""
    job = job_of(tmp_path / "course", cache_folder)
    parcel = _parcel(job, weak_isolation_allowed=True)
    shutil.rmtree(tmp_path / "course")
    remote.accept(parcel, SimpleNamespace(local_directory=str(tmp_path)))
    yield remote._posts[parcel.key]
    remote.dismiss(parcel.key)


def test_a_worker_needs_no_file_of_the_course_and_dismissed_at_work_it_leaves_nothing(
    post, tmp_path
):
    names = ["a.py", "hw_properties.py", "hw.yaml.py"]  # a student's file replaces none of ours
    texts = [RIGHT, RIGHT + "\nraise SystemExit\n", WRONG_FOR_NINE]
    before = own_zygotes()
    outcomes = [post.grade(order(name, text)) for name, text in zip(names, texts, strict=True)]
    points = [[each["points"] for each in outcome.questions] for outcome in outcomes]
    assert points == [[3, 2], [3, 2], [3, 0]]
    assert "undone" in json.dumps(outcomes[2].questions)
    [zygote] = own_zygotes() - before
    thread = threading.Thread(target=post.grade, args=[order("d.py", HANGS)])
    thread.start()
    wait_until(zygote.children)
    left = [zygote, *zygote.children()]
    remote.dismiss(post._parcel.key)
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert not psutil.wait_procs(left, PATIENCE)[1]
    assert not own_zygotes() - before
    assert post.grade(order("e.py", RIGHT)) is None
    assert not [*tmp_path.iterdir()]


def order(name: str, text: str) -> remote.Order:
    return remote.Order(name, name, text.encode(), ("column", "double"))


def own_zygotes() -> set[psutil.Process]:
    return {process for process in children(os.getpid()) if is_zygote(process)}


def is_zygote(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return any("graders.worker.zygote" in each for each in process.cmdline())
    return False


@pytest.mark.slow
def test_a_worker_that_hears_nothing_more_forgets_the_class(post, tmp_path, monkeypatch):
    monkeypatch.setattr(remote, "IDLE_SECONDS", 0.1)
    before = own_zygotes()
    post.grade(order("a.py", HALF))
    wait_until(lambda: post._parcel.key not in remote._posts)
    wait_until(lambda: not own_zygotes() - before and not [*tmp_path.iterdir()])


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"torch": "2.12.0"}, "has torch 2.12.0, and this machine 2.13.0"),
        ({}, "has torch None, and this machine 2.13.0"),
        (ImportError("No module named 'graders'"), "cannot grade: ImportError: No module"),
    ],
)
def test_a_worker_that_differs_is_named(there, said):
    with pytest.raises(UsageError, match=f"the worker tcp://host:1 {said}"):
        _require_same("tcp://host:1", there, {"torch": "2.13.0"})


def test_what_must_be_the_same_has_names_and_versions():
    facts = remote.facts()
    assert {"Python", "grader", "torch", "numpy", "hypothesis"} <= {*facts}
    _require_same("tcp://host:1", facts, facts)


def test_no_scheduler_and_no_dask_are_one_sentence(tmp_path, cache_folder, monkeypatch):
    job = job_of(tmp_path, cache_folder)
    waiting = tasks(tmp_path, [(".py", RIGHT.encode())])
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "0.2s"}),
        pytest.raises(UsageError, match="no Dask scheduler that can be reached"),
    ):
        [*Cluster(job, "tcp://127.0.0.1:9", 1).run(waiting)]
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="needs Dask"):
        [*Cluster(job, "local", 1).run(waiting)]
    assert [*Cluster(job, "local", 1).run([])] == []  # nothing to do needs no cluster


# ---------------------------------------------------------------- real workers


class Dask:
    """A scheduler and workers, each a process of its own on the loopback interface."""

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir()
        self.folder = folder
        self.file = folder / "scheduler.json"
        names = {f"DASK_DISTRIBUTED__{name}": value for name, value in settings.items()}
        self.environment = os.environ | names | {"PYTHONPATH": str(REPOSITORY)}
        self.workers: list[subprocess.Popen] = []
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")

    def _start(self, program: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
        command += ["--scheduler-file", str(self.file), "--no-dashboard"]
        with (self.folder / f"{program}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )

    @property
    def address(self) -> str:
        """The scheduler's address, as soon as it listens."""
        wait_until(lambda: self.scheduler.poll() is not None or self._read_address())
        return self._read_address()

    def _read_address(self) -> str:
        with contextlib.suppress(OSError, ValueError):  # it is not written in one go
            return json.loads(self.file.read_text(encoding="utf-8"))["address"]
        return ""

    def add_worker(self, *options: str) -> None:
        options = ("--no-nanny", "--nthreads", "1", "--local-directory", str(self.folder), *options)
        self.workers.append(self._start("dask_worker", *options))

    def at_work(self) -> list[subprocess.Popen]:
        """Return the workers whose zygotes have forked."""
        return [each for each in self.workers if each.poll() is None and self._forked(each.pid)]

    def _forked(self, pid: int) -> bool:
        with contextlib.suppress(psutil.Error):
            return any(is_zygote(each) and each.children() for each in children(pid))
        return False

    def zygotes(self) -> list[psutil.Process]:
        pids = [each.pid for each in self.workers if each.poll() is None]
        return [child for pid in pids for child in children(pid) if is_zygote(child)]

    def close(self) -> None:
        """End all processes, workers first: without a scheduler they wait for one."""
        pids = [each.pid for each in [*self.workers, self.scheduler]]
        descendants = [child for pid in pids for child in children(pid, recursive=True)]
        end(self.workers)
        end([self.scheduler])
        left = psutil.wait_procs(descendants, PATIENCE)[1]
        for process in left:
            process.kill()
        assert not left


def end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def children(pid: int, *, recursive: bool = False) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).children(recursive)
    return []


def wait_until(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def machines(tmp_path):
    with contextlib.closing(Dask(tmp_path / "dask", SCHEDULER__ALLOWED_FAILURES="0")) as machines:
        yield machines


@pytest.mark.slow
def test_a_killed_worker_and_a_late_one_change_no_grade(machines, tmp_path, cache_folder):
    job = job_of(tmp_path / "course", cache_folder)
    texts = [*[*submissions()][:13], (".py", WRONG_FOR_NINE.encode())]
    waiting = tasks(tmp_path, texts)
    alone = found(Executor(job, 2).run(waiting))
    for _ in range(2):
        machines.add_worker()
    outcomes, left = [], []
    for outcome in Cluster(job, machines.address, 1).run(waiting):
        outcomes.append(outcome)
        if len(outcomes) == 1:
            shutil.rmtree(tmp_path / "course")
        if len(outcomes) == 4:
            wait_until(machines.at_work)
            killed = machines.at_work()[0]
            left = children(killed.pid, recursive=True)
            machines.add_worker("--name", "late")
            wait_until(lambda: "late" in names_of_workers(machines.address))
            killed.kill()
    assert found(outcomes) == alone
    assert len(outcomes) == len(waiting)
    assert left
    assert not psutil.wait_procs(left, PATIENCE)[1]
    wait_until(lambda: not machines.zygotes())
    machines.add_worker()  # as it starts, Dask removes what killed ones left in this place
    left = str(machines.folder / "**" / "grader-class-*")
    wait_until(lambda: not glob(left, recursive=True))  # folders may go while they are read


def names_of_workers(address: str) -> list[str]:
    with distributed.Client(address, set_as_default=False) as client:
        return [each["name"] for each in client.scheduler_info(n_workers=-1)["workers"].values()]


HOLDS = PROPERTIES.replace("    require", "    while True:\n        time.sleep(1)\n    require")


@pytest.mark.slow
def test_a_submission_that_holds_up_a_worker_forever_is_a_row(machines, tmp_path, cache_folder):
    job = job_of(tmp_path / "course", cache_folder)
    job.assignment.properties_path.write_text(f"import time\n{HOLDS}", encoding="utf-8")
    hurry = tmp_path / "hurry.py"
    hurry.write_text("from graders.gradebook import remote\nremote.TASK_SECONDS = 5\n")
    machines.add_worker("--preload", str(hurry))
    waiting = tasks(tmp_path, [(".py", RIGHT.encode())])
    outcomes = [*Cluster(job, machines.address, 1).run(waiting)]
    assert outcomes == [Broken(waiting[0], "grading took more than 5 seconds")]
    wait_until(lambda: not machines.zygotes())


@pytest.mark.slow
def test_a_submission_whose_workers_are_lost_again_and_again_is_a_row(
    machines, tmp_path, cache_folder
):
    slow = ASSIGNMENT.replace("seconds: 0.3, total seconds: 1", "seconds: 100, total seconds: 100")
    path = write_course(tmp_path / "course", assignment=slow)
    assignment = load_assignment(path)
    job = Job(assignment, Reference.read(assignment.reference_path), cache_folder)
    for _ in range(3):
        machines.add_worker()
    waiting = tasks(tmp_path, [(".py", HANGS.encode())])
    run = Cluster(job, machines.address, 1).run(waiting)
    with Killer(machines, 2):
        [outcome] = run
    assert outcome == Broken(waiting[0], "the workers that graded it were lost")


class Killer:
    """Kills workers as soon as they grade."""

    def __init__(self, machines: Dask, times: int) -> None:
        code = "import sys, test_cluster; test_cluster.kill(*map(int, sys.argv[1:]))"
        pids = [str(each.pid) for each in machines.workers]
        self.command = [sys.executable, "-c", code, str(times), *pids]

    def __enter__(self) -> None:
        paths = os.pathsep.join([str(REPOSITORY), str(Path(__file__).parent)])
        self.process = subprocess.Popen(self.command, env=os.environ | {"PYTHONPATH": paths})

    def __exit__(self, *error: object) -> None:
        if error[0] is not None:
            self.process.kill()
        assert self.process.wait(PATIENCE) == 0 or error[0] is not None


def kill(times: int, *pids: int) -> None:
    for _ in range(times):
        busy: list[int] = []
        wait_until(lambda busy=busy: busy.extend(filter(forked, pids)) or busy)
        os.kill(busy[0], signal.SIGKILL)
        wait_until(lambda pid=busy[0]: not forked(pid))


def forked(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return any(is_zygote(each) and each.children() for each in children(pid))
    return False


@pytest.mark.slow
def test_stopped_by_the_keyboard_it_leaves_workers_with_nothing_to_do(machines, tmp_path):
    course = write_course(tmp_path / "course")
    folder = tmp_path / "class"
    folder.mkdir()
    for number, (suffix, data) in enumerate(submissions()):
        (folder / f"s{number}_{number}_{number}_hw{suffix}").write_bytes(data)
    for _ in range(2):
        machines.add_worker()
    command = [sys.executable, REPOSITORY / "grade.py", "batch", course, folder]
    command += ["-o", tmp_path / "results", "--cluster", machines.address]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    wait_until(machines.at_work)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(120) == 130
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
    wait_until(lambda: not machines.zygotes())


@pytest.mark.slow
def test_certificates_keep_strangers_out(tmp_path, cache_folder):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=grading"]
    made = [*make, "-days", "2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    settings = {"COMM__REQUIRE_ENCRYPTION": "true", "COMM__TLS__CA_FILE": str(certificate)}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings[f"COMM__TLS__{role}__CERT"] = str(certificate)
        settings[f"COMM__TLS__{role}__KEY"] = str(key)
    with contextlib.closing(Dask(tmp_path / "dask", **settings)) as cluster:
        cluster.add_worker()
        job = job_of(tmp_path / "course", cache_folder)
        waiting = tasks(tmp_path, [(".py", RIGHT.encode()), (".py", WRONG.encode())])
        assert cluster.address.startswith("tls://")
        with pytest.raises(UsageError, match="can be reached"):
            [*Cluster(job, cluster.address, 1).run(waiting)]
        own = {
            f"distributed.{k.lower().replace('__', '.').replace('_', '-')}": v
            for k, v in settings.items()
        }
        with dask.config.set(own):
            outcomes = [*Cluster(job, cluster.address, 1).run(waiting)]
    points = {o.task.content: [q["points"] for q in o.questions] for o in outcomes}
    assert points == {"0": [3, 2], "1": [0, 2]}
