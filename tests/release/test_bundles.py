"""What platforms get: workflows, and bundles that are run as the platform runs them."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from contextlib import nullcontext
from pathlib import Path

import pytest
import yaml

from graders.cli import main
from graders.release import scripts
from graders.worker import sources

YAML = """\
title: Vectors
reference: answers.py
questions:
  total: {points: 3, arguments: {x: {tensor: [n]}}, cases: 10}
  hidden_one: {points: 2, arguments: {x: {tensor: [n]}}, cases: 10, visibility: hidden}
"""
REFERENCE = """\
def total(x):
    return x.clone().sum()


def hidden_one(x):
    return x.flip(0).cumsum(dim=0)
"""
RIGHT = "def total(x): return x.sum()\ndef hidden_one(x): return x.flip(0).cumsum(0)\n"
PEEK = """\
import os
seen = [os.getuid()]
for name in ("", "source", "source/reference", "submission", "results"):
    try:
        seen += os.listdir(os.path.join(BASE, name))
    except OSError:
        pass
for name in ("source/reference/hw7.py", "source/assignments/hw7.yaml", "results/results.json"):
    try:
        seen.append(open(os.path.join(BASE, name)).read())
    except OSError:
        pass
def total(x):
    raise ValueError(f"SEEN {seen}")
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    (folder / "hw7.yaml").write_text(YAML)
    (folder / "answers.py").write_text(REFERENCE)
    return folder


@pytest.fixture(scope="module")
def release(course, workers):
    """Release the assignment in this process."""

    def release(*arguments):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sources, "worker_source", lambda: nullcontext(workers))
            return main(["release", str(course / "hw7.yaml"), *map(str, arguments), "--lang", "en"])

    return release


def started(*command, cwd, **environment):
    """Run a command with the Python of this test first on its path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": path, "HOME": str(cwd), **environment},
    )


# ---------------------------------------------------------------- workflows


@pytest.mark.parametrize("script", [scripts.GRADE_WORKFLOW, scripts.CLASSROOM_WORKFLOW])
def test_workflows_are_yaml_with_steps_that_shells_understand(script, tmp_path):
    workflow = yaml.safe_load(scripts.filled(script, "hw7", "en"))
    assert "push" in workflow[True]  # YAML 1.1 reads the key `on` as a truth value
    [job] = workflow["jobs"].values()
    assert job["timeout-minutes"] <= 15
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            assert started("bash", "-n", "-c", step["run"], cwd=tmp_path).returncode == 0
            assert "NAME" not in step["run"]


def step_of(script, name):
    [job] = yaml.safe_load(scripts.filled(script, "hw7", "en"))["jobs"].values()
    return next(step["run"] for step in job["steps"] if step.get("name") == name)


@pytest.mark.slow
def test_the_workflow_grades_and_annotates_and_keeps_its_results(release, tmp_path):
    target = tmp_path / "students"
    assert release("-o", target) == 0
    (target / "hw7.py").write_text("def total(x): return x.mean()\n")
    step = step_of(scripts.GRADE_WORKFLOW, "Grade")
    ran = started("bash", "-e", "-c", step, cwd=target, GITHUB_STEP_SUMMARY=str(tmp_path / "sum"))
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "::error file=hw7.py,line=1," in ran.stdout
    assert "public checks: 0 of 3 points" in (tmp_path / "sum").read_text()
    assert json.loads((target / "result.json").read_text())["public_checks_only"] is True
    assert "<html" in (target / "report.html").read_text()
    step = step_of(scripts.CLASSROOM_WORKFLOW, "Grade")
    ran = started("bash", "-e", "-c", step, cwd=target, GITHUB_OUTPUT=str(tmp_path / "out"))
    assert ran.returncode == 0
    assert re.fullmatch(r"result=[A-Za-z0-9+/=]+\n", (tmp_path / "out").read_text())


def test_classroom_gets_its_own_workflow(release, tmp_path):
    assert release("--classroom", "-o", tmp_path / "students") == 0
    folder = tmp_path / "students" / ".github" / "workflows"
    assert [path.name for path in folder.iterdir()] == ["classroom.yml"]


# ---------------------------------------------------------------- Gradescope


@pytest.fixture(scope="module")
def gradescope(release, tmp_path_factory):
    """The folder `/autograder` as the platform lays it out, without a submission."""
    base = tmp_path_factory.mktemp("autograder")
    archive = base.with_name("autograder.zip")
    assert release("--gradescope", "--seed", "13579135", "-o", archive) == 0
    with zipfile.ZipFile(archive) as bundle:
        modes = {entry.filename: entry.external_attr >> 16 for entry in bundle.infolist()}
        bundle.extractall(base / "source")
    assert {"setup.sh", "run_autograder", "requirements.txt"} <= modes.keys()
    assert modes["run_autograder"] & stat.S_IXUSR
    assert modes["setup.sh"] & stat.S_IXUSR
    shutil.copy(base / "source" / "run_autograder", base / "run_autograder")
    (base / "submission").mkdir()
    for path in (base, *base.parents[:2]):
        path.chmod(0o755)  # as on the platform: what is below keeps others out
    return base


def graded(base, text):
    """Run the autograder on a submission; return what it wrote."""
    (base / "submission" / "hw7.py").write_text(text)
    shutil.rmtree(base / "results", ignore_errors=True)
    ran = started("bash", base / "run_autograder", cwd=base)
    assert ran.returncode == 0
    return json.loads((base / "results" / "results.json").read_text()), ran


def test_gradescope_gets_points_and_says_nothing_of_what_is_hidden(gradescope):
    result, ran = graded(gradescope, RIGHT)
    assert ran.stderr == ""
    assert [test["score"] for test in result["tests"]] == [3, 2]
    result, _ = graded(gradescope, RIGHT.replace("x.sum()", "x.mean()").replace("x.flip", "x.neg"))
    public, hidden = result["tests"]
    assert (public["score"], hidden["score"]) == (0, 0)
    assert "returns wrong values" in public["output"]
    assert hidden["visibility"] == "hidden"
    assert "13579135" not in json.dumps(result)


def test_student_code_on_gradescope_can_read_nothing_of_it(gradescope):
    result, _ = graded(gradescope, f"BASE = {str(gradescope)!r}\n{PEEK}")
    assert re.search(r"SEEN \\?\[\d+\\?\]", result["tests"][0]["output"])
    assert (gradescope / "source").stat().st_mode & 0o077 == 0


def test_an_upload_without_the_file_is_told_so(gradescope):
    shutil.rmtree(gradescope / "submission")
    (gradescope / "submission").mkdir()
    (gradescope / "submission" / "other.txt").write_text("")
    shutil.rmtree(gradescope / "results", ignore_errors=True)
    assert started("bash", gradescope / "run_autograder", cwd=gradescope).returncode == 0
    result = json.loads((gradescope / "results" / "results.json").read_text())
    assert "There is no .py or .ipynb file in it." in result["output"]
    assert [test["visibility"] for test in result["tests"]] == ["visible", "hidden"]


def test_a_bundle_is_not_replaced(release, tmp_path, capsys):
    (tmp_path / "autograder.zip").write_text("mine")
    assert release("--gradescope", "-o", tmp_path / "autograder.zip") == 2
    assert "exists, and is left as it is" in capsys.readouterr().err
    assert (tmp_path / "autograder.zip").read_text() == "mine"


# ---------------------------------------------------------------- PrairieLearn, Classroom 50


@pytest.mark.slow
def test_prairielearn_gets_its_result(release, tmp_path):
    image, grade = tmp_path / "image", tmp_path / "grade"
    assert release("--prairielearn", "-o", image) == 0
    json.loads((image / "info.json").read_text())
    (grade / "student").mkdir(parents=True)
    (grade / "student" / "hw7.py").write_text(RIGHT)
    ran = started("bash", image / "run.sh", cwd=tmp_path, GRADE=str(grade))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads((grade / "results" / "results.json").read_text())["score"] == 1


@pytest.mark.slow
def test_classroom_50_gets_its_result_and_publishes_no_answers(release, tmp_path):
    bundle, checkout = tmp_path / "autograders", tmp_path / "checkout"
    assert release("--classroom50", "-o", bundle) == 0
    for path in bundle.rglob("*"):
        if path.is_file() and path.relative_to(bundle).parts[0] != "graders":
            assert b"hidden_one" not in path.read_bytes()
            assert b"x.clone().sum()" not in path.read_bytes()
    assert sum(path.stat().st_size for path in bundle.rglob("*.*") if path.is_file()) < 10 << 20
    checkout.mkdir()
    (checkout / "hw7.py").write_text(RIGHT)
    (checkout / "json.py").write_text("raise SystemExit('code of the checkout')")
    told = {"CLASSROOM": "dl", "ASSIGNMENT": "hw7", "SUBMISSION_TAG": "submit/1"}
    ran = started(sys.executable, bundle / "autograder.py", cwd=checkout, **told)
    assert (ran.returncode, ran.stderr) == (0, "")
    result = json.loads((checkout / "result.json").read_text())
    assert (result["score"], result["max-score"]) == (3, 3)
    assert "public checks passed" in (checkout / "release-body.md").read_text()


@pytest.mark.parametrize("platform", [[], ["--classroom50"], ["--classroom"]])
def test_a_secret_seed_goes_to_no_students(release, tmp_path, capsys, platform):
    assert release(*platform, "--seed", "5", "-o", tmp_path / "out") == 2
    assert "a secret seed cannot go to where students can read it" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
