"""Real workers: whatever a student's code does is an answer, and the next worker is fine."""

import io
import json
import sys
from textwrap import dedent

import pytest
import torch
from calls import tensor

from graders.cases.layouts import OFFSET
from graders.checks.outcome import decode_outcome
from graders.errors import Fault
from graders.worker import accelerator, child, client, wire
from graders.worker.client import (
    Block,
    BrokeProtocol,
    Died,
    Expected,
    Finished,
    Flooded,
    Limits,
    Loaded,
    TimedOut,
    encode_cases,
)
from graders.worker.sources import Interpreters

LIMITS = Limits(seconds=0.3, total_seconds=3, memory=256 << 20, output=1 << 20)


class Program:
    """A text in a worker."""

    def __init__(self, worker, text, *, notebook=False):
        self.worker = worker
        texts = [dedent(part) for part in text.split("# %%\n")]
        blocks = [Block(f"cell {n}", part) for n, part in enumerate(texts, start=1)]
        self.loaded = worker.load("hw", blocks, notebook=notebook)

    def run(self, *cases, function="f", eager=False, **options):
        encoded = encode_cases([list(case) for case in cases])
        return self.worker.run(function, encoded, options=options, eager=eager)

    def outcomes(self, *cases, **options):
        run = self.run(*cases, **options)
        assert run.ending == Finished()
        return [decode_outcome(answer.record, answer.payload) for answer in run.answers]

    def value(self, *arguments, **options):
        [outcome] = self.outcomes(arguments, **options)
        assert outcome.error is None, outcome.error
        return outcome.value

    def error(self, *arguments, **options):
        [outcome] = self.outcomes(arguments, **options)
        return outcome.error


@pytest.fixture
def load(workers):
    """Load a text in a worker of its own; afterwards, see that the next worker is fine."""
    opened = []

    def load(text, limits=LIMITS, **options):
        opened.append(workers.open(limits))
        return Program(opened[-1], text, **options)

    yield load
    for worker in opened:
        worker.close()
    worker = workers.open(LIMITS)
    assert Program(worker, "def f(): return 1").value() == 1
    worker.close()


# ---------------------------------------------------------------- answers


def test_each_call_is_answered_in_order(load):
    program = load("def f(a, b): return a + b")
    outcomes = program.outcomes((1, 2), ("x", "y"), ([1], []))
    assert [outcome.value for outcome in outcomes] == [3, "xy", [1]]


def test_an_exception_is_an_answer_with_the_students_line(load):
    program = load("def f(x):\n    return g(x)\ndef g(x):\n    return 1 // x")
    error = program.error(0)
    assert (error.name, error.file, error.line) == ("ZeroDivisionError", "cell 1", 4)
    assert program.value(1) == 1


@pytest.mark.parametrize("code", ["exit(3)", "raise KeyboardInterrupt", "raise SystemExit"])
def test_leaving_the_program_is_an_exception(load, code):
    assert load(f"def f():\n    {code}").error().name in ("SystemExit", "KeyboardInterrupt")


def test_endless_recursion_is_an_exception(load):
    assert load("def f(): return f()").error().name == "RecursionError"


def test_input_finds_nothing_to_read(load):
    assert load("def f(): return input('name? ')").error().name == "EOFError"


def test_what_is_printed_does_not_disturb_the_answers(load):
    program = load(
        """
        import os, sys
        print("before")
        def f():
            print("during")
            print("error", file=sys.stderr)
            os.write(1, b"raw\\n")
            return 7
        """
    )
    assert program.value() == 7
    program.worker.close()
    assert {*program.worker.output().split()} == {"before", "during", "error", "raw"}


def test_printing_to_a_closed_stdout_is_an_exception(load):
    program = load("import sys\nsys.stdout.close()\ndef f():\n    print(1)")
    assert program.error().name == "ValueError"


def test_what_a_call_leaves_behind_does_not_reach_the_next_question(load):
    program = load(
        """
        import random, torch
        def spoil():
            torch.set_default_dtype(torch.float64)
            torch.set_grad_enabled(False)
        def f():
            draws = [float(torch.rand(1)), random.random()]
            return [torch.get_default_dtype(), torch.is_grad_enabled(), draws]
        """
    )
    fresh = program.value()
    program.outcomes((), function="spoil")
    assert program.value() == fresh


def test_student_code_sees_nothing_of_the_graders_environment(load, monkeypatch):
    known = {"OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MPLBACKEND", "LANG"}
    known |= {"PATH", "LC_CTYPE", "HOME", "TMPDIR", "CUDA_VISIBLE_DEVICES"}
    assert {*load("import os\ndef f(): return list(os.environ)").value()} <= known


# ---------------------------------------------------------------- loading


def test_loading_says_what_is_defined_and_where(load):
    program = load(
        """
        def f(): pass
        if __name__ == "__main__":
            def g(): pass
        h = len
        """
    )
    assert {"f", "h"} <= {*program.loaded.callables}
    assert "g" not in program.loaded.callables
    assert program.loaded.definitions == (("f", 2, "top", "cell 1"), ("g", 4, "main", "cell 1"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def f(:", "SyntaxError"),
        ("def f(): pass\nraise KeyError('k')", "KeyError"),
        ("import sys\nsys.exit()", "SystemExit"),
        ("x = " + "(" * 10_000 + ")" * 10_000, "SyntaxError"),
    ],
)
def test_an_exception_while_loading_is_told(load, text, name):
    loaded = load(text).loaded
    assert isinstance(loaded, Loaded)
    assert loaded.errors[0][0][0] == name


def test_a_cell_that_fails_spoils_no_other(load):
    program = load("def f(): return 1\n# %%\ndef (:\n# %%\n1 / 0\n# %%\ndef g(): return f() + 1")
    assert [error[0][0] for error in program.loaded.errors] == ["SyntaxError", "ZeroDivisionError"]
    assert program.value(function="g") == 2


def test_a_notebook_has_display(load):
    text = "display(get_ipython())\ndef f(): pass"
    assert load(text, notebook=True).loaded.errors == ()
    assert load(text).loaded.errors


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("import os\nos._exit(0)", Died(None, 0)),
        ("while True: pass", TimedOut(0.3)),
        ("import ctypes\nctypes.string_at(0)", Died("SIGSEGV", None)),
    ],
)
def test_code_that_does_not_finish_loading_has_an_ending(load, text, ending):
    assert load(text).loaded == ending


# ---------------------------------------------------------------- endings


def ending(load, code, *, setup="import os, sys, time, ctypes, torch", limits=LIMITS):
    """Return how a call of a function with this body ends."""
    body = dedent(code).strip().replace("\n", "\n    ")
    return load(f"{setup}\ndef f():\n    {body}", limits).run(()).ending


def test_an_endless_loop_is_ended(load):
    assert ending(load, "while True: pass") == TimedOut(0.3)


def test_a_loop_that_catches_everything_is_ended(load):
    code = """
        while True:
            try:
                while True: pass
            except BaseException:
                pass
        """
    assert ending(load, code) == TimedOut(0.3)


def test_an_endless_operation_of_torch_is_ended(load):
    assert ending(load, "x = torch.ones(2000, 2000)\nwhile True: x @ x") == TimedOut(0.3)


@pytest.mark.parametrize(
    "code", ["time.sleep(1000)", "import threading; threading.Lock().acquire(); time.sleep(1000)"]
)
def test_waiting_is_ended_and_not_taken_for_work(load, code):
    result = ending(load, code)
    assert isinstance(result, TimedOut)
    assert result.waited or result.seconds > 3  # a busy machine is given more time


@pytest.mark.parametrize("status", [0, 1, 7])
def test_the_exit_status_of_a_process_that_ends_itself_is_told(load, status):
    assert ending(load, f"os._exit({status})") == Died(None, status)


@pytest.mark.parametrize("code", ["ctypes.string_at(0)", "os.abort()"])
def test_the_signal_that_ends_a_process_is_told(load, code):
    result = ending(load, code)
    assert isinstance(result, Died)
    assert result.signal in ("SIGSEGV", "SIGABRT")


@pytest.mark.parametrize(
    "code",
    [
        "torch.ones(1 << 29)",
        "x = []\nwhile True: x.append(bytes(1 << 24))",
        "'x' * (1 << 30)",
    ],
)
def test_too_much_memory_is_an_exception(load, code):
    body = code.replace("\n", "\n    ")
    program = load(f"import torch\ndef f():\n    {body}\ndef g(): return 1")
    assert program.error().name in ("RuntimeError", "MemoryError")
    assert program.value(function="g") == 1


def test_a_flood_of_output_is_ended(load):
    assert ending(load, "while True: print('x' * 1000)") == Flooded(1 << 20)


def test_output_within_the_limit_is_cut_but_not_ended(load):
    program = load("def f():\n    print('x' * 500_000)\n    return 1")
    assert program.value() == 1
    program.worker.close()
    assert len(program.worker.output()) <= client.KEPT_OUTPUT


def test_closing_every_descriptor_ends_the_call(load):
    assert isinstance(ending(load, "os.closerange(0, 1000)"), Died)


@pytest.mark.parametrize("junk", ["b'x' * 1000", "b'gRd1' + bytes(12)", "b'gRd1' + b'\\xff' * 12"])
def test_writing_to_every_descriptor_is_no_answer(load, junk):
    code = f"""
        for descriptor in range(3, 100):
            try:
                os.write(descriptor, {junk})
            except OSError:
                pass
        time.sleep(1000)
        """
    assert ending(load, code) == BrokeProtocol()


def test_the_answers_before_the_end_are_kept(load):
    program = load("def f(n):\n    while n == 3: pass\n    return n")
    run = program.run((1,), (2,), (3,), (4,), eager=True)
    assert run.ending == TimedOut(0.3)
    values = [decode_outcome(answer.record, answer.payload).value for answer in run.answers]
    assert values == [1, 2]


@pytest.mark.parametrize("eager", [False, True])
@pytest.mark.parametrize("differs", [None, 0, 2, "payload"])
def test_answers_are_the_expected_ones_only_where_they_say_the_same(load, eager, differs):
    cases = [[tensor([1.0, number])] for number in range(3)]
    program = load("def f(x): return x * 2")
    answers = program.run(*cases).answers
    right = [Expected(wire.dump_header(answer.record), answer) for answer in answers]
    expected = list(right)
    if differs == "payload":
        expected[1] = right[1]._replace(answer=answers[1]._replace(payload=bytes(8)))
    elif differs is not None:
        expected[differs] = right[differs]._replace(line=b'{"value":["none"],"size":8}')
    calls = encode_cases(cases)
    run = program.worker.run("f", calls, expected=expected, eager=eager)
    assert run.ending == Finished()
    assert [(answer.record, answer.payload) for answer in run.answers] == answers
    same = [answer is each.answer for answer, each in zip(run.answers, expected, strict=True)]
    if eager:
        assert same == [number != (1 if differs == "payload" else differs) for number in range(3)]
    else:
        assert same == [differs is None] * 3


def test_the_words_and_the_line_of_an_exception_may_differ_from_the_expected_ones(load):
    program = load("def f(n):\n    raise ValueError(n)")
    [answer] = program.run((1,)).answers
    names, text, place = answer.record["error"]
    assert (names[0], text, place) == ("ValueError", "1", ["cell 1", 2])
    line = wire.dump_header(answer.record | {"error": [names]})
    other = answer._replace(record=answer.record | {"error": [names, "a bad n", None]})
    expected = [Expected(line, other)]
    [found] = program.worker.run("f", encode_cases([[1]]), expected=expected).answers
    assert found is other


def test_fewer_expected_answers_than_calls_do_not_hide_the_rest(load):
    program = load("def f(n): return n")
    [first, *_] = program.run((1,), (2,)).answers
    expected = [Expected(wire.dump_header(first.record), first)]
    run = program.worker.run("f", encode_cases([[1], [2]]), expected=expected)
    assert [answer.record["value"] for answer in run.answers] == [["int", 1], ["int", 2]]


def test_many_quick_calls_do_not_add_up_to_a_timeout(load):
    text = """
        import time
        def f():
            end = time.process_time() + 0.1
            while time.process_time() < end: pass
        """
    assert load(text).run(*[()] * 8).ending == Finished()


def test_a_worker_that_ended_is_not_asked_again(load):
    program = load("import os\ndef f(): os._exit(0)")
    program.run(())
    assert not program.worker.alive
    with pytest.raises(Fault, match="after its end"):
        program.run(())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere these are the only workers")
def test_a_fresh_interpreter_serves_as_well():
    with Interpreters() as source:
        text = "import torch\ndef f(x): return x * 2\ndef g(x): return x + torch.zeros(3)"
        program = Program(source.open(Limits(seconds=5)), text)
        assert program.value(21) == 42
        assert program.value(tensor(), device="accelerator").device == "accel"
        error = program.error(tensor(), function="g", device="accelerator")
        assert "at least two devices" in error.text
        assert isinstance(program.run(("x", 1)).answers[0].record["error"], list)


def test_a_tensor_on_the_accelerator_begins_inside_of_its_memory_too(load):
    program = load("def f(x): return x.storage_offset(), x")
    offset, value = program.value(tensor(layout="offset"), device="accelerator")
    assert offset == OFFSET
    assert value.numpy().tolist() == tensor().numpy().tolist()


@pytest.mark.parametrize(
    "loop",
    [
        "for i in range(n): pass",
        "while n: n -= 1",
        "[i for i in range(n)]",
        "sum(i for i in range(n))",
        "[*map(lambda i: i, range(n))]",
        "recur(n)",
    ],
)
def test_each_round_of_a_loop_is_a_step(load, loop):
    program = load(f"def recur(n): return n and recur(n - 1)\ndef f(n):\n    {loop}")
    run = program.run((2,), (5,), operations=True, steps=True)
    few, many = (each.steps for each in run.operations)
    assert many - few >= 3


def test_steps_of_other_code_do_not_count(load):
    program = load("import textwrap\ndef f(n): return textwrap.wrap('word ' * n, 5)")
    run = program.run((2,), (5,), operations=True, steps=True)
    assert [each.steps for each in run.operations] == [1, 1]
    assert [each.steps for each in program.run((5,), operations=True).operations] == [0]


def test_where_the_accelerator_cannot_be_had_a_call_is_not_judged(monkeypatch):
    """So it is with an older PyTorch."""
    monkeypatch.setattr(accelerator, "_installed", [])
    replies = io.BytesIO()
    calls = encode_cases([[tensor()], [tensor()]])
    request = {"function": "f", "options": {"device": "accelerator"}, "eager": False}
    request["cases"] = json.loads(calls.cases)
    program = child.Program({"f": lambda x: x})
    child._run(program, request, calls.payload, (), child.Sender(replies, 7))
    replies.seek(0)
    records, ended = [], False
    while not ended:
        number, header, _ = wire.read_raw_frame(replies.read)
        about, found = map(json.loads, header.splitlines())
        records, ended = records + found, about["end"]
        assert number == 7
        assert about["count"] == len(found)
    assert len(records) == 2
    assert all(torch.__version__ in record["unsupported"] for record in records)


@pytest.mark.parametrize(
    "text",
    [
        """
        import torch
        @torch.compile(backend="eager")
        def f(x): return x * 2
        """,
        """
        from torch._dynamo.utils import dynamo_timed
        import torch._dynamo.utils
        def f(x): return x * 2 if torch._dynamo.utils.dynamo_timed is dynamo_timed else None
        """,
    ],
)
def test_the_compiler_and_its_parts_can_be_had(load, text):
    program = load(text, Limits(seconds=30, total_seconds=60))
    assert program.loaded.errors == ()
    assert program.value(21) == 42


def test_what_an_older_vmap_asks_of_the_compiler_does_not_import_it(load):
    text = """
        import sys
        from torch._dynamo import is_compiling
        def f(): return [is_compiling(), "torch._dynamo.convert_frame" in sys.modules]
        """
    assert load(text).value() == [False, False]
