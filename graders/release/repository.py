"""Writes a student repository: starters, the grader, and sealed cases in place of the reference."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from graders.cases.bank import Bank
from graders.cases.sealed import sealed_bank
from graders.errors import UsageError
from graders.feedback.language import Words
from graders.release import scripts
from graders.release.public import public_properties, public_questions, public_yaml
from graders.release.readme import readme
from graders.said import said
from graders.spec import Assignment, load_assignment
from graders.starter import starter_script
from graders.starter_notebook import starter_notebook

PACKAGE: Final = Path(__file__).parents[1]
ROOT: Final = PACKAGE.parent
REQUIREMENTS: Final = (
    "click>=8.1",
    "hypothesis>=6.130",
    "Jinja2>=3.1",
    "landlockpy==0.2.0; sys_platform == 'linux'",
    "MarkupSafe>=2.1",
    "nbformat>=5.10",
    "numpy>=1.26",
    "platformdirs>=4",
    "psutil>=6",
    "pydantic>=2.9",
    "PyYAML>=6",
    "rich>=13.9",
    "safetensors>=0.4",
    "seccompy==0.2.0; sys_platform == 'linux'",
    "watchfiles>=1.0",
)
IGNORED: Final = (".venv/", "__pycache__/", ".ipynb_checkpoints/", "result.json", "report.html")

Banks = Callable[[str], Bank]
"""Gives the bank of each public question."""


def write_repository(
    assignment: Assignment, banks: Banks, words: Words, target: Path, *, classroom: bool = False
) -> None:
    """Write everything that students get, with the workflow of GitHub, or of its Classroom."""
    with move_into(target) as made:
        write_assignment(assignment, banks, made)
        _write_starters(load_assignment(_yaml(assignment, made)), words, made)
        write_grader(made)
        write(made / ".gitignore", "\n".join(IGNORED) + "\n")
        write(made / ".gitattributes", "*.safetensors binary\n")
        name, script = ("grade.yml", scripts.GRADE_WORKFLOW)
        if classroom:
            name, script = ("classroom.yml", scripts.CLASSROOM_WORKFLOW)
        workflow = scripts.filled(script, assignment.name, words.language)
        write(made / ".github" / "workflows" / name, workflow)


@contextmanager
def move_into(target: Path) -> Iterator[Path]:
    """Give a folder whose contents become those of one that is not there yet, or empty."""
    require_empty(target)
    parent = target.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=".release-") as scratch:
        yield Path(scratch)
        target.mkdir(exist_ok=True)
        for path in Path(scratch).iterdir():
            shutil.move(path, target / path.name)


def require_empty(target: Path) -> None:
    """Refuse a folder in which there is anything but a repository without files."""
    if target.exists() and not target.is_dir():
        raise UsageError(said("{file} exists, and is left as it is", file=target))
    if target.is_dir() and any(path.name != ".git" for path in target.iterdir()):
        raise UsageError(
            said("{file} is not empty, and is left as it is", file=target),
            hint=said("`--output` names a new folder"),
        )


def write(path: Path, text: str) -> None:
    """Write a text with the line ends of Unix, making folders as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _yaml(assignment: Assignment, made: Path) -> Path:
    return made / "assignments" / f"{assignment.name}.yaml"


def write_assignment(assignment: Assignment, banks: Banks, made: Path) -> None:
    """Write the public part of an assignment, and its sealed cases."""
    name = assignment.name
    write(
        made / "assignments" / f"{name}.yaml", public_yaml(assignment, sealed=f"../sealed/{name}")
    )
    properties = public_properties(assignment)
    if properties is not None:
        write(made / "assignments" / f"{name}_properties.py", properties)
    folder = made / "sealed" / name
    folder.mkdir(parents=True)
    for question in public_questions(assignment):
        (folder / f"{question}.safetensors").write_bytes(sealed_bank(banks(question)))


def _write_starters(public: Assignment, words: Words, made: Path) -> None:
    name = public.name
    command = f"python grade.py {name}"
    write(made / f"{name}.py", starter_script(public, words, command))
    write(made / f"{name}.ipynb", starter_notebook(public, words, command))
    write(made / "README.md", readme(public, words))


def write_grader(made: Path) -> None:
    """Write the grader, and what it needs."""
    shutil.copytree(PACKAGE, made / "graders", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "grade.py", made / "grade.py")
    shutil.copy(ROOT / "LICENSE", made / "graders" / "LICENSE")
    torch = f"torch=={version('torch').partition('+')[0]}"  # what the cases were made with
    write(made / "requirements.txt", "\n".join([torch, *REQUIREMENTS]) + "\n")
