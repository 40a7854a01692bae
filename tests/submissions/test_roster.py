"""A class list in the forms that people and platforms write."""

import pytest

from graders.errors import SubmissionError
from graders.submissions.roster import Roster, Sender, Student, load_roster


def load(tmp_path, content):
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_roster(path)


def refusal(tmp_path, content):
    with pytest.raises(SubmissionError) as caught:
        load(tmp_path, content)
    return caught.value


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_separator_bom_and_newline(tmp_path, start, newline, mark):
    lines = ["ID,Name,E-Mail,Email", 's1,"Doe, Jane",x,jane@x.edu', "", "s2,张三,,"]
    text = newline.join(lines).replace(",", mark).replace(f"Doe{mark}", "Doe,")
    roster = load(tmp_path, start + text)
    assert roster.students == (
        Student("s1", name="Doe, Jane", email="jane@x.edu"),
        Student("s2", name="张三"),
    )


def test_every_column(tmp_path):
    roster = load(
        tmp_path,
        "Student_ID,SIS ID,GitHub Username,username,EMAIL,first_name,last-name,Section,language,x\n"
        "1,S1,octo,jd,j@x,Jane,Doe,A,zh,?\n",
    )
    (student,) = roster.students
    assert student == Student("1", "Jane Doe", "S1", "jd", "octo", "j@x", "A", "zh")


def test_an_id_of_the_platform_and_one_of_the_university(tmp_path):
    (student,) = load(tmp_path, "student_id,id\n2026,17\n").students
    assert (student.id, student.sis_id) == ("17", "2026")


@pytest.mark.parametrize(
    ("heading", "row", "student"),
    [
        (
            "username,first_name,last_name,email,section,github_id",
            "octo,Jane,Doe,j@x,A,583231",
            Student("octo", "Jane Doe", username="octo", email="j@x", section="A"),
        ),
        (
            '"identifier","github_username","github_id","name"',
            '"s1","octo","583231","Jane Doe"',
            Student("s1", "Jane Doe", github_username="octo"),
        ),
        (
            "Student,ID,SIS User ID,SIS Login ID,Section,HW2 (98765)",
            '    Points Possible,,,,,20\n"Doe, Jane",1234,S001,jdoe,Sec 1,18.5',
            Student("1234", "Doe, Jane", "S001", "jdoe", section="Sec 1"),
        ),
        (
            'Identifier,"Full name","ID number","Email address",Status',
            '"Participant 12345","Jane Doe",S001,j@x,"Submitted"',
            Student("12345", "Jane Doe", "S001", email="j@x"),
        ),
        ("email", "j@x", Student("j@x", email="j@x")),
    ],
    ids=["classroom50", "github classroom", "canvas", "moodle", "email"],
)
def test_lists_that_platforms_export(tmp_path, heading, row, student):
    assert load(tmp_path, f"{heading}\n{row}\n").students == (student,)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("id\na\n\nb\nA\n", "line 5: A is already on line 2."),
        ('id,name\na,"x\ny"\nb,z\na,z\n', "line 5: a is already on line 2."),
        ("id,name\na,x\n,y\n", "line 3: no id."),
        ("id,name\na,Doe, Jane\n", "line 2: 3 fields, but the heading has 2."),
        ("email,E-mail,email address\na,b,c\n", "the column email address means the same"),
        ('id\n"a\n', "line 2: not CSV"),
        ("id\n", "names no student"),
        ("", "has no column that tells students apart: found nothing"),
        ("emial,name\na,b\n", "found emial, name; expected one of id,"),
        (b"id\n\xe9\n", "line 2: byte 0xe9 is not UTF-8"),
        ("id\n1\n".encode("utf-16"), "is no CSV file"),
        (b"id\n" + b"1" * (10 << 20), "is no CSV file"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, content, complaint):
    error = refusal(tmp_path, content)
    assert complaint in error.message
    assert str(tmp_path) in error.message


def test_a_misspelt_heading_suggests_the_right_one(tmp_path):
    assert refusal(tmp_path, "emial,name\na,b\n").hint == "Did you mean email?"


def test_a_missing_roster(tmp_path):
    with pytest.raises(SubmissionError, match=r"roster\.csv cannot be read"):
        load_roster(tmp_path / "roster.csv")


JANE = Student("s0001", "Jane Marie Doe", "77", "jmd", "octo-jane", "jane.doe@x.edu")
JUN = Student("20260042", "张三")
JURGEN = Student("s0003", "Jürgen Groß", email="jg@x.edu")
NAMESAKE = Student("s0004", "Jürgen Groß", email="jg@y.edu")
ROSTER = Roster([JANE, JUN, JURGEN, NAMESAKE])


@pytest.mark.parametrize(
    ("sender", "students"),
    [
        (Sender(id="s0001"), {JANE}),
        (Sender(id="77"), {JANE}),
        (Sender(id="jmd"), set()),
        (Sender(handle="JMD"), {JANE}),
        (Sender(handle="Octo-Jane"), {JANE}),
        (Sender(handle="jane.doe@x.edu"), {JANE}),
        (Sender(handle="jane.doe"), {JANE}),
        (Sender(email="Jane.Doe@x.edu"), {JANE}),
        (Sender(handle="Jane Marie Doe"), {JANE}),
        (Sender(handle="Doe, Jane Marie"), {JANE}),
        (Sender(name="doejanemarie"), {JANE}),
        (Sender(name="Jane Doe"), set()),
        (Sender(handle="张三"), {JUN}),
        (Sender(handle="Ju\u0308rgen Gross"), {JURGEN, NAMESAKE}),
        (Sender(name="grojrgen"), {JURGEN, NAMESAKE}),
        (Sender(id="s0003", name="Jürgen Groß"), {JURGEN}),
        (Sender(handle="jg"), {JURGEN, NAMESAKE}),
        (Sender(handle="20260042_张三_作业", is_loose=True), {JUN}),
        (Sender(handle="作业 张三", is_loose=True), {JUN}),
        (Sender(handle="final s0001", is_loose=True), {JANE}),
        (Sender(handle="final s0001"), set()),
        (Sender(handle="Essay by Jane Marie Doe", is_loose=True), {JANE}),
        (Sender(handle="s0001 and s0003", is_loose=True), {JANE, JURGEN}),
        (Sender(handle="jmd final", is_loose=True), set()),
        (Sender(handle="jmd 77", is_loose=True), set()),
        (Sender(), set()),
        (Sender(handle="_"), set()),
    ],
)
def test_who_is_meant(sender, students):
    assert ROSTER.find(sender) == students


def test_names_can_be_left_out():
    assert ROSTER.find(Sender(id="9", name="Jane Marie Doe"), by_name=False) == set()
    assert ROSTER.find(Sender(id="9", name="Jane Marie Doe")) == {JANE}


def test_an_empty_cell_names_nobody():
    roster = Roster([Student("a"), Student("b", name="!")])
    assert roster.find(Sender(handle=" ", name="?")) == set()
