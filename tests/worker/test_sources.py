"""Where workers come from: what ends with what, and what is left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graders.errors import Fault
from graders.worker import confine
from graders.worker.client import (
    Block,
    Died,
    Limits,
    Loaded,
    Overfilled,
    TimedOut,
    encode_cases,
)
from graders.worker.sources import SCRATCH_PREFIX, Interpreters, ScratchFolders, Zygote

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a zygote")

REPOSITORY = Path(__file__).parents[2]
LIMITS = Limits(seconds=1, total_seconds=10, memory=256 << 20)
PATIENCE = 20  # seconds, for a busy machine


def load(source, text, limits=LIMITS):
    worker = source.open(limits)
    assert isinstance(worker.load("hw", [Block("hw.py", text)], notebook=False), Loaded)
    return worker


def call(worker, limits=LIMITS):
    return worker.run("f", encode_cases([[]]), limits=limits)


def answer(worker):
    run = call(worker)
    worker.close()
    return run.answers[0].record["value"]


def wait_for(condition):
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


@pytest.fixture(scope="module")
def zygote():
    with Zygote() as zygote:
        yield zygote


def server_of(zygote):
    return psutil.Process(zygote._server._process.pid)


# ---------------------------------------------------------------- many workers


@pytest.mark.parametrize("count", [30, pytest.param(1000, marks=pytest.mark.slow)])
def test_workers_leave_nothing_behind(zygote, count):
    load(zygote, "def f(): return 1").close()
    ourselves, server = psutil.Process(), server_of(zygote)

    def held():
        children = len(server.children())
        return ourselves.num_fds(), ourselves.num_threads(), server.num_fds(), children

    before, memory = held(), server.memory_info().rss
    for _ in range(count):
        load(zygote, "def f(): return 1").close()
    # a thread of the first one may still have been ending before
    assert all(now <= then for now, then in zip(held(), before, strict=True))
    assert server.memory_info().rss - memory < 4 << 20
    assert [path.name for path in zygote._scratch.folder.iterdir()] == ["lock"]


def test_a_worker_that_kills_itself_becomes_no_zombie(zygote):
    worker = load(zygote, "import ctypes\ndef f(): ctypes.string_at(0)")
    assert isinstance(call(worker).ending, Died)
    assert server_of(zygote).children() == []


# ---------------------------------------------------------------- a zygote that ends


def test_a_zygote_that_was_killed_is_replaced(zygote):
    worker = load(zygote, "def f(): return 1")
    server_of(zygote).kill()
    select.select([worker._process.pidfd], [], [])  # its worker ends with it
    assert call(worker).ending == Died("SIGKILL", None)
    assert answer(load(zygote, "def f(): return 2")) == ["int", 2]


def test_an_interrupted_fork_is_not_answered_later(zygote, monkeypatch):
    load(zygote, "def f(): return 1").close()
    server = zygote._server

    def interrupt(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(server, "_receive", interrupt)
        with pytest.raises(KeyboardInterrupt):
            zygote.open(LIMITS)
    assert answer(load(zygote, "def f(): return 3")) == ["int", 3]
    assert zygote._server is not server


def test_a_zygote_that_cannot_start_is_a_fault_and_tried_once(monkeypatch):
    monkeypatch.setattr("graders.worker.sources._command", lambda _: [sys.executable, "-c", "1/0"])
    with Zygote() as zygote, pytest.raises(Fault, match="ZeroDivisionError"):
        zygote.open(LIMITS)


# ---------------------------------------------------------------- a grader that ends

GRADER = f"""
import sys, time
sys.path.insert(0, {str(REPOSITORY)!r})
from graders.worker.client import Block, Limits, encode_cases
from graders.worker.sources import Zygote
with Zygote() as zygote:
    worker = zygote.open(Limits(seconds=100, total_seconds=100))
    worker.load("hw", [Block("hw.py", "def f():\\n    open('kept', 'w')\\n    while True: pass")],
        notebook=False)
    print(zygote._scratch.folder, flush=True)
    worker.run("f", encode_cases([[]]))
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    tmp_path.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGKILL,
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
    ],
)
def test_nothing_outlives_a_grader_that_is_ended_from_outside(temporary, number):
    with subprocess.Popen(
        [sys.executable, "-c", GRADER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env=os.environ | {"TMPDIR": str(temporary)},
    ) as grader:
        assert grader.stdout is not None
        folder = Path(grader.stdout.readline().strip())
        wait_for(lambda: list(folder.glob("*/kept")))
        processes = psutil.Process(grader.pid).children(recursive=True)
        assert len(processes) == 2
        os.killpg(grader.pid, number)  # as a terminal does
    _, alive = psutil.wait_procs(processes, PATIENCE)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    if number != signal.SIGINT:
        assert folder.exists()
    with ScratchFolders():
        assert not folder.exists()


# ---------------------------------------------------------------- scratch folders


def test_a_folder_in_use_is_left_alone(temporary):
    with ScratchFolders() as used:
        inner = used.make()
        with ScratchFolders():
            assert inner.is_dir()
        assert inner.is_dir()
    assert list(temporary.iterdir()) == []


def test_what_only_looks_like_a_leftover_is_left_alone(temporary):
    (temporary / f"{SCRATCH_PREFIX}file").touch()
    (temporary / f"{SCRATCH_PREFIX}unlocked").mkdir()
    (temporary / "other").mkdir()
    (temporary / "other" / "lock").touch()
    (temporary / f"{SCRATCH_PREFIX}link").symlink_to(temporary / "other")
    before = sorted(temporary.rglob("*"))
    ScratchFolders().close()
    assert sorted(temporary.rglob("*")) == before


def test_a_deep_leftover_is_removed(temporary):
    leftover = temporary / f"{SCRATCH_PREFIX}left"
    (leftover / "worker" / "deep" / "deeper").mkdir(parents=True)
    (leftover / "worker" / "deep").chmod(0)
    (leftover / "lock").touch()
    ScratchFolders().close()
    assert list(temporary.iterdir()) == []


# ---------------------------------------------------------------- limits

THREADS = """
import threading, time
def f():
    for _ in range({count}):
        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
    while time.process_time() < 9: pass
"""


def test_threads_are_had_only_where_the_limit_says_so(zygote):
    worker = load(zygote, THREADS.format(count=1))
    assert call(worker).answers[0].record["error"][0][0] == "RuntimeError"
    worker.close()
    some = Limits(seconds=0.3, total_seconds=10, threads=4)
    worker = load(zygote, THREADS.format(count=3), some)
    assert type(call(worker, some).ending).__name__ == "TimedOut"
    worker = load(zygote, THREADS.format(count=9), some)
    assert call(worker, some).ending == Overfilled("threads", 4, 10)


def test_the_memory_of_the_grader_is_bounded_by_the_limit_on_results(zygote):
    small = Limits(result=1 << 20)
    worker = load(zygote, "import torch\ndef f(): return torch.zeros(200_000)", small)
    run = worker.run("f", encode_cases([[]] * 50), limits=small)
    assert run.ending == Overfilled("results", 2 << 20, 0)
    assert 2 <= len(run.answers) <= 4


@pytest.mark.parametrize(
    ("body", "limits", "waited"),
    [
        ("time.sleep(9)", Limits(seconds=5, wall_seconds=0.3), True),
        ("time.sleep(1.5)", Limits(seconds=0.3, wall_seconds=9), None),
    ],
)
def test_wall_seconds_replace_the_patience_with_a_busy_machine(zygote, body, limits, waited):
    worker = load(zygote, f"import time\ndef f(): {body}", limits)
    ending = call(worker, limits).ending
    worker.close()
    assert getattr(ending, "waited", None) is waited


# ---------------------------------------------------------------- fresh interpreters


@pytest.fixture(scope="module")
def interpreters():
    with Interpreters() as interpreters:
        yield interpreters


def test_a_process_that_holds_the_pipes_open_does_not_stop_the_grader(interpreters):
    text = "import os, time\ndef f():\n    os.fork() or time.sleep(30)\n    os._exit(3)"
    worker = load(interpreters, text)
    started = time.monotonic()
    ending = call(worker).ending
    assert isinstance(ending, TimedOut)
    late = replace(ending, seconds=1)  # on a busy machine it takes longer
    assert late == TimedOut(1, waited=True)
    assert time.monotonic() - started < PATIENCE


def test_memory_is_watched_where_the_system_does_not_limit_it(interpreters):
    text = "import time\ndef f():\n    x = bytearray(400 << 20)\n    time.sleep(9)"
    worker = load(interpreters, text)
    ending = call(worker).ending
    assert isinstance(ending, Overfilled)
    assert ending.what == "memory"
    assert ending.reached > 256 << 20


def test_an_interpreter_works_in_a_folder_of_its_own_and_takes_it_with_it(interpreters):
    worker = load(interpreters, "import os\ndef f(): open('x', 'w'); return os.getcwd()")
    _, folder = answer(worker)
    assert Path(folder).name.startswith(SCRATCH_PREFIX)
    assert not Path(folder).exists()


@pytest.mark.slow
def test_an_interpreter_ends_with_its_grader():
    code = GRADER.replace("import Zygote", "import Interpreters as Zygote")
    code = code.replace("zygote._scratch.folder", "worker._process.pid")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as grader:
        assert grader.stdout is not None
        worker = psutil.Process(int(grader.stdout.readline()))
        grader.kill()
    wait_for(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_confine_is_quiet_where_there_is_nothing_to_confine_with():
    code = f"""
import sys
sys.path.insert(0, {str(REPOSITORY)!r})
from graders.worker import child
sys.platform = "darwin"
child.serve = lambda *_: print(__import__("os").getcwd(), file=sys.stderr)
child.main()
"""
    scratch = tempfile.mkdtemp()
    limits = '{"cpu_seconds": 60, "memory_bytes": 1048576, "file_bytes": 1048576, "threads": false}'
    settings = f'{{"limits": {limits}, "scratch": "{scratch}"}}'
    done = subprocess.run(
        [sys.executable, "-c", code, settings], stderr=subprocess.PIPE, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == scratch
    confine.remove_folder(Path(scratch))
