"""Reports as the command writes them: real grading, real files."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from graders.cli import main
from graders.worker import sources

ROOT = Path(__file__).parents[2]
SAMPLE = str(ROOT / "examples" / "hw2.py")
FORMS = "json markdown junit classroom classroom50 gradescope prairielearn autolab".split()


@pytest.fixture
def command(workers, monkeypatch, capsys):
    monkeypatch.setattr(sources, "worker_source", lambda: nullcontext(workers))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def command(*arguments):
        return main([*map(str, arguments)]), *capsys.readouterr()

    return command


def test_one_run_writes_every_format(command, tmp_path, monkeypatch):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    also = [part for form in FORMS for part in ("--also", form, tmp_path / form)]
    names = ["-q", "corner", "-q", "add_batch_dim"]
    status, out, err = command("hw2", SAMPLE, *names, "--format", "github", *also, "--leaderboard")
    assert (status, err) == (1, "")
    assert "::error file=examples/hw2.py,line=24,title=q4 add_batch_dim%3A 0 of 3 points::" in out
    assert summary.read_text().startswith("before\n# hw2 Reshape\n\n**4 of 7 points**\n")
    written = {form: (tmp_path / form).read_text() for form in FORMS}
    assert json.loads(base64.b64decode(written["classroom"]))["max_score"] == 7
    scopes = json.loads(written["gradescope"])
    assert (scopes["score"], scopes["leaderboard"][0]["value"]) == (4, 4)
    assert json.loads(written["autolab"].splitlines()[-1])["scores"]["corner"] == 4
    assert not [*tmp_path.glob(".new-*")]
    assert (tmp_path / "json").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("given", ["missing.py", "empty.py", None])
def test_platforms_are_told_why_nothing_was_graded(command, tmp_path, monkeypatch, given):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.py").touch()
    arguments = [given] if given else []
    status, out, err = command("hw2", *arguments, "--format", "gradescope", "-o", "results.json")
    assert (status, out) == (2, "")
    results = json.loads((tmp_path / "results.json").read_text())
    assert results["score"] == 0
    assert len(results["tests"]) == 14
    reason = {"missing.py": "does not exist", "empty.py": "nothing to grade", None: "neither hw2"}
    assert reason[given] in results["output"].replace("\\", "")
    assert reason[given] in err


def test_a_folder_means_the_submission_in_it(command, tmp_path):
    folder = tmp_path / "submitted" / "a-student" / "hw2"  # as nbgrader has it
    folder.mkdir(parents=True)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cell["source"] = (ROOT / "reference" / "hw2.py").read_text()
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (folder / "hw2.ipynb").write_text(json.dumps(notebook))
    (folder / "timestamp.txt").write_text("2026-02-02 14:58:23 UTC")
    status, out, _ = command("hw2", folder, "-q", "corner")
    assert status == 0
    assert "4 of 4 points" in out


def test_a_report_may_go_to_what_is_no_file(command):
    status, out, _ = command("hw2", SAMPLE, "-q", "corner", "--format", "json", "-o", "/dev/null")
    assert (status, out) == (0, "")
    assert not Path("/dev/null").is_file()


@pytest.mark.slow
def test_gradescope_has_results_when_the_grader_is_killed(tmp_path):
    slow = "import time\ndef corner(x, rows, columns):\n    return x[:rows, :columns]\n"
    slow += "def column(x, j):\n    time.sleep(60)\n"
    (tmp_path / "hw2.py").write_text(slow)
    results = tmp_path / "results.json"
    command = [sys.executable, ROOT / "grade.py", "hw2", "hw2.py", "-q", "corner", "-q", "column"]
    command += ["--format", "gradescope", "-o", results]
    process = subprocess.Popen(command, cwd=tmp_path)
    seen = []
    while process.poll() is None and len(seen) < 2:
        time.sleep(0.01)
        if results.exists():
            found = json.loads(results.read_text())
            if found not in seen:
                seen.append(found)
    process.send_signal(signal.SIGKILL)
    process.wait()
    first, second = seen
    assert (first["score"], first.get("tests")) == (0, None)
    assert [(test["name"], test["score"]) for test in second["tests"]] == [
        ("corner", 4),
        ("column", 0),
    ]
