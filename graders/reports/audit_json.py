"""An audit as one JSON object; see docs/auditing.md for its fields."""

from __future__ import annotations

import json
from typing import Any, Final

from graders.audit.audit import Audit, Misgraded, QuestionAudit, Survivor, Tally, score
from graders.cases.soundness import Unsound
from graders.feedback.literal import call_code

SCHEMA: Final = 1


def audit_json(audit: Audit) -> str:
    """Return an audit as JSON text that ends with a newline."""
    data = {
        "schema": SCHEMA,
        "assignment": audit.assignment,
        "reference": audit.reference,
        "seeds": list(audit.seeds),
        "verdict": "failed" if audit.falls_short else "passed",
        "score": round(audit.score, 6),
        "seconds": round(audit.seconds, 1),
        "questions": [_question(question) for question in audit.questions],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _question(question: QuestionAudit) -> dict[str, Any]:
    return {
        "function": question.function,
        "cases": question.cases,
        "score": round(score(question.mutants), 6),
        "wheats": _tally(question.wheats),
        "chaffs": _tally(question.chaffs) | {"not_shown": question.not_shown},
        "mutants": _tally(question.mutants),
        "survivors": [_survivor(survivor) for survivor in question.survivors],
        "misgraded": [_misgraded(wrong) for wrong in question.misgraded],
        "faults": [_fault(fault) for fault in question.faults],
        "unmatched": list(question.unmatched),
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {"right": tally.right, "total": tally.total}


def _survivor(survivor: Survivor) -> dict[str, Any]:
    mutant = survivor.mutant
    return {
        "function": mutant.function,
        "line": mutant.line,
        "change": mutant.change,
        "equivalent": survivor.reason,
    }


def _misgraded(wrong: Misgraded) -> dict[str, Any]:
    return {
        "submission": wrong.submission,
        "function": wrong.function,
        "seed": wrong.seed,
        "wanted": wrong.wanted,
        "found": wrong.found,
        "fault": wrong.fault,
    }


def _fault(fault: Unsound) -> dict[str, Any]:
    call = None
    if fault.arguments is not None:
        call = "\n".join(call_code(fault.function, fault.arguments))
    return {"text": fault.text, "call": call}
