"""What an audit looks like in a terminal and as JSON, and the command that shows it."""

import io
import json
from textwrap import dedent

import pytest

from graders.audit.audit import Audit, Misgraded, QuestionAudit, Survivor, Tally
from graders.audit.mutation import Mutant
from graders.cases.soundness import Unsound
from graders.checks import mismatch as m
from graders.cli import main
from graders.reports.audit_json import audit_json
from graders.reports.audit_table import show_audit
from graders.verdicts import Finding

STRONG = QuestionAudit(
    "corner",
    cases=100,
    wheats=Tally(5, 5),
    chaffs=Tally(12, 12),
    not_shown=1,
    killed=9,
    survivors=(Survivor(Mutant("corner", 4, "dim=1 -> dim=-1", ""), "x has two dims"),),
)
WEAK = QuestionAudit(
    "column",
    cases=100,
    misgraded=(
        Misgraded("column/chaff_a.py", "column", 3, "values", None),
        Misgraded(
            "column/wheat_b.py",
            "corner",
            0,
            None,
            "shape",
            Finding("corner", m.WrongShape((2,), (2, 1)), {"x": 3}),
        ),
        Misgraded("column/wheat_c.py", "column", 0, None, None, fault="no bank"),
    ),
    wheats=Tally(1, 3),
    chaffs=Tally(4, 5),
    killed=7,
    survivors=(Survivor(Mutant("helper", 12, "dim=0 -> dim=1", "")),),
    unmatched=("x -> y",),
)
BROKEN = QuestionAudit("join", faults=(Unsound("`join` is random", "join", {"n": 2}),))


def audit(*questions):
    return Audit("hw", "hw.py", (0, 1), questions, 61.4)


def shown(*questions):
    stream = io.StringIO()
    show_audit(audit(*questions), stream)
    return stream.getvalue()


def test_a_strong_assignment_is_a_table_and_a_sentence():
    assert shown(STRONG) == dedent("""\
        hw      cases  wheats  chaffs  mutants  equivalent  score
        corner    100     5/5   12/12      9/9           1  100 %

        hw: 5 of 5 wheats pass and 12 of 12 chaffs are caught on 2 banks (1 need a device); \
9 of 9 mutants are killed, 1 more are equivalent; score 100 %; 61 s
        """)


def test_what_has_to_be_mended_stands_below_the_table():
    assert shown(STRONG, WEAK, BROKEN) == dedent("""\
        hw      cases  wheats  chaffs  mutants  equivalent   score
        corner    100     5/5   12/12      9/9           1   100 %
        column    100     1/3     4/5      7/8           -  87.5 %
        join        -       -       -        -           -       -

        Faults of the assignment:
          join: `join` is random
              join(2)

        Not graded as they should be:
          column/chaff_a.py, `column`, seed 3: `values` must fail; it got full marks
          column/wheat_b.py, `corner`, seed 0: full marks expected; `shape` failed
              `corner` returns the wrong shape.
              corner(3)
          column/wheat_c.py, `column`, seed 0: full marks expected; no bank

        Mutants that get full marks:
          column: hw.py:12: dim=0 -> dim=1

        Declared equivalent, but no surviving mutant:
          column: x -> y

        hw: 6 of 8 wheats pass and 16 of 17 chaffs are caught on 2 banks (1 need a device); \
16 of 17 mutants are killed, 1 more are equivalent; score 94.12 %; 61 s
        """)


def test_json_has_all_of_it():
    data = json.loads(audit_json(audit(STRONG, WEAK, BROKEN)))
    assert {key: data[key] for key in ("schema", "assignment", "verdict", "score", "seeds")} == {
        "schema": 1,
        "assignment": "hw",
        "verdict": "failed",
        "score": 0.941176,
        "seeds": [0, 1],
    }
    strong, weak, broken = data["questions"]
    assert strong["survivors"] == [
        {
            "function": "corner",
            "line": 4,
            "change": "dim=1 -> dim=-1",
            "equivalent": "x has two dims",
        }
    ]
    assert strong["chaffs"] == {"right": 12, "total": 12, "not_shown": 1}
    assert weak["misgraded"][0] == {
        "submission": "column/chaff_a.py",
        "function": "column",
        "seed": 3,
        "wanted": "values",
        "found": None,
        "fault": None,
    }
    assert weak["unmatched"] == ["x -> y"]
    assert broken["faults"] == [{"text": "`join` is random", "call": "join(2)"}]


QUESTION = """
title: T
questions:
  f:
    cases: 10
    arguments: {x: {tensor: [m, n]}}
"""


@pytest.fixture
def assignment(tmp_path):
    for folder in ("assignments", "reference", "tests/corpus/hw/f"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "reference/hw.py").write_text("def f(x):\n    return x.sum(dim=0)\n")
    (tmp_path / "assignments/hw.yaml").write_text(QUESTION)
    wheat = '"""expect: passed\n"""\n\n\ndef f(x):\n    return x.T.sum(dim=1)\n'
    (tmp_path / "tests/corpus/hw/f/wheat_a.py").write_text(wheat)
    return tmp_path / "assignments/hw.yaml"


def test_the_command_takes_the_corpus_beside_the_assignment(assignment, capsys):
    assert main(["audit", str(assignment)]) == 0
    said = capsys.readouterr()
    assert "hw: 1 of 1 wheats pass" in said.out
    assert said.err == ""


def test_the_command_gives_json_and_falls_short(assignment, capsys):
    assignment.write_text(f"{QUESTION}    skip: [values, shape]\n")
    assert main(["audit", str(assignment), "--format", "json", "-q", "f"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "failed"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--corpus", "missing"], "missing: there is no such folder"),
        (["-q", "g"], "hw has no question g"),
        (["--seeds", "0"], "0 is not in the range"),
    ],
)
def test_wrong_use_is_said(assignment, capsys, options, message):
    assert main(["audit", str(assignment), *options]) == 2
    assert message in capsys.readouterr().err


def test_an_assignment_without_a_reference_cannot_be_audited(assignment, capsys):
    (assignment.parents[1] / "reference/hw.py").unlink()
    assert main(["audit", str(assignment)]) == 2
    assert "the reference solution cannot be read" in capsys.readouterr().err
