"""`python grade.py audit hw2`: how strong an assignment's checks are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from graders.audit.audit import Audit, Auditor
from graders.audit.known import Known, read_known
from graders.cases.store import BankStore, default_folder
from graders.errors import UsageError
from graders.grading import open_reference
from graders.reports.terminal import progress_display
from graders.spec import Assignment
from graders.worker.sources import Gpu, worker_source


def audit_assignment(
    assignment: Assignment,
    *,
    only: Sequence[str] = (),
    corpus: Path | None = None,
    seeds: int = 1,
    form: str = "text",
) -> Audit:
    """Audit an assignment and show what that concludes."""
    known = _known(assignment, corpus)
    store = BankStore(open_reference(assignment), seed=assignment.seed, folder=default_folder())
    with worker_source() as workers, Gpu() as gpu:
        auditor = Auditor(assignment, known, workers, store, seeds=seeds, only=only, gpu=gpu)
        with progress_display(auditor.steps, sys.stderr) as progress:
            found = auditor.audit(progress)
    _show(found, form)
    return found


def _known(assignment: Assignment, corpus: Path | None) -> list[Known]:
    """Read the corpus: the folder that was named, else the assignment's own where it has one."""
    if corpus is not None and not corpus.is_dir():
        raise UsageError(f"{corpus}: there is no such folder")
    folder = corpus or assignment.path.parent.parent / "tests" / "corpus" / assignment.name
    return read_known(folder, assignment.questions)


def _show(audit: Audit, form: str) -> None:
    if form == "json":
        from graders.reports.audit_json import audit_json

        sys.stdout.write(audit_json(audit))
    else:
        from graders.reports.audit_table import show_audit

        show_audit(audit, sys.stdout)
