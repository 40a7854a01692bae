"""Folders and zip files of whole classes, as platforms and people make them."""

import os
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta, timezone

import pytest

from graders.errors import SubmissionError
from graders.submissions.intake import collect
from graders.submissions.layouts import LAYOUTS
from graders.submissions.roster import Roster, Student
from graders.submissions.source import read_source

ANN = Student("1001", "Ann Lee", github_username="ann-l", email="ann@x.edu")
BOB = Student("1002", "Bob Wu", github_username="bobwu", email="bob@x.edu")
EVE = Student("1003", "Eve Ng", github_username="eve", email="eve@x.edu")
ROSTER = Roster([ANN, BOB, EVE])


def tree(root, *files, **contents):
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(contents.get(name, f"x = {name!r}"), encoding="utf-8")
    return root


def zipped(path, *files):
    with zipfile.ZipFile(path, "w") as archive:
        for name in files:
            archive.writestr(name, f"x = {name!r}")
    return path


@pytest.fixture(params=["folder", "zip"])
def make(request, tmp_path):
    """A class, once as a folder and once as a zip file of that folder's contents."""

    def make(*files, name="class", texts=None):
        root = tmp_path / name
        for file in files:
            tree(root, file)
        for file, text in (texts or {}).items():
            tree(root, file)
            (root / file).write_text(text, encoding="utf-8")
        if request.param == "folder":
            return root
        path = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(root.rglob("*")):
                archive.write(file, file.relative_to(root))
        return path

    return make


@pytest.fixture
def take(tmp_path):
    def take(path, roster=None, assignment="hw2", layout=None):
        scratch = tmp_path / "scratch"
        return collect(path, assignment=assignment, roster=roster, scratch=scratch, layout=layout)

    return take


def graded(intake):
    """Student to the last names of the path that is graded."""
    return {entry.student.id: entry.submission.name for entry in intake.entries}


def names(leftovers):
    return {leftover.path.name: leftover.reason for leftover in leftovers}


# --- plain files and folders


def test_plain_files(make, take):
    intake = take(make("alice.py", "hw2_bob.ipynb", "HW2-Carol D.py", "张三_hw2.py", "notes.txt"))
    assert graded(intake) == {
        "alice": "alice.py",
        "bob": "hw2_bob.ipynb",
        "Carol D": "HW2-Carol D.py",
        "张三": "张三_hw2.py",
    }
    assert names(intake.ignored) == {"notes.txt": "not a .py or .ipynb file"}
    assert {entry.layout for entry in intake.entries} == {"plain"}
    assert intake.unmatched == intake.missing == intake.duplicates == ()


def test_plain_files_and_a_roster(make, take):
    files = ("hw2_1001_final.py", "Bob Wu.ipynb", "mallory.py", "hw2.py", "1001 1002.py")
    intake = take(make(*files), ROSTER)
    assert graded(intake) == {"1001": "hw2_1001_final.py", "1002": "Bob Wu.ipynb"}
    assert intake.missing == (EVE,)
    assert names(intake.unmatched) == {
        "mallory.py": "nobody on the roster",
        "hw2.py": "its name does not say whose it is",
        "1001 1002.py": "several students on the roster",
    }


def test_one_folder_for_each_student(make, take):
    intake = take(
        make(
            *("ann/hw2.py", "ann/helper.py", "ann/data/hw2.csv"),
            *("hw2 bob/src/solution.ipynb", "eve/essay.pdf", "zed/__pycache__/hw2.py"),
        ),
        ROSTER,
    )
    assert graded(intake) == {"1001": "hw2.py", "1002": "solution.ipynb"}
    assert intake.missing == (EVE,)
    assert names(intake.ignored)["eve"] == "holds no .py or .ipynb file"
    assert intake.duplicates == ()


def test_the_file_that_is_called_like_the_assignment_is_taken(tmp_path, take):
    tree(tmp_path / "class", "ann/aaa.py", "ann/HW_2.py", "ann/old/hw2.py", "ann/hw2_draft.py")
    tree(tmp_path / "class", "bob/main.py", "bob/util.py")
    intake = take(tmp_path / "class")
    assert graded(intake) == {"ann": "HW_2.py", "bob": "main.py"}
    assert names(intake.ignored) == {"util.py": "main.py was taken instead"}
    assert intake.duplicates == ()


def test_the_newest_of_several_is_taken(tmp_path, take):
    root = tree(tmp_path / "class", "ann.py", "hw2_ann.ipynb", "ann (1).py", "bob.py", "bob_hw2.py")
    os.utime(root / "bob.py", (2e9, 2e9))
    intake = take(root)
    assert graded(intake) == {"ann": "ann (1).py", "bob": "bob.py"}
    ann, bob = intake.entries
    assert {path.name for path in ann.superseded} == {"ann.py", "hw2_ann.ipynb"}
    assert {path.name for path in bob.superseded} == {"bob_hw2.py"}
    assert {student.id for student in intake.duplicates} == {"ann", "bob"}


def test_code_goes_before_the_notebook_of_the_same_folder(tmp_path, take):
    root = tree(tmp_path / "class", "ann/hw2.ipynb", "ann/hw2.py", "bob/hw2.py")
    os.utime(root / "ann/hw2.ipynb", (2e9, 2e9))  # a clone's dates mean nothing
    intake = take(root)
    assert graded(intake) == {"ann": "hw2.py", "bob": "hw2.py"}
    assert [path.name for path in intake.entries[0].superseded] == ["hw2.ipynb"]


def test_names_that_differ_in_case_only_are_one_student(tmp_path, take):
    intake = take(tree(tmp_path / "class", "Ann.py", "ann/hw2.py", "bob.py"))
    assert len(intake.entries) == 2
    assert len(intake.duplicates) == 1


def test_wrapping_folders_are_opened(make, take):
    assert graded(take(make("a/b/ann.py", "a/b/bob.py", ".DS_Store", "__MACOSX/a/._b"))) == {
        "ann": "ann.py",
        "bob": "bob.py",
    }


@pytest.mark.parametrize("files", [("ann/hw2.py",), ("ann/main.py",), ("ann/hw2.py", "ann/u.py")])
def test_the_folder_of_an_only_student_is_no_wrapper(make, take, files):
    assert list(graded(take(make(*files)))) == ["ann"]


# --- Canvas


def test_canvas(make, take):
    intake = take(
        make(
            "leeann_1001_51_hw2.py",
            "wubob_LATE_1002_52_hw2-1.ipynb",
            "wubob_LATE_1002_50_hw2.py",
            "wubob_LATE_1002_53_report.pdf",
            "ngeve_1003_text.html",
            "_1009_54_hw2.py",
            "leeann_1008_55_hw2.py",
        ),
        ROSTER,
    )
    assert graded(intake) == {
        "1001": "leeann_1001_51_hw2.py",
        "1002": "wubob_LATE_1002_52_hw2-1.ipynb",
    }
    ann, bob = intake.entries
    assert (ann.late, bob.late, ann.layout) == (False, True, "canvas")
    assert [path.name for path in bob.superseded] == ["wubob_LATE_1002_50_hw2.py"]
    assert intake.missing == (EVE,)
    assert intake.duplicates == (BOB,)
    assert set(names(intake.unmatched)) == {"_1009_54_hw2.py", "leeann_1008_55_hw2.py"}
    assert set(names(intake.ignored)) == {"wubob_LATE_1002_53_report.pdf", "ngeve_1003_text.html"}


def test_what_canvas_did_not_name(make, take):
    intake = take(make("a_1_51_hw2.py", "b_2_52_hw2.py", "solution.py", "more/hw2.py"))
    assert set(graded(intake)) == {"1", "2"}
    assert names(intake.ignored) == {
        "solution.py": "not named as Canvas names submissions",
        "more": "a folder among Canvas' files",
    }


def test_canvas_by_name_when_the_roster_has_other_ids(make, take):
    roster = Roster([Student("s1", "Jane Doe"), Student("s2", "Özgür Ak")])
    intake = take(make("doejane_1_9_hw2.py", "akzgr_2_9_hw2.py", "akozgur_3_9_hw2.py"), roster)
    assert graded(intake) == {"s1": "doejane_1_9_hw2.py", "s2": "akzgr_2_9_hw2.py"}


def test_canvas_without_a_roster(make, take):
    intake = take(make("leeann_1_51_hw2.py", "_2_51_my_hw2_1.py"))
    assert graded(intake) == {"1": "leeann_1_51_hw2.py", "2": "_2_51_my_hw2_1.py"}
    assert intake.entries[0].student == Student("1", "leeann")


def test_canvas_anonymous(make, take):
    intake = take(make("anon_AbC12_77_hw2.py", "anon_9x_LATE_78_hw2.py", "anon_LATE_8y_79_hw2.py"))
    assert {entry.student.id: entry.late for entry in intake.entries} == {
        "anon_AbC12": False,
        "anon_9x": True,
        "anon_8y": True,
    }


def test_a_helper_module_is_no_second_submission(make, take):
    intake = take(make("a_1_51_hw2.py", "a_1_52_helper.py", "b_2_53_hw2.py"))
    assert intake.duplicates == ()
    assert names(intake.ignored) == {"a_1_52_helper.py": "hw2.py was taken instead"}


# --- Moodle


@pytest.mark.parametrize("ending", ["", "_"])
def test_moodle_folders(make, take, ending):
    intake = take(
        make(
            f"Ann Lee_1001_assignsubmission_file{ending}/hw2.py",
            f"Bob Wu_1002_assignsubmission_file{ending}/deep/er/hw2.ipynb",
            f"Bob Wu_1002_assignsubmission_onlinetext{ending}/onlinetext.html",
            f"Team_Blue 2_77_assignsubmission_file{ending}/hw2.py",
        ),
        ROSTER,
    )
    assert graded(intake) == {"1001": "hw2.py", "1002": "hw2.ipynb"}
    assert {entry.layout for entry in intake.entries} == {"moodle"}
    assert set(names(intake.unmatched)) == {f"Team_Blue 2_77_assignsubmission_file{ending}"}
    assert list(names(intake.ignored).values()) == ["an online text"]


def test_moodle_flat(make, take):
    intake = take(
        make(
            "Ann Lee_1001_assignsubmission_file_hw2.py",
            "Ann Lee_1001_assignsubmission_file_my_1_data.csv",
            "Participant_1002_assignsubmission_file_hw2_assignsubmission_file_x.py",
            "Default group_0_assignsubmission_file_hw2.py",
        ),
    )
    assert set(graded(intake)) == {"1001", "1002", "0"}
    assert {entry.student.name for entry in intake.entries} == {"Ann Lee", "", "Default group"}


def test_moodle_by_name_when_the_roster_has_other_ids(make, take):
    roster = Roster([Student("s1", "Lee, Ann"), Student("s2", "张 三")])
    intake = take(
        make(
            "Ann Lee_7_assignsubmission_file_/hw2.py",
            "张 三_8_assignsubmission_file_/hw2.py",
        ),
        roster,
    )
    assert set(graded(intake)) == {"s1", "s2"}


# --- GitHub


def test_clones(make, take):
    intake = take(
        make(
            *("hw2-ann-l/hw2.py", "hw2-ann-l/tests/hw2.py", "hw2-ann-l/.github/hw2.py"),
            *("hw2-bobwu/hw2.ipynb", "hw2-bobwu-1/hw2.ipynb", "hw2-mallory/hw2.py", "README.md"),
        ),
        ROSTER,
    )
    assert graded(intake) == {"1001": "hw2.py", "1002": "hw2.ipynb"}
    ann, bob = intake.entries
    assert ann.superseded == ()
    assert bob.layout == "github"
    assert set(names(intake.unmatched)) == {"hw2-bobwu-1", "hw2-mallory"}
    assert intake.missing == (EVE,)


def test_a_clone_is_not_given_to_a_similar_user_name(make, take):
    intake = take(make("hw2-eve-1003/hw2.py", "hw2-eve-smith/hw2.py"), ROSTER)
    assert intake.entries == ()
    assert len(intake.unmatched) == 2


def test_github_classroom(make, take):
    files = ("homework-2-ann-l/hw2.py", "homework-2-bobwu/hw2.py")
    intake = take(make(*files, name="homework-2-submissions"), ROSTER)
    assert set(graded(intake)) == {"1001", "1002"}


def test_real_clones_of_any_name(tmp_path, take):
    for name in ("dl-ann-l", "dl-bobwu"):
        tree(tmp_path / "class" / name, "hw2.py")
        subprocess.run(["git", "init", "-q", tmp_path / "class" / name], check=True)
    intake = take(tmp_path / "class")
    assert set(graded(intake)) == {"ann-l", "bobwu"}
    assert {entry.layout for entry in intake.entries} == {"github"}


def test_classroom50(make, take):
    scores = (
        "username,first_name,last_name,email,section,score,max_score,datetime,submission_tag,late\n"
        "ann-l,Ann,Lee,ann@x.edu,A,1,2,2026-06-01T14:32:01Z,submit/x,false\n"
        "bobwu,Bob,Wu,bob@x.edu,A,1,2,,submit/y,true\n"
    )
    intake = take(
        make(
            *("dl101-hw2-ann-l/hw2.py", "dl101-hw2-ann-l/result.json"),
            *("dl101-hw2-bobwu/hw2.py", "dl101-hw2-bobwu/.classroom50.yaml"),
            name="dl101-hw2_submissions_2026_06_02_T_10_00_00",
            texts={"scores.csv": scores},
        ),
        ROSTER,
    )
    ann, bob = intake.entries
    assert (ann.student, bob.student) == (ANN, BOB)
    assert ann.submitted_at == datetime(2026, 6, 1, 14, 32, 1, tzinfo=timezone.utc)
    assert (ann.late, bob.late, bob.submitted_at) == (False, True, None)
    assert ann.layout == "classroom50"
    assert intake.ignored == ()


def test_scores_that_cannot_be_read(tmp_path, take):
    root = tree(tmp_path / "class", "dl-hw2-ann-l/hw2.py")
    (root / "scores.csv").write_bytes(b"username\n\xe9\n")
    with pytest.raises(SubmissionError, match=r"scores\.csv cannot be read as CSV"):
        take(root)


# --- Gradescope


def test_gradescope_with_metadata(make, take):
    metadata = (
        "submission_11:\n"
        "  :submitters:\n"
        "  - {':name': Ann Lee, ':sid': '1001', ':email': a@y.edu}\n"
        "  - :name: Bob Wu\n    :sid:\n    :email: bob@x.edu\n"
        "  :created_at: 2026-05-04 03:02:01.5 Z\n"
        "  :score: 3.0\n"
        "submission_12:\n  :submitters:\n  - :name: Eve Ng\n    :email: e@z.edu\n"
        "submission_13: 3\n"
    )
    intake = take(
        make(
            *(f"assignment_9_export/submission_{number}/hw2.py" for number in (11, 12, 13, 14)),
            texts={"assignment_9_export/submission_metadata.yml": metadata},
        ),
        ROSTER,
    )
    assert {entry.student: entry.submission.parent.name for entry in intake.entries} == {
        ANN: "submission_11",
        BOB: "submission_11",
    }
    assert intake.entries[0].submitted_at.isoformat() == "2026-05-04T03:02:01.500000+00:00"
    # an id matched, so a name alone is not believed
    assert set(names(intake.unmatched)) == {"submission_12", "submission_13", "submission_14"}


def test_gradescope_without_metadata(make, take):
    intake = take(make("submission_11/hw2.py", "submission_12/hw2.py"))
    assert set(graded(intake)) == {"submission_11", "submission_12"}
    assert intake.entries[0].layout == "gradescope"


@pytest.mark.parametrize("metadata", ["a: [", "a: !!python/object:os.system x", "\x00"])
def test_gradescope_metadata_that_cannot_be_read(make, take, metadata):
    path = make("submission_11/hw2.py", texts={"submission_metadata.yml": metadata})
    with pytest.raises(SubmissionError, match=r"submission_metadata\.yml cannot be read as YAML"):
        take(path)


# --- nbgrader


@pytest.mark.parametrize("top", ["", "submitted/", "course/submitted/"])
def test_nbgrader(make, take, top):
    intake = take(
        make(
            f"{top}1001/hw2/hw2.ipynb",
            f"{top}bob/hw2/hw2.ipynb",
            f"{top}1003/hw1/hw1.ipynb",
            texts={
                f"{top}1001/hw2/timestamp.txt": "2026-02-02 14:58:23.948203 America/Los_Angeles\n",
                f"{top}bob/hw2/timestamp.txt": "2026-02-02 14:58:23 UTC",
            },
        ),
        ROSTER,
    )
    ann, bob = intake.entries
    assert (ann.student, bob.student) == (ANN, BOB)
    assert ann.submitted_at - bob.submitted_at == timedelta(hours=8, microseconds=948203)
    assert ann.layout == "nbgrader"
    assert names(intake.ignored) == {"1003": "has no folder hw2"}


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-02 14:58:23 Mars/Olympus", "\xff" * 99])
def test_a_broken_time_stamp_is_no_time_stamp(make, take, text):
    path = make("a/hw2/hw2.py", "b/hw2/hw2.py", texts={"a/hw2/timestamp.txt": text})
    assert take(path).entries[0].submitted_at is None


# --- zip files of students


def test_a_students_zip_is_opened(tmp_path, take):
    root = tree(tmp_path / "class", "l_1_51_hw2.py")
    zipped(root / "w_2_52_hw2.zip", "work/hw2.py", "work/helper.py", "work/data.bin")
    zipped(root / "n_3_53_hw2.zip", "../hw2.py", "inner.zip")
    (root / "x_4_54_hw2.zip").write_bytes(b"no zip")
    zipped(root / "x_4_55_hw2.zip", "hw2.pdf")
    zipped(root / "l_1_55_more.zip", "hw2.py")
    intake = take(root)
    empty = {"3": "n_3_53_hw2.zip", "4": "x_4_55_hw2.zip"}
    assert graded(intake) == {"1": "l_1_51_hw2.py", "2": "hw2.py"} | empty
    refused = {entry.student.id: entry.refusal for entry in intake.entries if entry.refusal}
    assert refused == {
        number: f"There is no .py or .ipynb file in {name} that can be graded."
        for number, name in empty.items()
    }
    assert read_source(intake.entries[1].submission).blocks[0].text == "x = 'work/hw2.py'"
    reasons = names(intake.ignored)
    assert reasons["inner.zip"] == "a zip file in a zip file"
    assert "cannot be read as a zip file" in reasons["x_4_54_hw2.zip"]
    assert reasons["x_4_55_hw2.zip"] == "holds no .py or .ipynb file"
    assert reasons["n_3_53_hw2.zip"] == "'../hw2.py' leads out of the archive or is no name"
    assert reasons["l_1_55_more.zip"] == "not opened, as there is code besides it"
    assert "data.bin" not in reasons
    assert not list(tmp_path.glob("hw2.py"))


def test_zip_files_of_students_in_the_zip_of_the_class(tmp_path, take):
    inner = zipped(tmp_path / "ann.zip", "hw2.py").read_bytes()
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("1001.zip", inner)
        archive.writestr("bob/work.zip", inner)
    intake = take(tmp_path / "class.zip", ROSTER)
    assert graded(intake) == {"1001": "hw2.py", "1002": "hw2.py"}
    assert intake.missing == (EVE,)


def test_the_zip_of_a_student_is_bounded(tmp_path, take):
    root = tree(tmp_path / "class", "ann.py")
    zipped(root / "bob.zip", *(f"{number}.py" for number in range(2001)))
    intake = take(root)
    assert graded(intake) == {"ann": "ann.py", "bob": "bob.zip"}
    assert "holds more than 2000 files" in names(intake.ignored)["bob.zip"]


# --- hostile trees


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_never_followed(tmp_path, take):
    secret = tree(tmp_path, "reference/hw2.py") / "reference"
    root = tree(tmp_path / "class", "ann/hw2.py", "bob/notes.txt", "eve/hw2.ipynb")
    (root / "bob/hw2.py").symlink_to(secret / "hw2.py")
    (root / "bob/inner").symlink_to(secret)
    (root / "mallory").symlink_to(secret)
    (root / "carol.py").symlink_to(secret / "hw2.py")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "dave.py")
    intake = take(root)
    assert set(graded(intake)) == {"ann", "eve"}
    assert names(intake.ignored) == {
        "hw2.py": "a link",
        "bob": "holds no .py or .ipynb file",
        "mallory": "a link",
        "carol.py": "a link",
        "loop": "a link",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_names_that_are_no_text_stay_apart_and_printable(tmp_path, take):
    root = os.fsencode(tree(tmp_path / "class", "ann.py"))
    for name in (b"\xff.py", b"\xfe.py", b"a\x1b[2J\n.py"):
        with open(os.path.join(root, name), "w") as file:
            file.write("x = 1")
    intake = take(tmp_path / "class")
    assert len(intake.entries) == 4
    assert all(entry.student.id.isprintable() for entry in intake.entries)
    assert all(read_source(entry.submission).blocks for entry in intake.entries)


def test_a_deep_tree_comes_to_an_end(tmp_path, take):
    deep = tmp_path / "class" / "ann" / "/".join("d" * 60)
    deep.mkdir(parents=True)
    (deep / "hw2.py").touch()
    tree(tmp_path / "class", "bob.py")
    intake = take(tmp_path / "class")
    assert set(graded(intake)) == {"bob"}
    assert names(intake.ignored) == {"ann": "holds no .py or .ipynb file"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs another user")
def test_a_folder_without_permission_is_named(tmp_path, take):
    root = tree(tmp_path / "class", "ann/hw2.py")
    os.seteuid(65534)
    try:
        with pytest.raises(SubmissionError, match=r"cannot be read|does not exist"):
            take(root)
    finally:
        os.seteuid(0)


# --- the whole


def test_every_file_of_a_class_is_in_one_place(make, take):
    files = [f"{name}_{number}_7_hw2.py" for number, name in enumerate("abcdefg", start=1000)]
    intake = take(make(*files, "x.pdf", "h_1001_8_hw2-1.py", "i_1002_9_other.py"), ROSTER)
    found = [entry.submission.name for entry in intake.entries]
    found += [path.name for entry in intake.entries for path in entry.superseded]
    found += [leftover.path.name for leftover in (*intake.unmatched, *intake.ignored)]
    assert sorted(found) == sorted([*files, "x.pdf", "h_1001_8_hw2-1.py", "i_1002_9_other.py"])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layout_can_be_chosen(tmp_path, take, layout):
    root = tree(tmp_path / "class", "a_1_2_hw2.py", "ann/hw2/hw2.py", "roster.csv")
    (root / "Bob_7_assignsubmission_file_").mkdir()
    tree(root, "Bob_7_assignsubmission_file_/hw2.py")
    intake = take(root, layout=layout)
    assert {entry.layout for entry in intake.entries} == {layout}
    assert "roster.csv" not in names(intake.ignored)


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ((), "holds no submission; .py or .ipynb files were expected"),
        (("a.txt",), "holds no submission"),
        (("ann/a.pdf",), "holds no submission"),
    ],
)
def test_a_class_without_a_submission_is_refused(tmp_path, take, files, complaint):
    root = tmp_path / "class"
    root.mkdir()
    with pytest.raises(SubmissionError, match=complaint):
        take(tree(root, *files))


def test_what_is_no_class_is_refused(tmp_path, take):
    tree(tmp_path, "hw2.py")
    with pytest.raises(SubmissionError, match=r"hw2\.py is a file; a folder or a \.zip file"):
        take(tmp_path / "hw2.py")
    with pytest.raises(SubmissionError, match=r"does not exist; a folder or a \.zip file"):
        take(tmp_path / "hw3")
