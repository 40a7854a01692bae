"""The files by which platforms install and start the grader; `{name}` stands for the assignment."""

from __future__ import annotations

from typing import Final

_SETUP: Final = """\
name: Grade
on: [push, workflow_dispatch]
permissions: {contents: read}
jobs:
  grade:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - uses: actions/cache@v4
        with:
          path: ~/.cache/uv
          key: uv-${{ runner.os }}-${{ hashFiles('requirements.txt') }}
      - name: Install
        run: |
          python -m pip install uv
          python -m uv pip install --system --torch-backend cpu -r requirements.txt
"""

GRADE_WORKFLOW: Final = (
    _SETUP
    + """\
      - name: Grade
        run: >-
          python grade.py NAME --lang LANG --format github
          --also json result.json --also html report.html
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: report
          path: |
            result.json
            report.html
          if-no-files-found: ignore
"""
)

CLASSROOM_WORKFLOW: Final = (
    _SETUP.replace("name: Grade\n", "name: Autograding Tests\n")
    .replace("workflow_dispatch", "workflow_dispatch, repository_dispatch")
    .replace("{contents: read}", "{checks: write, actions: read, contents: read}")
    .replace("    runs-on:", "    if: github.actor != 'github-classroom[bot]'\n    runs-on:")
    + """\
      - name: Grade
        id: grade
        run: |
          python grade.py NAME --lang LANG \\
            --format github --also classroom result.txt || test $? -le 2
          echo "result=$(cat result.txt)" >> "$GITHUB_OUTPUT"
      - name: Report
        uses: classroom-resources/autograding-grading-reporter@v1
        env:
          GRADE_RESULTS: ${{ steps.grade.outputs.result }}
        with:
          runners: grade
"""
)

GRADESCOPE_SETUP: Final = """\
#!/usr/bin/env bash
# Runs once, as root, when the image is built.
set -e
umask 022
apt-get update -y
apt-get install -y python3 python3-pip python3-venv
python3 -m venv /opt/grader
/opt/grader/bin/python -m pip install --no-cache-dir uv
/opt/grader/bin/python -m uv pip install --python /opt/grader/bin/python --no-cache \\
    --torch-backend cpu -r /autograder/source/requirements.txt
chmod -R go-rwx /autograder/source
# Makes the cases, and fails here rather than with a student's file if anything is missing.
cd /autograder/source
GRADER_CACHE=/autograder/source/cache OMP_NUM_THREADS=1 \\
    /opt/grader/bin/python grade.py assignments/NAME.yaml reference/NAME.py
"""

GRADESCOPE_RUN: Final = """\
#!/usr/bin/env bash
# Runs as root for every submission; student code becomes another user, who can read none of this.
set -u
base="$(cd "$(dirname "$0")" && pwd)"
python=/opt/grader/bin/python
test -x "$python" || python=python3
mkdir -p "$base/results"
chmod -R go-rwx "$base/source" "$base/submission" "$base/results"
export GRADER_CACHE="$base/source/cache" OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 PYTHONUTF8=1
cd "$base/source"
"$python" grade.py assignments/NAME.yaml "$base/submission" --lang LANG \\
    --format gradescope -o "$base/results/results.json"
exit 0
"""

PRAIRIELEARN_DOCKERFILE: Final = """\
FROM python:3.12-slim
COPY . /grader
RUN pip install --no-cache-dir uv \\
    && uv pip install --system --no-cache --torch-backend cpu -r /grader/requirements.txt \\
    && chmod -R go-rwx /grader \\
    && cd /grader \\
    && GRADER_CACHE=/grader/cache python grade.py assignments/NAME.yaml reference/NAME.py
"""

PRAIRIELEARN_RUN: Final = """\
#!/usr/bin/env bash
# The entrypoint: grades /grade/student and writes /grade/results/results.json.
set -u
base="$(cd "$(dirname "$0")" && pwd)"
grade="${GRADE:-/grade}"
mkdir -p "$grade/results"
chmod -R go-rwx "$grade"
export GRADER_CACHE="$base/cache" OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 PYTHONUTF8=1
cd "$base"
python3 grade.py assignments/NAME.yaml "$grade/student" --lang LANG \\
    --format prairielearn -o "$grade/results/results.json"
exit 0
"""

PRAIRIELEARN_INFO: Final = """\
{
  "gradingMethod": "External",
  "externalGradingOptions": {
    "enabled": true,
    "image": "me/NAME-grader",
    "entrypoint": "/grader/run.sh",
    "timeout": 300,
    "enableNetworking": false
  }
}
"""

CLASSROOM50_AUTOGRADER: Final = '''\
"""Grades a checkout for Classroom 50, which runs this in the checkout and reads result.json."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULT = Path("result.json")


def install() -> None:
    """Install what the grader needs, unless the image has it; not in the student's folder."""
    if find_spec("torch") is None:
        python = [sys.executable, "-m"]
        subprocess.run([*python, "pip", "install", "--quiet", "uv"], cwd=HERE, check=True)
        where = ["--python", sys.executable, "--break-system-packages", "--torch-backend", "cpu"]
        command = [*python, "uv", "pip", "install", "--quiet", *where, "-r", "requirements.txt"]
        subprocess.run(command, cwd=HERE, check=True)


def grade() -> int:
    """Grade; return 0 whenever there is a result."""
    RESULT.unlink(missing_ok=True)
    assignment = str(HERE / "assignments" / "NAME.yaml")
    command = [sys.executable, str(HERE / "grade.py"), assignment, ".", "--lang", "LANG"]
    command += ["--format", "classroom50", "-o", str(RESULT)]
    status = subprocess.run([*command, "--also", "markdown", "release-body.md"]).returncode
    return 0 if RESULT.is_file() else status or 3


if __name__ == "__main__":
    sys.path[:] = [path for path in sys.path if path not in ("", str(Path.cwd()))]
    install()
    sys.exit(grade())
'''


def filled(script: str, name: str, language: str) -> str:
    """Return a script for one assignment."""
    return script.replace("NAME", name).replace("LANG", language)
