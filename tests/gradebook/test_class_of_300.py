"""300 students in every layout, and a run that is killed again and again: the same grades."""

import csv
import os
import random
import shutil
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from classes import batch
from crowd import LAYOUTS, arrange, crowd, roster, write_course

QUESTIONS = ("corner", "column", "swap_axes", "flatten_batch")
SIZE, DISTINCT = 300, 40

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("300")]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("class")
    sent = crowd("hw2", QUESTIONS, SIZE, distinct=DISTINCT)
    (place / "roster.csv").write_text(roster(sent), encoding="utf-8")
    write_course(place / "course", "hw2", QUESTIONS, cases=12)
    for layout in LAYOUTS:
        arrange(layout, place / layout, "hw2", sent)
    return place


def graded_in(place, layout, results, run=batch):
    course = place / "course" / "assignments" / "hw2.yaml"
    run(course, place / layout, results, "--roster", place / "roster.csv")
    return grades(results)


def grades(results: Path) -> dict[str, list[str]]:
    columns = ("points", "raw_points", "verdict", *QUESTIONS)
    with (results / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: [row[c] for c in columns] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def uninterrupted(place):
    return graded_in(place, "plain", place / "results")


def test_everybody_has_a_row(uninterrupted):
    assert len(uninterrupted) == SIZE + 1
    verdicts = Counter(verdict for _, _, verdict, *_ in uninterrupted.values())
    assert verdicts["missing"] == 1
    assert verdicts["fault"] == 0
    assert verdicts["passed"] > 10
    assert verdicts["failed"] > 50


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "plain"])
def test_the_layout_changes_no_grade(layout, place, uninterrupted, tmp_path, here):
    shutil.copy(place / "results" / "gradebook.sqlite", tmp_path)  # the texts are known already
    assert graded_in(place, layout, tmp_path, here) == uninterrupted


def test_killed_at_random_moments_it_goes_on_to_the_same_grades(place, uninterrupted, tmp_path):
    course = place / "course" / "assignments" / "hw2.yaml"
    moments = random.Random(11)
    with open(os.devnull, "w") as nowhere:
        for _ in range(4):
            process = batch(
                *(course, place / "plain", tmp_path, "--roster", place / "roster.csv"),
                start=nowhere,
            )
            time.sleep(moments.uniform(2, 7))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert graded_in(place, "plain", tmp_path) == uninterrupted
