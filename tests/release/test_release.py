"""What students get: every public check at full strength, and nothing else of the assignment."""

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from textwrap import dedent

import pytest
from corpus_files import corpus

from graders.cli import main
from graders.grading import Grader, open_banks
from graders.release.repository import REQUIREMENTS
from graders.spec import load_assignment
from graders.submissions.source import read_source
from graders.worker import sources

ROOT = Path(__file__).parents[2]
SHIPPED = [
    pytest.param(name, marks=[pytest.mark.slow, pytest.mark.xdist_group(name)])
    for name in ("hw1", "hw2", "hw3", "hw4", "hw5")
]

YAML = """\
# COMMENT-1: not for students
title: {en: Vectors, zh: 向量}
reference: answers.py
seed: 3
notes: NOTE-1 of the file
limits: {seconds: 0.5}
questions:
  total:  # COMMENT-2
    points: {values: 3, own memory: 1}
    prompt: {en: Add all elements., zh: 把所有元素加起来。}
    arguments: {x: {tensor: [n], dtype: [float32, float64]}}
    checks: [own memory]
    properties: [order_does_not_matter, secret_property]
    examples: [{x: [1, 2, 3]}]
    hints: {own memory: HINT-1, values: Each element counts.}
    notes: NOTE-2 of a question
    visibility: {own memory: hidden, property secret property: hidden}
    cases: 20
    equivalent mutants: [{change: MUTANT-1, reason: none}]
  first_root:
    arguments: {x: {tensor: [n], range: 0..100}, mode: {string: ["yes", "010", "1e5"]}}
    dimensions: {n: 0..4}
    constant operations in: [n]
    forbid: [loops]
    cases: 20
  secret_question:
    arguments: {x: {tensor: [n]}}
    visibility: hidden
    cases: 20
"""
REFERENCE = """\
import torch


def total(x):
    return torch.einsum("i->", x.clone())


def first_root(x, mode):
    if not len(x):
        raise ValueError("there is no first element to take")
    roots = x.clamp(min=0).sqrt()
    return roots[0]


def secret_question(x):
    return x.flip(0).cumsum(dim=0)
"""
PROPERTIES = """\
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graders.properties import Student, require, tensor

VALUES = [1.0, 2.0, 4.0]
ANSWER_1 = 7.0  # COMMENT-3


def reversed_values():
    return VALUES[::-1]


@given(start=st.integers(0, 2))
def order_does_not_matter(student: Student, start: int) -> None:
    one = student.total(tensor(VALUES[start:]))
    require(np.isclose(one, student.total(tensor(VALUES[start:][::-1]))), en="Order matters.")


@given(start=st.integers(0, 2))
def secret_property(student: Student, start: int) -> None:
    require(student.total(tensor(reversed_values())) == ANSWER_1)
"""
PRIVATE = ["COMMENT-", "NOTE-", "HINT-1", "MUTANT-1", "secret", "ANSWER_1", "reversed_values"]
RIGHT = """
import torch
def total(x):
    return x.sum()
def first_root(x, mode):
    if x.numel() == 0:
        raise ValueError
    return torch.sqrt(x)[0]
"""
SUBMISSIONS = {
    "right": RIGHT,
    "nothing": "import torch",
    "wrong values": RIGHT.replace("x.sum()", "x.mean()"),
    "wrong for later cases": RIGHT.replace("torch.sqrt(x)[0]", "torch.sqrt(x)[0] + (len(x) > 3)"),
    "no exception": RIGHT.replace("raise ValueError", "return None"),
    "a loop": RIGHT.replace("torch.sqrt(x)[0]", "[r for r in torch.sqrt(x)][0]"),
    "a broken property": RIGHT.replace("x.sum()", "x.sum() + 100 * (x[0] == 4)"),
    "a syntax error": "def total(x",
    "endless": RIGHT.replace("return x.sum()", "while True: pass"),
}


@pytest.fixture(scope="module")
def in_process(workers) -> Iterator[None]:
    """Let commands use the workers of the session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "worker_source", lambda: nullcontext(workers))
        patch.setenv("LC_ALL", "C.UTF-8")
        yield


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """An assignment with something to hide of every kind."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "hw7.yaml").write_text(YAML, encoding="utf-8")
    (folder / "answers.py").write_text(REFERENCE, encoding="utf-8")
    (folder / "hw7_properties.py").write_text(PROPERTIES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def released(course, in_process) -> Path:
    """The release of that assignment."""
    target = course / "students"
    assert main(["release", str(course / "hw7.yaml"), "-o", str(target), "--lang", "en"]) == 0
    return target


def grader(path, workers, cache_folder):
    assignment = load_assignment(path)
    return Grader(assignment, open_banks(assignment, cache_folder), workers, explain=False)


# ---------------------------------------------------------------- what is not in it


def released_files(folder):
    """Every file but the grader's own code, which is that of this repository."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).parts[0] not in ("graders", ".git"):
            yield path


def code_lines(source):
    """The lines of a reference that say how something is done, without layout and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    common = re.compile(r"(def|import|from|class|@|else|try|pass|return \w+$)")
    lines = {line.strip() for line in ast.unparse(tree).splitlines()}
    return {line for line in lines if len(line) > 8 and not common.match(line)}


def flat(data):
    """The bytes of a file with every run of white space as one blank, quotes alike."""
    return re.sub(rb"\s+", b" ", data.replace(b'"', b"'").replace(b"\\n", b" "))


def quoted(folder, source):
    lines = code_lines(source)
    assert lines
    files = {path: flat(path.read_bytes()) for path in released_files(folder)}
    return [(p.name, line) for p, data in files.items() for line in lines if line.encode() in data]


def test_nothing_private_is_in_any_file(released):
    files = [*released_files(released)]
    assert len(files) > 8
    assert released / ".github" / "workflows" / "grade.yml" in files
    for path in files:
        data = path.read_bytes()
        assert [word for word in PRIVATE if word.encode() in data] == [], path
        assert not [word for word in PRIVATE if word in path.name]
    assert quoted(released, REFERENCE) == []
    assert b"there is no first element" not in b"".join(path.read_bytes() for path in files)


def test_the_search_for_quoted_lines_finds_them(released, tmp_path):
    shutil.copytree(released / "sealed", tmp_path / "sealed")
    (tmp_path / "hw7.py").write_text("roots   = x.clamp(\n  min=0).sqrt()".replace("\n  ", ""))
    assert quoted(tmp_path, REFERENCE) == [("hw7.py", "roots = x.clamp(min=0).sqrt()")]


def test_the_grader_in_it_is_this_one(released):
    ours = {p.relative_to(ROOT) for p in (ROOT / "graders").rglob("*") if p.is_file()}
    for path in ours:
        if "__pycache__" not in path.parts:
            assert (released / path).read_bytes() == (ROOT / path).read_bytes()
    theirs = {p.relative_to(released) for p in (released / "graders").rglob("*") if p.is_file()}
    assert {path for path in theirs - ours if "__pycache__" not in path.parts} == {
        Path("graders/LICENSE")
    }


def test_the_requirements_are_those_of_the_project():
    listed = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    dependencies = re.findall(r'^    "(.+)",$', listed.partition("optional-dep")[0], re.MULTILINE)
    unused = ("matplotlib", "pytest", "torch")  # torch is pinned
    needed = [each for each in dependencies if not each.startswith(unused)]
    assert [*REQUIREMENTS] == needed


# ---------------------------------------------------------------- what is in it


def test_the_public_assignment_says_what_the_whole_one_says(course, released):
    whole = load_assignment(course / "hw7.yaml")
    public = load_assignment(released / "assignments" / "hw7.yaml")
    assert [*public.questions] == ["total", "first_root"]
    assert public.questions["total"].points == {"values": 3}
    assert public.questions["total"].checks == ()
    assert public.questions["total"].properties == ("order_does_not_matter",)
    assert public.questions["first_root"] == whole.questions["first_root"]
    assert public.title == whole.title
    assert public.seed == 3


def test_public_properties_come_with_all_they_need(released):
    text = (released / "assignments" / "hw7_properties.py").read_text(encoding="utf-8")
    names = {"__name__": "hw7_properties"}
    exec(compile(text, "hw7_properties.py", "exec"), names)
    assert {"order_does_not_matter", "VALUES"} <= names.keys()


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_a_release_and_the_course_agree_on_public_checks(
    course, released, workers, cache_folder, tmp_path, name
):
    file = tmp_path / "hw7.py"
    file.write_text(dedent(SUBMISSIONS[name]), encoding="utf-8")
    verdicts = []
    for path in (course / "hw7.yaml", released / "assignments" / "hw7.yaml"):
        report = grader(path, workers, cache_folder).grade(read_source(file))
        verdicts.append(
            {
                (result.function, check.check, check.device, check.verdict, check.cases)
                for result in report.questions
                if not result.hidden
                for check in result.checks
                if not check.hidden
            }
        )
    assert verdicts[0] == verdicts[1]
    assert (name == "right") == all(verdict == "passed" for *_, verdict, _ in verdicts[1])


def test_what_remains_promises_no_full_marks(released, in_process, tmp_path, capsys):
    file = tmp_path / "hw7.py"
    file.write_text(RIGHT)
    where = [str(released / "assignments" / "hw7.yaml"), str(file)]
    assert main([*where, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "public checks passed: 4 of 4 points" in shown
    assert "further checks may count" in shown
    assert main([*where, "--lang", "zh"]) == 0
    assert "公开检查全部通过：4 / 4 分" in capsys.readouterr().out
    assert main([*where, "--format", "html", "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert "public checks passed: 4 of 4 points" in page
    assert page.count('class="verdict">public checks passed<') == 2
    assert main([*where, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["public_checks_only"] is True


def test_the_smallest_sealed_case_is_shown(released, in_process, tmp_path, capsys):
    file = tmp_path / "hw7.py"
    file.write_text(SUBMISSIONS["wrong for later cases"])
    assert main([str(released / "assignments" / "hw7.yaml"), str(file), "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "`first_root` returns wrong values." in shown
    assert re.search(r"x = torch.tensor\(\[[^\[\],]*,[^\[\],]*,[^\[\],]*,[^\[\],]*\]", shown)


@pytest.mark.parametrize("arguments", [["audit"], ["batch"], ["release"], ["--seed", "1"]])
def test_what_needs_the_reference_says_so(released, in_process, tmp_path, capsys, arguments):
    (tmp_path / "hw7.py").write_text(RIGHT)
    command, *options = arguments if arguments[0] != "--seed" else ["grade", *arguments]
    where = str(released / "assignments" / "hw7.yaml")
    files = {"batch": [str(tmp_path)], "grade": [str(tmp_path / "hw7.py")]}.get(command, [])
    assert main([command, where, *files, *options, "--lang", "en"][: None if files else 2]) == 2
    assert "the cases are sealed; this needs the reference" in capsys.readouterr().err


# ---------------------------------------------------------------- how it can go wrong


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "changed", "of another question"])
def test_damaged_cases_are_one_sentence(released, in_process, tmp_path, capsys, damage):
    copy = tmp_path / "students"
    shutil.copytree(released, copy, ignore=shutil.ignore_patterns("graders"))
    path = copy / "sealed" / "hw7" / "first_root.safetensors"
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(
            {
                "empty": b"",
                "cut": data[: len(data) // 2],
                "changed": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
                "of another question": (path.parent / "total.safetensors").read_bytes(),
            }[damage]
        )
    (tmp_path / "hw7.py").write_text(RIGHT)
    arguments = [str(copy / "assignments" / "hw7.yaml"), str(tmp_path / "hw7.py"), "--lang", "en"]
    assert main([*arguments, "-q", "first_root"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "first_root.safetensors: the sealed cases are missing or damaged" in err
    assert len(err.splitlines()) == 2


def test_a_folder_with_work_in_it_is_left_alone(course, in_process, tmp_path, capsys):
    (tmp_path / "hw7.py").write_text("my work")
    assert main(["release", str(course / "hw7.yaml"), "-o", str(tmp_path), "--lang", "en"]) == 2
    assert "is not empty, and is left as it is" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["hw7.py"]


def test_a_property_that_uses_a_hidden_question_is_refused(course, in_process, tmp_path, capsys):
    for name in ("answers.py", "hw7_properties.py"):
        shutil.copy(course / name, tmp_path / name)
    text = PROPERTIES.replace("one = student.total", "student.secret_question; one = student.total")
    (tmp_path / "hw7_properties.py").write_text(text)
    (tmp_path / "hw7.yaml").write_text(YAML)
    target = tmp_path / "students"
    assert main(["release", str(tmp_path / "hw7.yaml"), "-o", str(target), "--lang", "en"]) == 2
    said = "a public property uses the hidden question `secret_question`"
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_an_assignment_that_is_hidden_altogether_is_refused(in_process, tmp_path, capsys):
    (tmp_path / "hw7.yaml").write_text(
        "title: T\nreference: a.py\nquestions: {f: {arguments: {}, visibility: hidden}}"
    )
    (tmp_path / "a.py").write_text("def f(): return 1")
    assert main(["release", str(tmp_path / "hw7.yaml"), "-o", str(tmp_path / "out")]) == 2
    assert "every question is hidden" in capsys.readouterr().err


# ---------------------------------------------------------------- a student's way


def commands_of(readme):
    """The commands of a README but for those that install something, one list of words each."""
    blocks = re.findall(r"^```\n(.*?)^```", readme, flags=re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith(("python ", ".venv/bin/python ")) for line in lines)
    return [line.split()[1:] for line in lines if "install" not in line and "venv " not in line]


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_fresh_clone_needs_nothing_but_the_commands_of_its_readme(released, tmp_path):
    copy, clone = tmp_path / "upstream", tmp_path / "clone"
    shutil.copytree(released, copy)
    who = ("-c", "user.name=staff", "-c", "user.email=staff@example.org")
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "Release"]):
        assert run("git", *command, cwd=copy).returncode == 0
    assert run("git", "clone", "-q", str(copy), str(clone), cwd=tmp_path).returncode == 0
    [command] = commands_of((clone / "README.md").read_text(encoding="utf-8"))
    started = run(sys.executable, *command, cwd=clone)
    assert (started.returncode, started.stderr) == (1, "")
    assert re.search(r"total .* unwritten\n", started.stdout)
    notebook = json.loads((clone / "hw7.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if "NotImplementedError" in "".join(cell["source"]):
            cell["source"] = RIGHT
    (clone / "hw7.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    finished = run(sys.executable, *command, cwd=clone)  # grades the notebook: it has been written
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "public checks passed: 4 of 4 points" in finished.stdout


def test_a_release_speaks_chinese(course, in_process, tmp_path):
    target = tmp_path / "students"
    assert main(["release", str(course / "hw7.yaml"), "-o", str(target), "--lang", "zh"]) == 0
    assert (target / "README.md").read_text(encoding="utf-8").startswith("# 向量")
    assert "把所有元素加起来" in (target / "hw7.py").read_text(encoding="utf-8")


# ---------------------------------------------------------------- our own assignments


@pytest.fixture(scope="module")
def shipped(tmp_path_factory, in_process):
    """Release one of our assignments, once."""
    folder = tmp_path_factory.mktemp("shipped")

    def shipped(name):
        if not (folder / name).is_dir():
            assert main(["release", name, "-o", str(folder / name), "--lang", "en"]) == 0
        return folder / name

    return shipped


@pytest.mark.parametrize("name", SHIPPED)
def test_no_line_of_a_reference_is_in_its_release(name, shipped):
    source = (ROOT / "reference" / f"{name}.py").read_text(encoding="utf-8")
    assert quoted(shipped(name), source) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_release_gives_the_corpus_the_verdicts_of_the_course(
    name, shipped, workers, cache_folder
):
    released = grader(shipped(name) / "assignments" / f"{name}.yaml", workers, cache_folder)
    wrong = []
    for file in corpus(name):
        [result] = released.grade(read_source(file.path), only=[file.function]).questions
        expected = [] if file.check is None else [file.check]
        if [check.check for check in result.failed] != expected:
            wrong.append((file.id, [check.check for check in result.failed]))
    assert wrong == []
