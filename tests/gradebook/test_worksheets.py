"""Platforms' CSV files: one column changes, and no other byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import UsageError
from graders.gradebook.worksheets import fill_canvas, fill_moodle, parse
from graders.submissions.roster import Student

ANN = Student("1234", name="Ann Doe")
RICK = Student("1235", name="Rick Roe")
KIM = Student("1236", name="Kim")
CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,HW1 (98764),HW2 (98765),HW2 late (98766)\r\n"
    "    Points Possible,,,,,10,20,(read only)\r\n"
    '"Doe, ""Ann""",1234,S001,adoe,"Sec, 1",7.50,,\r\n'
    '"Roe, Rick" ,1235,S002,rroe,Sec 1,,"3",\r\n'
    "Kim,1236,S003,kim,Sec 1,,EX,\r\n"
    '"Student, Test",9,,x,Sec 1,,,'
)
MOODLE = (
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum grade",'
    '"Grade can be changed","Last modified (grade)","Feedback comments"\n'
    '"Participant 1234","Ann Doe",S001,ann@x.edu,"Submitted - ",,20.00,Yes,-,"two\nlines"\n'
    '"Participant 1235","Rick Roe",S002,rick@x.edu,"Submitted - ",3.00,20.00,Yes,-,\n'
)
GERMAN = (
    'Kennung;"Vollst\u00e4ndiger Name";Status;Bewertung;"Bestwertung";Feedback\n'
    '"Teilnehmer/in 1234";"Ann Doe";Abgegeben;;20,00;\n'
    '"Teilnehmer/in 1235";"Rick Roe";Abgegeben;7,50;20,00;\n'
)


def points(student):
    return {"1234": 18.5, "1235": 4.0, "1236": 1.0}[student.id]


def written(tmp_path, text):
    path = tmp_path / "export.csv"
    path.write_bytes(text.encode())
    return path


def canvas(tmp_path, text, students=(ANN, RICK, KIM), *, assignment="hw2", max_points=20):
    path = written(tmp_path, text)
    return fill_canvas(path, students, points, assignment=assignment, max_points=max_points)


def test_canvas_gets_one_column_and_keeps_every_other_byte(tmp_path):
    filled = canvas(tmp_path, CANVAS)
    wanted = CANVAS.replace("7.50,,", "7.50,18.5,").replace('"3"', '"4"')
    assert filled.data == wanted.encode()
    assert (filled.filled, filled.notes) == (2, ())


def test_students_are_found_by_sis_id_and_by_name_where_no_id_fits(tmp_path):
    other = [Student("1234", sis_id="s001"), Student("1235", username="RROE")]
    text = CANVAS.replace(",1234,", ",77,").replace(",1235,", ",78,")
    assert canvas(tmp_path, text, other).filled == 2
    named = [Student("1234", name="Ann Doe"), Student("1235", name="Rick Roe")]
    text = text.replace('""Ann""', "Ann")
    assert canvas(tmp_path, text, named).filled == 2


def test_what_does_not_fit_is_noted(tmp_path):
    filled = canvas(tmp_path, CANVAS, [ANN, Student("1", name="Nobody")], max_points=56)
    assert filled.notes == (
        "Canvas counts 20 points for this assignment, and it has 56",
        "no row for: 1",
    )


@pytest.mark.parametrize(
    ("assignment", "said"), [("hw3", "0 columns"), ("hw2 late", "does not let anyone")]
)
def test_canvas_columns_that_cannot_be_filled_are_refused(tmp_path, assignment, said):
    with pytest.raises(UsageError, match=said):
        canvas(tmp_path, CANVAS, assignment=assignment)


def test_moodle_gets_grades_and_keeps_every_other_byte(tmp_path):
    filled = fill_moodle(written(tmp_path, MOODLE), [ANN, RICK], points)
    wanted = MOODLE.replace('",,20.00', '",18.5,20.00').replace("3.00", "4")
    assert filled.data == wanted.encode()


def test_moodle_in_another_language_is_read_by_its_shape(tmp_path):
    filled = fill_moodle(written(tmp_path, GERMAN), [ANN, RICK], points)
    wanted = GERMAN.replace(";;20,00", ';"18,5";20,00').replace("7,50", "4")
    assert filled.data == wanted.encode()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'a,"b\n'])
def test_other_files_are_refused(tmp_path, text):
    with pytest.raises(UsageError):
        fill_moodle(written(tmp_path, text), [ANN], points)
    with pytest.raises(UsageError):
        canvas(tmp_path, text)


cells = st.text(st.sampled_from('a"1,;\n\r \u00e9'), max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=4))
def test_cells_that_are_parsed_lie_where_they_say(rows):
    quoted = [['"{}"'.format(cell.replace('"', '""')) for cell in row] for row in rows]
    text = "heading,heading\n" + "".join(",".join(row) + "\r\n" for row in quoted)
    data = text.encode()
    separator, parsed = parse(data)
    assert separator == ","
    assert [[cell.text for cell in row] for row in parsed[1:]] == rows
    assert [[data[c.start : c.end].decode() for c in row] for row in parsed[1:]] == quoted
