"""The files that students begin with: they say what to write, and grading them says no more."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.cli import main
from graders.errors import UsageError
from graders.feedback.language import Words
from graders.feedback.wide import width_of
from graders.reports.lines import question_messages, report_lines
from graders.spec import Text, load_assignment
from graders.starter import (
    WIDTH,
    argument_notes,
    signature,
    starter_path,
    starter_script,
    type_hints,
    write_new,
)
from graders.starter_notebook import starter_notebook
from graders.submissions.source import read_source

ASSIGNMENTS = Path(__file__).parents[1] / "assignments"
ENGLISH = Words("en")


def script_of(name, language="en"):
    assignment = load_assignment(ASSIGNMENTS / f"{name}.yaml")
    return assignment, starter_script(assignment, Words(language), f"python grade.py {name}")


def without_spaces(text):
    return re.sub(r"\s", "", text)


shipped = pytest.mark.parametrize("name", ["hw1", "hw2", "hw3", "hw4", "hw5"])
both_languages = pytest.mark.parametrize("language", ["en", "zh"])


# ---------------------------------------------------------------- scripts


@shipped
@both_languages
def test_every_question_is_a_function_with_its_arguments_and_its_prompt(name, language):
    assignment, text = script_of(name, language)
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    assert [function.name for function in functions] == list(assignment.questions)
    for function, question in zip(functions, assignment.questions.values(), strict=True):
        assert [each.arg for each in function.args.args] == list(question.arguments)
        assert all(each.annotation is not None for each in function.args.args)
        docstring = without_spaces(ast.get_docstring(function) or "")
        assert docstring.startswith(without_spaces(question.prompt.in_language(language)))


@shipped
@both_languages
def test_no_line_is_wider_than_the_page(name, language):
    _, text = script_of(name, language)
    assert max(map(width_of, text.splitlines())) <= WIDTH


@shipped
def test_the_file_runs(name):
    _, text = script_of(name)
    exec(compile(text, name, "exec"), {})


def test_the_title_and_the_command_stand_at_the_top():
    docstring = ast.get_docstring(ast.parse(script_of("hw2", "zh")[1]))
    assert docstring is not None
    title, _, usage = docstring.partition("\n\n")
    assert title == "改变形状"
    assert "`python grade.py hw2`" in usage


def test_a_starter_looks_like_this():
    _, text = script_of("hw2")
    found = re.search(r"\ndef corner.*?NotImplementedError\n", text, re.DOTALL)
    assert found
    assert (
        found[0]
        == '''
def corner(x: Tensor, rows: int, columns: int):
    """Return the top-left corner of the matrix `x` with `rows` rows and `columns`
    columns. The result shares its memory with `x`.

    x        [height, width]; float32, float64, int64, bool
    rows     1 <= rows <= height
    columns  1 <= columns <= width
    """
    raise NotImplementedError
'''
    )


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_prompt_becomes_a_docstring_that_says_the_same(prompt):
    assignment = load_assignment(ASSIGNMENTS / "hw2.yaml")
    question = assignment.questions["corner"].model_copy(update={"prompt": Text((("en", prompt),))})
    only = assignment.model_copy(update={"questions": {"corner": question}})
    function = ast.parse(starter_script(only, ENGLISH, "grade")).body[-1]
    assert isinstance(function, ast.FunctionDef)
    docstring = ast.get_docstring(function, clean=False)
    assert docstring is not None
    assert without_spaces(docstring).startswith(without_spaces(prompt))


# ---------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("argument", "hint", "note"),
    [
        ("{tensor: [n, k]}", "Tensor", "[n, k]; float32, float64"),
        ("{tensor: [n], dtype: int64, below: k}", "Tensor", "[n]; int64; 0 <= a < k"),
        ("{tensor: [n], positive: true}", "Tensor", "[n]; float32, float64; a > 0"),
        ("{tensor: [n], non-zero: true}", "Tensor", "[n]; float32, float64; a != 0"),
        ("{tensor: {either: [[n, 1], [n]]}}", "Tensor", "[n, 1] | [n]; float32, float64"),
        ("{array: [n], dtype: float64}", "np.ndarray", "[n]; float64"),
        ("{integer: 1..k}", "int", "1 <= a <= k"),
        ("{integer: 3}", "int", "a = 3"),
        ("{float: 0.1..1}", "float", "0.1 <= a <= 1"),
        ("{number: [integer, boolean], range: 0..1}", "int | bool", "0 <= a <= 1"),
        ("{size: n}", "int", "a = n"),
        ("{boolean: any}", "bool", None),
        ("{seed: any}", "int", None),
        ("{string: [mean, sum]}", "str", "one of 'mean', 'sum'"),
        ("{choice: [1, 2.5, x]}", "int | float | str", "one of 1, 2.5, 'x'"),
        ("{shape: 0..3}", "tuple[int, ...]", None),
        ("{nested list: [n, k], of: mixed}", "list[list[int | float]]", "[n, k]"),
        ("{nested list: [...]}", "list", "[...]"),
        ("{list: {tensor: [n]}}", "list[Tensor]", "each [n]; float32, float64"),
        ("{list: {boolean: any}}", "list[bool]", None),
        ("{torch dtype: [int64, bool]}", "torch.dtype", "one of torch.int64, torch.bool"),
    ],
)
def test_each_kind_of_argument_has_a_type_and_says_what_the_type_does_not(
    question_of, argument, hint, note
):
    question = question_of(f"arguments: {{x: {{tensor: [n, k]}}, a: {argument}}}")
    assert type_hints(question)["a"] == hint
    assert argument_notes(question, ENGLISH).get("a") == note


def test_an_argument_like_another_has_its_type(question_of):
    question = question_of("arguments: {a: {list: {tensor: [n]}}, b: {like: a}}")
    assert type_hints(question)["b"] == "list[Tensor]"
    assert argument_notes(question, ENGLISH)["b"] == "like a"


def test_a_dtype_may_be_that_of_another_argument(question_of):
    question = question_of("arguments: {a: {tensor: [n]}, b: {tensor: [n], dtype: same as a}}")
    assert argument_notes(question, ENGLISH)["b"] == "[n]; dtype of a"


def test_a_long_signature_is_broken(question_of):
    arguments = ", ".join(f"argument_{n}: {{tensor: [n]}}" for n in range(6))
    lines = signature("f", question_of(f"arguments: {{{arguments}}}")).split("\n")
    assert lines[0] == "def f("
    assert lines[1:-1] == [f"    argument_{n}: Tensor," for n in range(6)]
    assert lines[-1] == "):"


def test_a_question_without_prompt_and_notes_still_has_a_docstring(tmp_path):
    path = tmp_path / "hw.yaml"
    path.write_text("title: T\nquestions: {f: {arguments: {flag: {boolean: any}}}}", "utf-8")
    text = starter_script(load_assignment(path), ENGLISH, "grade")
    assert 'def f(flag: bool):\n    """f."""\n' in text
    assert "Tensor" not in text


def test_numpy_is_imported_where_a_signature_needs_it(tmp_path):
    path = tmp_path / "hw.yaml"
    path.write_text("title: T\nquestions: {f: {arguments: {a: {array: [n]}}}}", "utf-8")
    text = starter_script(load_assignment(path), ENGLISH, "grade")
    assert "import numpy as np\nimport torch\n" in text


# ---------------------------------------------------------------- notebooks


@shipped
@both_languages
def test_a_notebook_is_valid_and_checks_every_function(name, language):
    assignment = load_assignment(ASSIGNMENTS / f"{name}.yaml")
    text = starter_notebook(assignment, Words(language), f"python grade.py {name}")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    title, imports, *rest = notebook.cells
    assert title.source.startswith(f"# {assignment.title.in_language(language)}\n")
    assert "from graders.notebook import check" in imports.source
    assert f'assignment, language = "{name}", "{language}"' in imports.source
    for number, (function, question) in enumerate(assignment.questions.items()):
        prompt, code, check = rest[3 * number : 3 * number + 3]
        assert question.prompt.in_language(language) in prompt.source
        assert code.source == f"{signature(function, question)}\n    raise NotImplementedError"
        assert check.source == f'check("{function}")'
    assert [cell.cell_type for cell in rest] == ["markdown", "code", "code"] * (len(rest) // 3)


def test_a_notebook_is_the_same_each_time():
    assignment = load_assignment(ASSIGNMENTS / "hw2.yaml")
    first, second = (starter_notebook(assignment, ENGLISH, "grade") for _ in range(2))
    assert first == second


# ---------------------------------------------------------------- grading what was written


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_a_starter_is_graded_without_any_other_complaint(suffix, grader_of, tmp_path):
    grader = grader_of("hw2")
    make = starter_script if suffix == ".py" else starter_notebook
    path = tmp_path / f"hw2{suffix}"
    write_new(path, make(grader.assignment, ENGLISH, "grade"), other="")
    report = grader.grade(read_source(path), only=["corner", "stack_batch"])
    assert report.problems == ()
    for result in report.questions:
        said = list(question_messages(result, report, grader.assignment, ENGLISH))
        assert [each.headline for each in said] == [f"`{result.function}` is not written yet."]
        assert (said[0].call, said[0].facts, said[0].hint) == ((), (), None)


def test_a_script_that_checks_itself_is_graded_like_any_other(grader_of, grade):
    text = "from graders.notebook import check\ndef corner(x, rows, columns):\n"
    text += "    return x[:rows, :columns]\ncheck('corner')\n"
    report = grade(grader_of("hw2"), text, "corner")
    assert report.problems == ()
    assert report.verdict == "passed"


HALF_WRITTEN = """
def helper(x):
    raise NotImplementedError

def f(x):
    return helper(x)
"""
FROM_TORCH = """
def f(x):
    error = NotImplementedError("Could not run 'aten::f' with arguments from the 'X' backend")
    raise error
"""


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("def f(x):\n    raise NotImplementedError", "`f` is not written yet."),
        ("def f(x):\n    raise NotImplementedError()", "`f` is not written yet."),
        ('def f(x):\n    raise NotImplementedError("later")', "`f` is not written yet."),
        (HALF_WRITTEN, "`f` raises NotImplementedError."),
        (FROM_TORCH, "`f` raises NotImplementedError."),
    ],
)
def test_only_an_unwritten_function_is_called_unwritten(course, grade, text, headline):
    grader = course("f: {arguments: {x: {tensor: [n]}}}", "def f(x): return x + 1")
    report = grade(grader, text)
    said = list(question_messages(report.questions[0], report, grader.assignment, ENGLISH))
    assert said[0].headline == headline
    lines = [each.text for each in report_lines(report, grader.assignment, ENGLISH)]
    unwritten = headline == "`f` is not written yet."
    assert any(line.endswith("0 of 1 point   unwritten") for line in lines) == unwritten
    assert any(headline in line for line in lines) != unwritten


# ---------------------------------------------------------------- the command


def test_a_file_that_is_there_is_left_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("hw2.py").write_text("mine", "utf-8")
    assert main(["new", "hw2"]) == 2
    assert Path("hw2.py").read_text("utf-8") == "mine"
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "grade.py: hw2.py exists, and is left as it is",
        "hint: to write another file: python grade.py new hw2 -o other.py",
    ]


def test_the_command_writes_a_script_and_says_how_to_grade_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "hw2", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "hw2.py is written; `python grade.py hw2` grades it.\n"
    assert read_source(Path("hw2.py")).name == "hw2.py"


def test_a_notebook_of_another_name_is_named_in_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "hw2", "--notebook", "-o", "mine.ipynb", "--lang", "en"]) == 0
    assert "`python grade.py hw2 mine.ipynb`" in capsys.readouterr().out
    assert "python grade.py hw2 mine.ipynb" in nbformat.read("mine.ipynb", 4).cells[0].source


def test_an_output_folder_gets_the_usual_name(tmp_path):
    assert starter_path(tmp_path, "hw2.py") == tmp_path / "hw2.py"
    assert starter_path(None, "hw2.py") == Path("hw2.py")


@pytest.mark.parametrize(("given_name", "default"), [("a.py", "hw2.ipynb"), ("a", "hw2.py")])
def test_a_name_with_another_suffix_is_refused(given_name, default):
    with pytest.raises(UsageError, match=Path(default).suffix) as caught:
        starter_path(Path(given_name), default)
    assert caught.value.hint


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        write_new(tmp_path / "no" / "hw2.py", "", other="")
