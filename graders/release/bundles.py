"""Writes bundles for platforms: with the reference where staff alone can read, else without."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final

from graders.errors import UsageError
from graders.release import scripts
from graders.release.public import assignment_yaml
from graders.release.repository import Banks, move_into, write, write_assignment, write_grader
from graders.said import said
from graders.spec import Assignment
from graders.spec.document import read_document

EXECUTABLE: Final = ("run_autograder", "setup.sh", "run.sh")
ALWAYS: Final = (2026, 1, 1, 0, 0, 0)  # the same bundle has the same bytes


def write_gradescope(assignment: Assignment, language: str, target: Path) -> None:
    """Write the zip file of an autograder, which has the reference and the seed."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        _write_course(assignment, made)
        for name, script in (
            ("setup.sh", scripts.GRADESCOPE_SETUP),
            ("run_autograder", scripts.GRADESCOPE_RUN),
        ):
            write(made / name, scripts.filled(script, assignment.name, language))
        _zip(made, target)


def write_prairielearn(assignment: Assignment, language: str, target: Path) -> None:
    """Write the folder of an image, which has the reference and the seed."""
    with move_into(target) as made:
        _write_course(assignment, made)
        for name, script in (
            ("Dockerfile", scripts.PRAIRIELEARN_DOCKERFILE),
            ("run.sh", scripts.PRAIRIELEARN_RUN),
            ("info.json", scripts.PRAIRIELEARN_INFO),
        ):
            write(made / name, scripts.filled(script, assignment.name, language))
        (made / "run.sh").chmod(0o755)


def write_classroom50(assignment: Assignment, banks: Banks, language: str, target: Path) -> None:
    """Write the folder `autograders/<assignment>`; it is published, so it has sealed cases only."""
    with move_into(target) as made:
        write_assignment(assignment, banks, made)
        write_grader(made)
        script = scripts.filled(scripts.CLASSROOM50_AUTOGRADER, assignment.name, language)
        write(made / "autograder.py", script)


def _write_course(assignment: Assignment, made: Path) -> None:
    """Write the grader and the whole assignment with its seed, as the usual folders."""
    name = assignment.name
    data: Any = read_document(assignment.path).data
    data = {key: value for key, value in data.items() if key != "reference"}
    text = assignment_yaml({**data, "seed": assignment.seed}, assignment)
    write(made / "assignments" / f"{name}.yaml", text)
    (made / "reference").mkdir()
    shutil.copy(assignment.reference_path, made / "reference" / f"{name}.py")
    if assignment.properties_path.is_file():
        shutil.copy(assignment.properties_path, made / "assignments")
    write_grader(made)


def _zip(folder: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), ALWAYS)
                mode = 0o755 if path.name in EXECUTABLE else 0o644
                entry.external_attr = (0o100000 | mode) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    except FileExistsError:
        raise UsageError(said("{file} exists, and is left as it is", file=target)) from None
    except OSError as error:
        raise UsageError(
            said("{file} cannot be written: {reason}", file=target, reason=error.strerror)
        ) from error
