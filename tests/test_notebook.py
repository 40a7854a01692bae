"""Checking functions in a running notebook, with a real kernel."""

import os
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import psutil
import pytest

from graders import notebook_grader
from graders.errors import UsageError
from graders.spec import load_assignment

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")
NotebookClient = pytest.importorskip("nbclient").NotebookClient

REPOSITORY = Path(__file__).parents[1]

COURSE = """
    title: Course
    questions:
      join:
        arguments: {x: {tensor: [n]}, y: {tensor: [n], dtype: same as x}}
      corner: {arguments: {x: {tensor: [n]}}}
      halves:
        arguments: {x: {tensor: [2 * n]}}
        dimensions: {n: 1..3}
        properties: [joined_halves_are_the_whole]
"""
COURSE_REFERENCE = """
    import torch

    def join(x, y):
        return torch.cat([x, y])

    def corner(x):
        return x[:1]

    def halves(x):
        half = len(x) // 2
        return x[:half], x[half:]
"""
COURSE_PROPERTIES = """
    from hypothesis import given
    from hypothesis import strategies as st

    from graders.properties import Student, require, tensor

    @given(st.lists(st.integers(0, 9), min_size=2, max_size=2))
    def joined_halves_are_the_whole(student: Student, values: list[int]) -> None:
        one, two = student.halves(tensor(values, "float32"))
        require((student.join(tensor(one), tensor(two)) == values).all(), en="They differ.")
"""
COURSE_FILES = {
    "assignments/hw.yaml": COURSE,
    "assignments/hw_properties.py": COURSE_PROPERTIES,
    "reference/hw.py": COURSE_REFERENCE,
}

CELLS = {
    "imports": """
        import time
        import torch
        from torch import Tensor
        from graders import notebook
        from graders.notebook import check
        assignment, language = "hw2", "en"
    """,
    "right": "def corner(x: Tensor, rows: int, columns: int):\n    return x[:rows, :columns]",
    "check right": 'check("corner")',
    "wrong": "def column(x, j):\n    return x[j]",
    "check wrong": 'check("column")',
    "no python": "def helper(:\n    pass",
    "check after no python": 'check("corner")',
    "half": "def join_rows(a, b:\n    return torch.cat([a, b])",
    "check half": 'check("join_rows")',
    "check missing": "def stack_batches(tensors):\n    return tensors\n\ncheck('stack_batch')",
    "side effects": """
        from pathlib import Path
        Path("trace.txt").write_text("x" * 10)
        size = Path("trace.txt").stat().st_size
        batch = time.sleep(0.01)
    """,
    "magics": """
        %%time
        !echo hello
        AXIS = 0
        def cat(parts):
            return torch.cat(parts, dim=AXIS)
    """,
    "helpers": """
        def join_rows(a, b):
            batch = [a, b]
            return cat(batch)

        check("join_rows")
    """,
    "defaults": "torch.set_default_dtype(torch.float64)\ncheck('corner')",
    "replaced": "def corner(x, rows, columns):\n    return x[:rows]\n\ncheck('corner')",
    "never": """
        1 / 0
        def corner(x, rows, columns):
            return x[:rows, :columns]
    """,
    "check never": 'check("corner")',
    "decorated": """
        import functools

        def same(function):
            return functools.wraps(function)(lambda *arguments: function(*arguments))

        @same
        def corner(x, rows, columns):
            return x[:rows, :columns]

        check("corner")
    """,
    "points": 'result = check("corner")\nprint(result.points, result.max_points, result.verdict)',
    "unknown question": 'check("cornr")',
    "unknown language": 'check("corner", lang="tlh")',
    "process": "print(notebook._running[0]._process.pid)",
    "ended": "notebook._running[0]._process.kill()\ncheck('corner')",
    "other process": "print(notebook._running[0]._process.pid)",
    "name": '__vsc_ipynb_file__ = "/home/me/mine.ipynb"\ncheck("depth_pair")',
    "by path": """
        def join(x, y):
            return torch.cat([y, x])

        check("join", assignment="course/assignments/hw.yaml")
    """,
    "no text": "assignment = torch.ones(3)\ncheck('channels_last')",
    "properties": """
        join = None

        def join(x, y):
            return torch.cat([x, y])

        def halves(x):
            return x[: len(x) // 2], x[len(x) // 2 :]

        check("halves", assignment="course/assignments/hw.yaml")
    """,
}


@pytest.fixture(scope="module")
def outputs(cache_folder, tmp_path_factory):
    """What each cell of CELLS shows: a text, and the HTML where there is some."""
    folder = tmp_path_factory.mktemp("notebook")
    for name, text in COURSE_FILES.items():
        path = folder / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
    cells = [nbformat.v4.new_code_cell(dedent(text).strip()) for text in CELLS.values()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "JPY_SESSION_NAME": ""}
    client.execute(env=environment)
    return {name: _shown(cell) for name, cell in zip(CELLS, notebook.cells, strict=True)}


def _shown(cell):
    texts, page = [], ""
    for output in cell.outputs:
        match output.output_type:
            case "stream":
                texts.append(output.text)
            case "error":
                texts.append("\n".join(output.traceback))
            case _:
                texts.append(output.data["text/plain"])
                page += output.data.get("text/html", "")
    return "\n".join(texts), page


def number_of(name):
    return 1 + list(CELLS).index(name)


# ---------------------------------------------------------------- what a check shows


@pytest.mark.parametrize(
    "name", ["check right", "check after no python", "helpers", "defaults", "decorated", "ended"]
)
def test_a_right_function_gets_its_points(outputs, name):
    text, page = outputs[name]
    assert " of " in text
    assert "cases" in text
    assert "hint" not in text
    assert 'class="question passed"' in page


def test_nothing_else_of_the_notebook_is_run(outputs):
    for name in ("check right", "helpers", "decorated", "replaced"):
        text, page = outputs[name]
        assert "stops with" not in text
        assert "note:" not in text
        assert 'class="problem"' not in page


def test_a_wrong_function_is_shown_with_the_call_and_the_cell(outputs):
    text, page = outputs["check wrong"]
    assert "`column` raises IndexError." in text
    assert "column(x, -3)" in text
    assert f"cell {number_of('wrong')}, line 2  return x[j]" in text
    assert "<code>column</code> raises IndexError." in page
    assert "column(x, -3)" in page
    assert 'class="question failed"' in page


def test_a_cell_that_is_no_python_is_named_where_the_function_stands_in_it(outputs):
    text, page = outputs["check half"]
    assert f"cell {number_of('half')} cannot be read as Python." in text
    assert "def join_rows(a, b:" in text
    assert 'class="problem"' in page


def test_a_missing_function_is_missing_and_a_similar_one_is_named(outputs):
    text, page = outputs["check missing"]
    assert "notebook.ipynb does not define `stack_batch`." in text
    assert "`stack_batches`" in text
    assert "<code>stack_batches</code>" in page


def test_the_last_definition_counts(outputs):
    assert "`corner` returns the wrong shape." in outputs["replaced"][0]


def test_a_definition_that_was_never_reached_does_not_count(outputs):
    assert "ZeroDivisionError" in outputs["never"][0]
    assert "`corner` returns the wrong shape." in outputs["check never"][0]


def test_the_points_can_be_had_as_numbers(outputs):
    assert outputs["points"][0].strip() == "4 4 passed"


def test_a_name_that_no_question_has_is_one_line(outputs):
    text, page = outputs["unknown question"]
    assert text == (
        "check: hw2 has no question cornr (there is a question with a similar name: corner)"
    )
    assert page == ""


def test_a_language_that_is_not_there_is_one_line(outputs):
    assert outputs["unknown language"][0].startswith("check: there is no language 'tlh'; there are")


def test_a_report_names_the_notebook_where_the_editor_tells_it(outputs):
    assert "mine.ipynb does not define `depth_pair`." in outputs["name"][0]


def test_an_assignment_may_be_named_by_its_path(outputs):
    text, _ = outputs["by path"]
    assert "Course" in text
    assert "`join` returns wrong values." in text


def test_a_variable_of_that_name_that_holds_something_else_is_no_assignment(outputs):
    assert "does not define `channels_last`." in outputs["no text"][0]


def test_functions_that_properties_call_are_there(outputs):
    text, page = outputs["properties"]
    assert "1 of 1 point" in text
    assert 'class="question passed"' in page


# ---------------------------------------------------------------- the process that grades


def test_the_process_is_kept_and_replaced_when_it_ended(outputs):
    first, second = outputs["process"][0], outputs["other process"][0]
    assert first.strip().isdigit()
    assert first != second


def test_nothing_is_left_when_the_kernel_has_ended(outputs):
    left = [int(outputs[name][0]) for name in ("process", "other process")]
    deadline = time.monotonic() + 30
    while any(psutil.pid_exists(pid) for pid in left):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _run(tmp_path, text):
    path = tmp_path / "hw2.py"
    path.write_text(dedent(text), "utf-8")
    return subprocess.run(
        [sys.executable, str(path)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "LANG": "C"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_without_a_notebook_a_script_checks_itself_in_plain_text(cache_folder, tmp_path):
    result = _run(
        tmp_path,
        """
        import torch
        from graders.notebook import check

        def corner(x, rows, columns):
            return x[:rows, :columns]

        check("corner", assignment="hw2")
        """,
    )
    assert result.returncode == 0, result.stderr
    assert "4 of 4 points" in result.stdout
    assert "<" not in result.stdout


def test_without_a_notebook_a_wrong_name_ends_the_script(tmp_path):
    result = _run(tmp_path, 'from graders.notebook import check\ncheck("no_such_function")')
    assert result.returncode == 1
    assert "CheckError: no assignment has a question no_such_function" in result.stderr


# ---------------------------------------------------------------- which assignment is meant


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Two assignments that share a question."""
    for name, extra in (("hw1", "first"), ("hw2", "second")):
        text = f"title: T\nquestions: {{both: {{arguments: {{}}}}, {extra}: {{arguments: {{}}}}}}"
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        assert len(load_assignment(tmp_path / f"{name}.yaml").questions) == 2
    monkeypatch.setattr(notebook_grader, "ASSIGNMENTS", tmp_path)
    return tmp_path


def test_the_only_assignment_with_the_question_is_meant(shelf):
    assert notebook_grader._path(None, "second") == shelf / "hw2.yaml"


def test_several_assignments_with_the_question_are_named(shelf):
    with pytest.raises(UsageError, match="hw1, hw2 all have a question both") as caught:
        notebook_grader._path(None, "both")
    assert caught.value.hint == 'say which one is meant: check("both", assignment="hw1")'


def test_a_question_of_no_assignment_is_answered_with_a_similar_one(shelf):
    with pytest.raises(UsageError, match="no assignment has a question secand") as caught:
        notebook_grader._path(None, "secand")
    assert caught.value.hint == "there is a question with a similar name: second"


def test_the_kernel_imports_nothing_that_it_does_not_need():
    names = "import graders.notebook, sys; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", names], capture_output=True, cwd=REPOSITORY, encoding="utf-8"
    )
    assert not {"torch", "numpy", "pydantic", "IPython", "rich"} & {*found.stdout.split()}
