"""The file that keeps a class."""

import sqlite3

import pytest

from graders.errors import UsageError
from graders.gradebook.keys import QuestionKey
from graders.gradebook.store import MIGRATIONS, Change, Gradebook

KEYS = {"f": QuestionKey("q1", "v1"), "g": QuestionKey("q1", "v1")}


def result(function, points):
    return {"function": function, "points": points, "verdict": "passed"}


def test_what_is_kept_is_there_after_opening_it_again(tmp_path):
    path = tmp_path / "book"
    with Gradebook(path) as book:
        book.keep("text", KEYS, [result("f", 1)], {"submission": "\ud800"})
        book.settle({"ann": {"points": 1}}, [Change("ann", None, 1, "new")])
    with Gradebook(path) as book:
        assert book.results("text", KEYS) == {"f": result("f", 1)}
        assert book.missing("text", KEYS) == ["g"]
        assert book.missing("text", {"f": QuestionKey("q2", "v1")}) == ["f"]
        assert book.missing("text", {"f": QuestionKey("q1", "v2")}) == ["f"]
        assert book.load("text", "v1") == {"submission": "\ud800", "mistake": {}}
        assert [*book.grades()] == [("ann", {"points": 1})]
        assert book.history() == [Change("ann", None, 1, "new")]


def test_a_failed_step_leaves_nothing_behind(tmp_path):
    with Gradebook(tmp_path / "book") as book:
        with pytest.raises(KeyError):
            book.keep("text", KEYS, [result("f", 1), result("unknown", 1)], {})
        assert book.results("text", KEYS) == {}


def test_only_its_owner_can_read_it(tmp_path):
    with Gradebook(tmp_path / "book") as book:
        book.refuse("text", "v1", {"en": "empty"})
        assert book.refused("text", "v1") == {"en": "empty"}
        assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600, 0o600]


def test_files_of_others_are_refused(tmp_path):
    (tmp_path / "text").write_text("no database at all, whatever it is called\n" * 50)
    with pytest.raises(UsageError, match="no gradebook"):
        Gradebook(tmp_path / "text")
    connection = sqlite3.connect(tmp_path / "newer")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(UsageError, match="newer version"):
        Gradebook(tmp_path / "newer")


def test_a_gradebook_of_the_first_version_is_brought_up_to_date(tmp_path):
    connection = sqlite3.connect(tmp_path / "book")
    connection.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version = 1")
    row = ("text", "f", "q1", "v1", 1.0, "passed", '{"function": "f"}', "2026-01-01")
    connection.execute(f"INSERT INTO results VALUES ({', '.join('?' * len(row))})", row)
    connection.commit()
    connection.close()
    with Gradebook(tmp_path / "book") as book:
        assert book.results("text", KEYS) == {"f": {"function": "f"}}
        assert book.clusters() == []
        load = {"mistake": {"cluster": "file-12345678"}}
        book.keep("text", KEYS, [result("g", 0) | {"cluster": "g-12345678"}], load)
        book.keep("text", KEYS, [result("f", 1)], {"mistake": {}})
        assert book.clusters() == ["file-12345678", "g-12345678"]
