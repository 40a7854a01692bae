"""A class from end to end: the command, interrupted and not."""

import csv
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from classes import ASSIGNMENT, LAYOUTS, REFERENCE, RIGHT, WRONG, batch, submissions, write_course
from gpu_stand_in import NAME, stand_in

from graders.cases.store import BankStore
from graders.feedback.language import languages
from graders.gradebook.executor import Task, grade_task
from graders.gradebook.keys import question_keys
from graders.gradebook.store import Gradebook
from graders.grading import Grader, open_reference
from graders.spec import load_assignment
from graders.worker.gpu import device_files

pytestmark = pytest.mark.xdist_group("class")


def grades(results: Path) -> dict[str, dict[str, str]]:
    with (results / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def graded_at(results: Path) -> dict[tuple[str, str, str], str]:
    """Return when what was graded: content, function, and the key of the question."""
    connection = sqlite3.connect(results / "gradebook.sqlite")
    found = connection.execute("SELECT content, function, question, data, graded_at FROM results")
    marks = {tuple(key): data + when for *key, data, when in found}
    connection.close()
    return marks


def changes(results: Path) -> list[tuple[object, ...]]:
    """Return what the history says."""
    connection = sqlite3.connect(results / "gradebook.sqlite")
    found = connection.execute("SELECT student, before, after, why FROM history").fetchall()
    connection.close()
    return found


def test_every_submission_has_a_row_with_the_points_it_deserves(graded):
    rows = grades(graded[1])
    assert len(rows) == len([*submissions()])
    points = [row["points"] for row in rows.values()]
    #        right wrong half hangs floods crashes empty syntax bytes right wrong broken
    assert points[:12] == ["2", "2", "2", "3", "3", "3", "0", "0", "0", "5", "2", "0"]
    assert points[12:15] == ["0", "0", "3"]  # the last one has a right function
    assert points[15:] == ["5" if number % 3 else "2" for number in range(23)]


def test_what_is_there_is_said_before_grading_and_kept(graded):
    _, results, said = graded
    kept = (results / "intake.txt").read_text(encoding="utf-8")
    assert said.startswith(kept)
    assert "student1_101_990_hw-1.py, not student1_101_901_hw.py" in kept


def test_rows_without_a_grade_have_a_reason(graded):
    rows = grades(graded[1])
    assert "is empty" in rows["107"]["reason"]
    assert "not a notebook" in rows["112"]["reason"]
    assert "107: failed: hw.py is empty" in graded[2]


def test_results_are_readable_by_their_owner_alone(graded):
    for path in [graded[1], *graded[1].rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_each_student_gets_a_page_and_a_text(graded):
    folder = graded[1] / "feedback"
    page = (folder / "html" / "student2_102_902_hw.html").read_text(encoding="utf-8")
    text = (folder / "markdown" / "student2_102_902_hw.md").read_text(encoding="utf-8")
    assert "<strong>2 of 5 points</strong>" in page
    assert "**2 of 5 points**" in text
    assert "## q1 `column`: 0 of 3 points" in text
    assert "is empty" in (folder / "markdown" / "student7_LATE_107_907_hw.md").read_text()


def test_each_line_of_results_is_a_row_with_its_checks(graded):
    lines = (graded[1] / "results.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["student"] for row in rows] == [*grades(graded[1])]
    failed = [each["check"] for each in rows[1]["checks"]["column"] if each["verdict"] == "failed"]
    assert len(failed) == 1


def test_a_second_run_grades_nothing(graded, course, here):
    folder, results, _ = graded
    before = grades(results), graded_at(results)
    said = here(course, folder, results)
    assert "0 different submissions graded" in said
    assert (grades(results), graded_at(results)) == before


@pytest.mark.parametrize("layout", ["moodle", "nbgrader"])
def test_layouts_make_no_difference(layout, graded, course, tmp_path, here):
    folder = LAYOUTS[layout](tmp_path / "class")
    results = tmp_path / "results"
    results.mkdir()
    shutil.copy(graded[1] / "gradebook.sqlite", results)  # the same texts are known already
    here(course, folder, results)
    there, here = grades(graded[1]), grades(results)
    same = [name for name in there if name != "101"]  # who sent twice in the other layout
    assert {n: here[n]["points"] for n in same} == {n: there[n]["points"] for n in same}
    assert here["101"]["points"] == "5"


@pytest.mark.slow
def test_killed_at_random_moments_it_goes_on_to_the_same_grades(graded, course, tmp_path):
    folder, results, _ = graded
    moments = random.Random(7)
    for _ in range(3):
        with open(os.devnull, "w") as nowhere:
            process = batch(course, folder, tmp_path / "results", start=nowhere)
            time.sleep(moments.uniform(1.5, 6))
            process.send_signal(signal.SIGKILL)
            process.wait()
    batch(course, folder, tmp_path / "results")
    assert grades_alone(tmp_path / "results") == grades_alone(results)


@pytest.mark.slow
def test_stopped_by_the_keyboard_it_ends_cleanly_and_goes_on(graded, course, tmp_path):
    folder, results, _ = graded
    log = tmp_path / "log"
    with log.open("w") as stream:
        process = batch(course, folder, tmp_path / "results", start=stream)
        wait_for_results(tmp_path / "results" / "gradebook.sqlite-wal", process)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(90) == 130
    assert "Traceback" not in log.read_text()
    batch(course, folder, tmp_path / "results")
    assert grades_alone(tmp_path / "results") == grades_alone(results)


def wait_for_results(log: Path, process: subprocess.Popen) -> None:
    """Wait until something of the class has been written."""
    first = None
    while process.poll() is None:
        size = log.stat().st_size if log.exists() else 0
        first = first or size
        if first and size > first:
            return
        time.sleep(0.02)
    pytest.fail("the class was graded before it could be interrupted")


def grades_alone(results: Path) -> dict[str, list[str]]:
    names = ("points", "verdict", "reason", "column", "double")
    return {student: [row[name] for name in names] for student, row in grades(results).items()}


def test_a_changed_question_is_graded_again_alone_and_says_who_changed(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    for name, code in (("ann", RIGHT), ("bob", WRONG)):
        (folder / f"{name}_hw.py").write_text(code, encoding="utf-8")
    results = tmp_path / "results"
    here(course, folder, results)
    before = graded_at(results)
    write_course(tmp_path, reference=REFERENCE.replace("2 * x", "3 * x"))
    said = here(course, folder, results)
    assert "ann: 5 to 3, question changed: double (double 2 to 0)" in said
    after = graded_at(results)
    assert {key: after[key] for key in before} == before
    assert {function for _, function, _ in after.keys() - before.keys()} == {"double"}
    assert changes(results)[0] == ("ann", 5, 3, "question changed: double (double 2 to 0)")
    (folder / "bob_hw.py").write_text(RIGHT, encoding="utf-8")
    assert "bob: 0 to 3, submission changed (column 0 to 3)" in here(course, folder, results)


def test_where_the_assignment_lies_changes_no_key(tmp_path):
    reference = "import torch\n{}\ndef column(x, j):\n    raise ValueError('no')\n"
    reference += "\ndef double(x):\n    return x\n"

    def keys(place, comment):
        course = write_course(tmp_path / place, reference=reference.format(comment))
        assignment = load_assignment(course)
        store = BankStore(open_reference(assignment), seed=0, folder=tmp_path / place)
        return question_keys(assignment, store)

    assert keys("here", "") == keys("there", "# one more line\n")


def test_each_of_those_who_sent_a_zip_gets_feedback_under_its_name(tmp_path, here):
    """What lies in the zip files is called the same."""
    course, folder, results = write_course(tmp_path), tmp_path / "class", tmp_path / "results"
    folder.mkdir()
    for number, text in enumerate([RIGHT, WRONG, RIGHT]):
        with zipfile.ZipFile(folder / f"student{number}_{number}_{number}_hw.zip", "w") as packed:
            packed.writestr("hw.py", text)
    here(course, folder, results)
    found = {path.stem for path in (results / "feedback" / "html").iterdir()}
    assert found == {f"student{number}_{number}_{number}_hw" for number in range(3)}
    assert {row["submission"] for row in grades(results).values()} == {f"{n}.zip" for n in found}


def test_feedback_on_what_counts_no_longer_is_removed(tmp_path, here):
    """Somebody hands back the whole folder."""
    course, folder, results = write_course(tmp_path), tmp_path / "class", tmp_path / "results"
    folder.mkdir()
    (folder / "ann_1_1_hw.py").write_text(WRONG, encoding="utf-8")
    (folder / "ben_2_2_hw.py").write_text(RIGHT, encoding="utf-8")
    here(course, folder, results)
    (folder / "ben_2_2_hw.py").unlink()
    (folder / "ann_1_3_hw-1.py").write_text(RIGHT, encoding="utf-8")
    here(course, folder, results)
    for kind in ("html", "markdown"):
        assert [path.stem for path in (results / "feedback" / kind).iterdir()] == ["ann_1_3_hw-1"]


def test_other_calls_on_devices_change_the_key(tmp_path, monkeypatch):
    """Which calls are repeated there decides about points as well."""
    assignment = load_assignment(write_course(tmp_path))
    store = BankStore(open_reference(assignment), seed=0, folder=tmp_path)
    before = question_keys(assignment, store)
    bank = store.bank
    monkeypatch.setattr(store, "bank", lambda *asked: replace(bank(*asked), sampled=(1,)))
    after = question_keys(assignment, store)
    assert all(before[name].question != after[name].question for name in before)


def test_nobody_reads_the_name_of_anothers_file(tmp_path, here):
    course = write_course(tmp_path)
    (tmp_path / "class").mkdir()
    for name in ("ann", "bob"):
        (tmp_path / "class" / f"{name}_hw.ipynb").write_text("no notebook", encoding="utf-8")
    here(course, tmp_path / "class", tmp_path / "results")
    rows = grades(tmp_path / "results")
    assert "hw.ipynb is not a notebook" in rows["ann"]["reason"]
    for path in (tmp_path / "results" / "feedback").rglob("bob.*"):
        assert "ann" not in path.read_text("utf-8")


def test_late_days_and_decisions_by_hand_are_kept_apart_from_raw_points(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    for name in ("ann", "bob"):
        place = folder / "submitted" / name / "hw"
        place.mkdir(parents=True)
        (place / "hw.py").write_text(RIGHT, encoding="utf-8")
        (place / "timestamp.txt").write_text("2026-11-22 12:00:00 UTC", encoding="utf-8")
    results = tmp_path / "results"
    results.mkdir()
    policy = "due: 2026-11-20 18:00:00+00:00\ngrace days: 1\npercent per day: 20\n"
    (results / "policy.yaml").write_text(policy, encoding="utf-8")
    decided = "student,question,points,reason\nbob,days late,0,was ill\nbob,column,1,copied\n"
    (results / "overrides.csv").write_text(decided, encoding="utf-8")
    said = here(course, folder, results)
    rows = grades(results)
    ann, bob = rows["ann"], rows["bob"]
    assert [ann["raw_points"], ann["days_late"], ann["deducted"], ann["points"]] == [
        *("5", "2", "1", "4")
    ]
    assert [bob["raw_points"], bob["days_late"], bob["deducted"], bob["points"]] == [
        *("3", "0", "0", "3")
    ]
    assert bob["decided_by_hand"] == "days late: was ill; column: copied"
    text = (results / "feedback" / "markdown" / "ann.md").read_text(encoding="utf-8")
    assert "2 days late: 5 points less 1." in text
    text = (results / "feedback" / "markdown" / "bob.md").read_text(encoding="utf-8")
    assert "`column`: 1 of 3 points" in text
    assert "late work: due 2026-11-2" in said
    assert "; 1 day of grace, then 20 % per day" in said
    (results / "overrides.csv").unlink()
    said = here(course, folder, results)
    assert "bob: 3 to 4, decision by hand withdrawn (column 1 to 3)" in said


def test_decisions_count_for_those_without_results(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    for name, code in (("ann", RIGHT), ("eve", ""), ("fay", "")):
        (folder / f"{name}_hw.py").write_text(code, encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("id\nann\nbob\neve\nfay\nkim\n", encoding="utf-8")
    results = tmp_path / "results"
    results.mkdir()
    decided = [
        *("student;question;points;reason", "ann;total;9;for the talk", "ann;column;3,5;bonus"),
        *("bob;column;2;shown on paper", "eve;double;1,5;sent by mail", "kim;days late;0;ill"),
    ]
    (results / "overrides.csv").write_text("\n".join(decided), encoding="utf-8")
    said = here(course, folder, results, "--roster", roster)
    points = {name: [row["points"], row["column"]] for name, row in grades(results).items()}
    assert points == {
        **{"ann": ["9", "3.5"], "bob": ["2", "2"], "eve": ["1.5", ""], "fay": ["0", ""]},
        "kim": ["", ""],
    }
    place = results / "overrides.csv"
    assert f"{place}, line 2: 9 points for total, which has 5; taken as they are\n" in said
    assert f"{place}, line 3: 3.5 points for column, which has 3; taken as they are\n" in said
    assert "decided by hand, but without points until a total is: kim\n" in said


def test_results_of_another_assignment_are_not_replaced(tmp_path, here):
    course = write_course(tmp_path)
    other = write_course(
        tmp_path / "other",
        assignment="title: Another\nquestions:\n  triple:\n    arguments: {x: {integer: 0..9}}\n",
        reference="def triple(x):\n    return 3 * x\n",
    )
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann.py").write_text(RIGHT, encoding="utf-8")
    here(course, folder, tmp_path / "results")
    before = (tmp_path / "results" / "grades.csv").read_bytes()
    answer = here(other, folder, tmp_path / "results")
    assert answer.startswith("2: grade.py: ")
    assert "holds the results of another assignment, with the questions column, double" in answer
    assert (tmp_path / "results" / "grades.csv").read_bytes() == before


def test_a_zip_without_code_is_a_row_and_its_sender_reads_why(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    with zipfile.ZipFile(folder / "ann.zip", "w") as archive:
        archive.writestr("hw.pdf", "my homework")
    (folder / "bob.zip").write_bytes(b"no zip")
    (folder / "eve.py").write_bytes(b"x = 1\0")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,language\nann,zh-CN\nbob,fr\neve,zh\n", encoding="utf-8")
    said = here(course, folder, tmp_path / "results", "--roster", roster, "--lang", "en")
    assert "no feedback in fr: that of 1 student is in en\n" in said
    rows = grades(tmp_path / "results")
    assert [(row["verdict"], row["points"]) for row in rows.values()] == [("failed", "0")] * 3
    reason = "There is no .py or .ipynb file in bob.zip that can be graded."
    assert rows["bob"]["reason"] == reason
    texts = tmp_path / "results" / "feedback" / "markdown"
    assert reason in (texts / "bob.md").read_text("utf-8")
    assert "ann.zip 里没有可以评分的 .py" in (texts / "ann.md").read_text("utf-8")
    assert "hw.py，第 1 行：有 NUL 字节" in (texts / "eve.md").read_text("utf-8")


LATE = """
def _half(points):
    return points / 2


def deduction(work):
    assert work.due.isoformat() == "2026-11-20T18:00:00+00:00"
    assert work.submitted_at.day == 22
    return 0 if work.student == "bob" else _half(work.points) + work.max_points - 5
"""


def test_a_function_decides_about_late_work(tmp_path, here):
    course = write_course(tmp_path)
    for name in ("ann", "bob"):
        place = tmp_path / "class" / "submitted" / name / "hw"
        place.mkdir(parents=True)
        (place / "hw.py").write_text(RIGHT, encoding="utf-8")
        (place / "timestamp.txt").write_text("2026-11-22 12:00:00 UTC", encoding="utf-8")
    results = tmp_path / "results"
    results.mkdir()
    policy = "due: 2026-11-20 18:00:00+00:00\nfunction: late.py\n"
    (results / "policy.yaml").write_text(policy, encoding="utf-8")
    (results / "late.py").write_text(LATE, encoding="utf-8")
    here(course, tmp_path / "class", results)
    rows = grades(results)
    assert [rows[name]["deducted"] for name in ("ann", "bob")] == ["2.5", "0"]
    assert rows["ann"]["points"] == "2.5"
    assert not (results / "__pycache__").exists()
    for text, said in [
        (None, "late.py: there is no such file"),
        ("def deduction(work:\n", "late.py, line 1: '(' was never closed"),
        ("\n1 / 0\n", "late.py, line 2: raises ZeroDivisionError: division by zero"),
        ("x = 1\n", "found the functions: none; expected one"),
        ("def a(w): pass\ndef b(w): pass\n", "found the functions: a, b; expected one"),
        ("def f(): pass\n", "f must take one argument, the work"),
        ("def f(work):\n    return work.day\n", "line 2: f raises AttributeError"),
        ("def f(work):\n    return '1'\n", "f returns '1' for ann; expected the points to deduct"),
        ("def f(work):\n    return 6\n", "f returns 6 for ann; expected the points to deduct"),
        ("def f(work):\n    return float('nan')\n", "f returns nan for ann"),
    ]:
        (results / "late.py").unlink()
        if text is not None:
            (results / "late.py").write_text(text, encoding="utf-8")
        answer = here(course, tmp_path / "class", results)
        assert answer.startswith("2: grade.py: ")
        assert said in answer
        (results / "late.py").touch()
    for text, said in [
        ("function: late", "expected a file such as late.py"),
        (f"{policy}grace days: 1\n", "a function decides alone"),
    ]:
        (results / "policy.yaml").write_text(text, encoding="utf-8")
        assert said in here(course, tmp_path / "class", results)


def test_shared_tables_hold_pseudonyms_that_stay(tmp_path, here):
    course = write_course(tmp_path, assignment=ASSIGNMENT)
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann_hw.py").write_text(RIGHT, encoding="utf-8")
    results = tmp_path / "results"
    here(course, folder, results, "--anonymous")
    first = (results / "shared" / "grades.csv").read_bytes()
    here(course, folder, results, "--anonymous")
    assert (results / "shared" / "grades.csv").read_bytes() == first
    shared = first + (results / "shared" / "results.jsonl").read_bytes()
    assert b"ann" not in shared
    assert b"student-" in shared


def test_bad_input_is_one_sentence(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    assert "holds no submission" in here(course, folder, tmp_path / "results")
    (folder / "ann_hw.py").write_text(RIGHT, encoding="utf-8")
    for name, text, said in [
        ("policy.yaml", "due: soon", "due: found 'soon'"),
        ("policy.yaml", "grace day: 1", "unknown key 'grace day'"),
        ("policy.yaml", "percent per day: 101", "a number from 0 to 100"),
        (
            "overrides.csv",
            "student,points\n",
            "expected the columns student, question, points, reason; found student, points",
        ),
        ("overrides.csv", "student,question,points,reason\nann,colum,1,x\n", "called colum"),
        ("overrides.csv", "student,question,points,reason\nann,column,1,\n", "a reason is missing"),
        (
            "overrides.csv",
            "student,question,points,reason\nbob,column,1,x\n",
            "overrides.csv, line 2: no student of this class has the id bob",
        ),
        ("overrides.csv", "student,question,points,reason\nann,days late,2.5,x\n", "whole days"),
    ]:
        results = tmp_path / f"results-{len(said)}"
        results.mkdir()
        (results / name).write_text(text, encoding="utf-8")
        answer = here(course, folder, results)
        assert answer.startswith("2: grade.py: ")
        assert said in answer


def clusters(results: Path) -> dict[str, str]:
    lines = (results / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["student"]: row["clusters"].get("column", "") for row in map(json.loads, lines)}


def test_one_hint_reaches_all_who_make_a_mistake(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    other = "\ndef column(x, row):  # the same mistake\n    return x[row, ...]\n"
    for name, code in (("ann", RIGHT), ("bob", WRONG), ("eve", WRONG + other)):
        (folder / f"{name}_hw.py").write_text(code, encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,language\nann,en\nbob,en\neve,zh\n", encoding="utf-8")
    results = tmp_path / "results"
    here(course, folder, results, "--roster", roster)
    made = clusters(results)
    assert made["ann"] == ""
    assert made["bob"] == made["eve"] != ""
    hints = results / "hints.yaml"
    hints.write_text(f"{made['bob']}: {{en: Axis 1 counts columns., zh: 轴一是列。}}\n", "utf-8")
    assert "0 different submissions graded" in here(course, folder, results, "--roster", roster)
    texts = results / "feedback" / "markdown"
    assert "*hint:* Axis 1 counts columns." in (texts / "bob.md").read_text("utf-8")
    assert "轴一是列。" in (texts / "eve.md").read_text("utf-8")
    assert "Axis" not in (texts / "ann.md").read_text("utf-8")
    for name in ("bob", "eve"):
        (folder / f"{name}_hw.py").write_text(RIGHT, encoding="utf-8")
    said = here(course, folder, results, "--roster", roster)
    assert f"hints.yaml: nobody makes {made['bob']} now" in said
    wrong = made["bob"][:-1] + ("0" if made["bob"][-1] != "0" else "1")
    for text, complaint in [
        (f"\n{wrong}: Look.\n", f"hints.yaml:2: {wrong}: no cluster of mistakes has this name"),
        (f"{made['bob']}: 7\n", "hints.yaml:1: " + made["bob"] + ": found 7"),
        ("- Look.\n", "hints.yaml:1: found a list"),
        ("a: b: c\n", "hints.yaml:1: a ': ' starts a mapping"),
    ]:
        hints.write_text(text, encoding="utf-8")
        said = here(course, folder, results, "--roster", roster)
        assert said.startswith("2: ")
        assert complaint in said
    assert f"similar name: {made['bob']}" in here_with(hints, wrong, here, course, folder, results)


def here_with(hints, name, here, course, folder, results):
    hints.write_text(f"{name}: Look.\n", encoding="utf-8")
    return here(course, folder, results)


def test_two_runs_do_not_write_one_gradebook(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann_hw.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "results").mkdir()
    with Gradebook(tmp_path / "results" / "gradebook.sqlite"):
        assert "is in use by another run" in here(course, folder, tmp_path / "results")


def test_feedback_is_in_the_students_language(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann_hw.py").write_text(WRONG, encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,language\nann,Ann,zh\nbob,Bob,en\n", encoding="utf-8")
    here(course, folder, tmp_path / "results", "--roster", roster)
    assert grades(tmp_path / "results")["bob"]["verdict"] == "missing"
    page = (tmp_path / "results" / "feedback" / "html" / "ann.html").read_text(encoding="utf-8")
    known = "zh" in languages()
    assert ('lang="zh"' in page) == known


def test_platforms_files_are_filled_in_as_copies(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    for number, code in ((101, RIGHT), (102, WRONG)):
        (folder / f"doe_{number}_9{number}_hw.py").write_text(code, encoding="utf-8")
    heading = "Student,ID,Section,Hw (7)\r\n    Points Possible,,,5\r\n"
    export = tmp_path / "export.csv"
    export.write_bytes(f'{heading}"Doe, J",101,A,\r\n"Doe, K",102,A,1\r\n'.encode())
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_bytes(b"Identifier,Name,Grade,Maximum grade\nParticipant 102,K,,5.00\n")
    said = here(*(course, folder, tmp_path / "results", "--canvas", export, "--moodle", worksheet))
    filled = (tmp_path / "results" / "canvas.csv").read_bytes()
    assert filled == f'{heading}"Doe, J",101,A,5\r\n"Doe, K",102,A,2\r\n'.encode()
    filled = (tmp_path / "results" / "moodle.csv").read_bytes()
    assert filled == b"Identifier,Name,Grade,Maximum grade\nParticipant 102,K,2,5.00\n"
    assert "moodle.csv: 1 grade filled in" in said
    assert "no row for: 101" in said


@pytest.mark.skipif(bool(device_files()), reason="there is a GPU")
def test_that_no_gpu_is_there_is_said_once_and_nothing_is_graded_again(course, tmp_path, here):
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann.py").write_text(RIGHT, encoding="utf-8")
    first = here(course, folder, tmp_path / "results")
    again = here(course, folder, tmp_path / "results", "--device", "all")
    assert "CUDA" not in first
    assert again.count("Not checked on CUDA: there is no NVIDIA GPU.") == 1
    chinese = here(course, folder, tmp_path / "results", "--device", "all", "--lang", "zh")
    assert chinese.count("未在 CUDA 上检查：没有 NVIDIA GPU。") == 1
    before = graded_at(tmp_path / "results")
    here(course, folder, tmp_path / "results", "--device", "cpu")
    assert len(graded_at(tmp_path / "results")) == 2 * len(before)  # other keys, graded anew


def test_a_cluster_uses_no_gpu(course, tmp_path, here):
    said = here(course, tmp_path, tmp_path / "r", "--cluster", "local", "--device", "cuda")
    assert said.startswith("2: grade.py: a cluster grades on the CPU and on the simulated")


@pytest.mark.slow
def test_feedback_says_where_code_was_confined_less(course, cache_folder, workers, tmp_path):
    assignment = load_assignment(course)
    store = BankStore(open_reference(assignment), seed=assignment.seed, folder=cache_folder)
    file = tmp_path / "hw.py"
    file.write_text(RIGHT, encoding="utf-8")
    with stand_in() as gpu:
        grader = Grader(assignment, store, workers, device="cuda", gpu=gpu)
        graded = grade_task(Task("x", file, ("column",)), grader)
    assert graded.load["cuda"] == {"gpu": NAME, "isolation": "gpu", "tf32": False}
    headlines = [said["headline"] for said, breaks in graded.load["said"]["en"] if not breaks]
    assert any("code that runs there is confined less" in headline for headline in headlines)


def test_results_among_the_submissions_are_nobodys(tmp_path, here):
    course = write_course(tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ann_hw.py").write_text(RIGHT, encoding="utf-8")
    here(course, folder, folder / "results")
    (folder / "results" / "late.py").write_text("def late(work):\n    return 0\n", "utf-8")
    (folder / "results" / "policy.yaml").write_text("function: late.py\n", encoding="utf-8")
    said = here(course, folder, folder / "results")
    assert said.startswith("1 submission, arranged as: plain\nlate work: no due date")
    assert [*grades(folder / "results")] == ["ann"]
