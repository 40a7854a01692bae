"""Every limit of an assignment is kept, and says in its own words what was reached."""

import re
from textwrap import indent

import pytest

from graders.feedback.language import Words
from graders.feedback.wording import message

QUESTIONS = """
      f:
        arguments: {x: {tensor: [n]}}
        cases: 20
"""
REFERENCE = "def f(x): return x + 1"
LIMITS = """
        limits: {seconds: 0.4, total seconds: 2, memory: 256, output: 1, result: 1, scratch: 1}
"""
AFTER = r"It was ended after (\d+) of (\d+) calls\."
SETUP = "import ctypes, os, sys, threading, time\nimport numpy as np\n"


@pytest.fixture
def said(course, grade):
    """Grade a function's body under limits; return what is said: headline, facts and hint."""

    def said(body, limits=LIMITS):
        grader = course(QUESTIONS + limits, REFERENCE)
        report = grade(grader, f"{SETUP}\ndef f(x):\n{indent(body, '    ')}")
        [result] = report.questions
        assert result.verdict == "failed"
        assert result.failed[0].check == "returns"
        found = result.failed[0].finding
        text = message(found, Words("en"), hints={}, sources=report.sources)
        return text.headline, [fact.text for fact in text.facts], text.hint

    return said


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        ("while True: pass", "`f` did not finish within 0.4 s."),
        ("time.sleep(99)", "`f` did not finish within 0.4 s."),
        ("return torch.ones(1 << 29)", "`f` needs more than 256 MiB of memory."),
        ("return torch.from_numpy(np.ones(1 << 29))", "`f` needs more than 256 MiB of memory."),
        (
            "return [bytes(1 << 24) for _ in range(99)]",
            "`f` needs more than 256 MiB of memory.",
        ),
        ("while True: print('x' * 9999)", "`f` prints more than 1 MiB."),
        ("return torch.ones(300_000)", "`f` returns more than 1 MiB in one call."),
        ("return f(x)", "`f` raises RecursionError."),
        ("threading.Thread(target=print).start()", "`f` raises RuntimeError."),
        ("os._exit(7)", "`f` ends Python with exit status 7."),
        ("sys.exit(7)", "`f` raises SystemExit."),
        ("ctypes.string_at(0)", "`f` crashes Python (SIGSEGV)."),
    ],
)
def test_each_end_has_words_of_its_own(said, body, headline):
    assert said(body)[0] == headline


def test_all_calls_together_say_how_far_they_came(said):
    headline, facts, _ = said(
        "end = time.process_time() + 0.3\nwhile time.process_time() < end: pass\nreturn x + 1"
    )
    assert headline == "`f` needs more than 2 s for all cases."
    [calls] = [found for fact in facts if (found := re.match(AFTER, fact))]
    assert 1 <= int(calls[1]) < int(calls[2])


def test_files_say_how_much_was_written(said):
    body = """
for number in range(9999):
    with open(str(number), "wb") as file: file.write(bytes(200_000))
"""
    headline, facts, _ = said(body)
    assert headline == "`f` writes more than 1 MiB to files."
    assert any(fact.startswith("It was ended at ") and fact.endswith(" MiB.") for fact in facts)


def test_a_result_says_its_size(said):
    _, facts, _ = said("return torch.ones(300_000)")
    assert any("at least 1.144 MiB" in fact for fact in facts)


def test_all_results_together_are_limited_too(said):
    headline, facts, _ = said("return torch.ones(200_000)")
    assert headline == "`f` returns more than 2 MiB in all its calls."
    assert any(fact.startswith("It was ended at 2.") for fact in facts)


def test_memory_names_the_line_and_what_was_asked_for(said):
    _, facts, hint = said("y = torch.ones(1 << 29)\nreturn y")
    assert "y = torch.ones(1 << 29)" in facts
    assert any("2147483648 bytes" in fact for fact in facts)
    assert hint is not None


def test_a_crash_says_nothing_that_differs_from_run_to_run(said):
    _, facts, _ = said("ctypes.string_at(0)")
    assert not any("MiB" in fact for fact in facts)


def test_waiting_counts_where_the_assignment_says_how_long(said):
    limits = "\n        limits: {seconds: 0.3, wall seconds: 0.7}\n"
    assert said("time.sleep(99)", limits)[0] == "`f` did not finish within 0.7 s."


def test_threads_are_counted_where_the_assignment_allows_some(said):
    limits = "\n        limits: {seconds: 2, threads: 3}\n"
    body = """
for _ in range(9):
    threading.Thread(target=time.sleep, args=(99,), daemon=True).start()
while True: pass
"""
    headline, facts, _ = said(body, limits)
    assert headline == "`f` has more than 3 threads."
    [reached] = re.findall(r"It was ended with (\d+) threads\.", " ".join(facts))
    assert 3 < int(reached) <= 10


def test_a_question_has_limits_of_its_own(course):
    grader = course(
        """
          f:
            arguments: {x: {tensor: [n]}}
            limits: {memory: 99}
          g:
            arguments: {x: {tensor: [n]}}
        """,
        "def f(x): return x\ndef g(x): return x",
    )
    limits = {name: q.limits.memory for name, q in grader.assignment.questions.items()}
    assert limits == {"f": 99, "g": 1024}


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        ("while True: print('x' * 9999)", "hw.py prints more than 1 MiB while it is loaded."),
        (
            "for n in range(99):\n    with open(str(n), 'wb') as f: f.write(bytes(99_999))",
            "hw.py writes more than 1 MiB to files while it is loaded.",
        ),
    ],
)
def test_loading_has_the_same_limits(course, grade, code, headline):
    grader = course(QUESTIONS + LIMITS, REFERENCE)
    report = grade(grader, f"{code}\ndef f(x): return x + 1")
    found = report.questions[0].failed[0].finding
    assert message(found, Words("en"), hints={}, sources={}).headline == headline


def test_a_reference_that_returns_too_much_is_the_assignments_fault(course, grade):
    grader = course(QUESTIONS + LIMITS, "def f(x): return torch.ones(300_000)")
    [result] = grade(grader, "def f(x): return x").questions
    assert result.verdict == "fault"
    assert "returns more than 1 MiB" in result.fault
