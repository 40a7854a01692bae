"""What an audit concludes about assignments that are strong, weak or broken."""

import io

import pytest
from gpu_stand_in import stand_in

from graders.audit.audit import Audit, Auditor, QuestionAudit, Survivor, Tally, score
from graders.audit.known import read_known
from graders.audit.mutation import Mutant
from graders.reports.audit_table import show_audit

QUESTION = """
    f:
      arguments: {x: {tensor: [m, n]}}
      cases: 20
      devices: [cpu]
"""
EVERYWHERE = QUESTION.replace("      devices: [cpu]\n", "")
REFERENCE = """
    from torch import Tensor


    def f(x: Tensor) -> Tensor:
        return x.sum(dim=0)
"""
WHEAT = '"""expect: passed\n"""\n\n\ndef f(x):\n    return x.T.sum(-1)\n'


def chaff(check, body):
    return f'"""expect: {check} failed\n"""\nimport torch\n\n\ndef f(x):\n    {body}\n'


def only(audit):
    (question,) = audit.questions
    return question


def test_a_strong_assignment_gets_the_full_score(audited):
    files = {"f/wheat_a.py": WHEAT, "f/chaff_b.py": chaff("shape", "return x.sum(dim=1)")}
    audit = audited(QUESTION, REFERENCE, files)
    question = only(audit)
    assert (question.wheats, question.chaffs) == (Tally(1, 1), Tally(1, 1))
    assert question.cases >= 20
    assert (question.survivors, question.misgraded, question.faults) == ((), (), ())
    assert question.killed > 5
    assert audit.score == 1
    assert not audit.falls_short


def test_a_weak_check_lets_mutants_survive(audited):
    audit = audited(f"{QUESTION}      skip: [values, shape]\n", REFERENCE)
    survivors = [survivor.mutant for survivor in only(audit).survivors]
    assert [m.change for m in survivors if "mean" in m.change] == ["x.sum(dim=0) -> x.mean(dim=0)"]
    assert {mutant.line for mutant in survivors} == {7}
    assert audit.score < 1
    assert audit.falls_short


def test_a_survivor_may_be_declared_equivalent(audited):
    declared = """
      equivalent mutants:
        - {change: "[x, x] -> x", reason: wrong}
        - {change: "x + y -> y + x", reason: addition commutes}
        - {change: "x - y -> y - x", reason: it is squared}
    """
    question = """
    f:
      cases: 20
      arguments: {x: {tensor: [n]}, y: {tensor: [n], dtype: same as x}}
    """
    reference = "def f(x, y):\n    return (x - y).square()\n"
    audit = audited(question.rstrip() + declared, reference)
    found = only(audit)
    assert [(s.mutant.change, s.reason) for s in found.survivors] == [
        ("x - y -> y - x", "it is squared")
    ]
    assert found.undeclared == []
    assert found.mutants == Tally(found.killed, found.killed)
    assert found.unmatched == ("[x, x] -> x", "x + y -> y + x")
    assert audit.score == 1
    assert audit.falls_short


def test_a_killed_mutant_is_not_equivalent(audited):
    declared = 'equivalent mutants: [{change: "x.sum(dim=0) -> x", reason: hope}]'
    question = only(audited(f"{QUESTION}      {declared}\n", REFERENCE))
    assert question.unmatched == ("x.sum(dim=0) -> x",)


def test_mutants_that_hang_crash_or_raise_are_killed(audited):
    reference = """
        import os


        def f(x):
            left = len(x)
            while left > 0:
                left -= 1
            if left != 0:
                os._exit(3)
            return x.sum(dim=0)
    """
    question = only(audited(f"{QUESTION}      limits: {{seconds: 0.2}}\n", reference))
    changes = [survivor.mutant.change for survivor in question.survivors]
    assert "left -= 1 -> nothing" not in changes  # never ends
    assert "left != 0 -> left == 0" not in changes  # ends Python
    assert question.killed > 10


def test_known_submissions_that_are_graded_wrongly(audited):
    files = {
        "f/chaff_other.py": chaff("values", "return x.sum(dim=0)[None]"),
        "f/chaff_right.py": chaff("values", "return x.sum(dim=0)"),
        "f/wheat_wrong.py": WHEAT.replace("sum(-1)", "sum(-1) + 1e-3"),
    }
    audit = audited(QUESTION, REFERENCE, files)
    wrong = only(audit).misgraded
    assert [(one.submission, one.wanted, one.found) for one in wrong] == [
        ("f/chaff_other.py", "values", "shape"),
        ("f/chaff_right.py", "values", None),
        ("f/wheat_wrong.py", None, "values"),
    ]
    assert {(one.function, one.seed) for one in wrong} == {("f", 0)}
    assert [one.finding is None for one in wrong] == [False, True, False]
    assert audit.falls_short


TWO_QUESTIONS = """
    f:
      arguments: {x: {tensor: [n]}}
      cases: 20
    g:
      arguments: {x: {tensor: [n]}}
      cases: 20
"""
TWO_ANSWERS = "def f(x):\n    return x + 1\n\n\ndef g(x):\n    return x * 2\n"


def test_a_chaff_fails_in_its_own_question_only(audited):
    one = chaff("values", "return x")
    files = {
        "f/chaff_a.py": f"{one}\n\ndef g(x):\n    return x * 2\n",
        "f/chaff_b.py": f"{one}\n\ndef g(x):\n    return x * 3\n",
    }
    audit = audited(TWO_QUESTIONS, TWO_ANSWERS, files)
    wrong = [(wrong.submission, wrong.function) for wrong in audit.questions[0].misgraded]
    assert wrong == [("f/chaff_b.py", "g")]


def test_one_question_may_be_audited_alone(audited):
    audit = audited(TWO_QUESTIONS, TWO_ANSWERS, only=["g"])
    assert [question.function for question in audit.questions] == ["g"]


def test_wheats_and_chaffs_are_graded_on_every_seed(audited):
    rare = chaff("values", "return x.sum(dim=0) + (x.shape == (3, 2) and x[0, 0] == 1)")
    audit = audited(QUESTION, REFERENCE, {"f/chaff_a.py": rare, "f/wheat_b.py": WHEAT}, seeds=3)
    assert audit.seeds == (0, 1, 2)
    assert only(audit).misgraded == ()


def test_a_wheat_that_fails_on_one_of_many_banks_is_found(audited):
    """Depends on a draw that no readable case has."""
    text = '"""expect: passed\n"""\n\n\ndef f(x):\n    return x.sum(dim=0) + (abs(x).sum() > 250)\n'
    audit = audited(QUESTION, REFERENCE, {"f/wheat_a.py": text}, seeds=2)
    assert {wrong.seed for wrong in only(audit).misgraded} <= {0, 1}
    assert only(audit).misgraded


def test_progress_is_told_before_each_grading(course, corpus, workers):
    grader = course(QUESTION, REFERENCE)
    known = read_known(corpus({"f/wheat_a.py": WHEAT}), ["f"])
    auditor = Auditor(grader.assignment, known, workers, grader.store, seeds=2)
    told = []
    auditor.audit(told.append)
    assert len(told) == auditor.steps
    assert set(told) == {"f"}


def test_device_chaffs_count_where_a_device_was_there(audited):
    text = chaff("device", "return torch.zeros(x.shape[1], dtype=x.dtype) + x.sum(dim=0).cpu()")
    question = only(audited(QUESTION, REFERENCE, {"f/chaff_device_a.py": text}))
    assert (question.chaffs, question.not_shown) == (Tally(0, 0), 1)


def test_device_chaffs_are_caught_on_the_accelerator(audited):
    text = chaff("device", "return torch.zeros(x.shape[1], dtype=x.dtype) + x.sum(dim=0).cpu()")
    question = only(audited(EVERYWHERE, REFERENCE, {"f/chaff_device_a.py": text}))
    assert (question.chaffs, question.not_shown) == (Tally(1, 1), 0)


def test_a_verdict_that_depends_on_the_device_is_told(audited):
    """Here the reference itself forgets `device=`."""
    here = "torch.zeros(x.shape[1], dtype=x.dtype)"
    reference = f"import torch\ndef f(x):\n    return x.sum(dim=0) + {here}\n"
    audit = audited(EVERYWHERE, reference)
    table = io.StringIO()
    show_audit(audit, table)
    assert "depends on the device: right on the CPU, wrong on the simulated" in table.getvalue()
    assert audit.falls_short


@pytest.mark.slow
def test_a_reference_that_is_no_measure_on_a_gpu_is_told(audited):
    added = "bool(os.environ.get('CUDA_VISIBLE_DEVICES'))"  # set for workers on a GPU alone
    reference = f"import os\ndef f(x):\n    return x.sum(dim=0) + {added}\n"
    with stand_in() as gpu:
        audit = audited(EVERYWHERE, reference, gpu=gpu)
    assert any("other results on a GPU" in fault.text for fault in only(audit).faults)
    assert only(audit).misgraded == ()


def test_a_reference_that_cannot_be_graded_gets_no_further(audited):
    audit = audited(QUESTION, "def f(x):\n    return x.view(2, 2)\n")
    question = only(audit)
    assert question.cases == 0
    assert "`f` raised RuntimeError" in question.faults[0].text
    assert question.faults[0].arguments is not None
    assert audit.falls_short


PROPERTY = """
from hypothesis import given
from hypothesis import strategies as st

from graders.properties import tensor


@given(n=st.integers(1, 9))
def steps(student, n):
    1 / int(student.f(tensor([n]))[0] - n)
"""


def test_a_property_that_breaks_on_a_mutant_is_a_fault(course, workers):
    question = QUESTION.replace("m, n", "n") + "      skip: [values]\n      properties: [steps]\n"
    grader = course(question, "def f(x):\n    return x + 1\n")
    grader.assignment.properties_path.write_text(PROPERTY, encoding="utf-8")
    found = only(Auditor(grader.assignment, [], workers, grader.store).audit())
    assert [fault.text for fault in found.faults if "x + 1 -> x" in fault.text]
    assert "ZeroDivisionError" in found.faults[0].text


def test_the_score_is_the_share_of_mutants_killed():
    mutant = Mutant("f", 1, "a -> b", "")
    question = QuestionAudit("f", killed=19, survivors=(Survivor(mutant), Survivor(mutant, "why")))
    audit = Audit("hw", "hw.py", (0,), (question,), 1.0)
    assert question.mutants == Tally(19, 20)
    assert (audit.score, audit.falls_short) == (0.95, False)
    weaker = QuestionAudit("f", killed=18, survivors=(Survivor(mutant),))
    assert Audit("hw", "hw.py", (0,), (weaker,), 1.0).falls_short


def test_nothing_to_kill_is_no_shortfall():
    assert score(Tally()) == 1
