"""The gradebook: one SQLite file that only the process in charge of a batch writes.

Results are kept by content, not by student, so that nothing is graded twice: a result belongs to
the text of a submission, a question and the versions that graded it. What a student has is worked
out from them anew each time, and the history says when and why it changed.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from graders.errors import UsageError
from graders.gradebook.keys import QuestionKey

FILE: Final = "gradebook.sqlite"
MIGRATIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE results (
        content TEXT NOT NULL, function TEXT NOT NULL, question TEXT NOT NULL,
        versions TEXT NOT NULL, points REAL NOT NULL, verdict TEXT NOT NULL,
        data TEXT NOT NULL, graded_at TEXT NOT NULL,
        PRIMARY KEY (content, function, question, versions)
    ) WITHOUT ROWID;
    CREATE TABLE loads (
        content TEXT NOT NULL, versions TEXT NOT NULL, data TEXT NOT NULL,
        PRIMARY KEY (content, versions)
    ) WITHOUT ROWID;
    CREATE TABLE grades (student TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE history (
        number INTEGER PRIMARY KEY, student TEXT NOT NULL, changed_at TEXT NOT NULL,
        before REAL, after REAL, why TEXT NOT NULL
    );
    """,
    """
    ALTER TABLE results ADD COLUMN cluster TEXT NOT NULL DEFAULT '';
    CREATE INDEX clusters ON results (cluster);
    """,
    """
    ALTER TABLE loads ADD COLUMN cluster TEXT NOT NULL DEFAULT '';
    """,
)
"""Each step takes a gradebook to the next version of its schema; a step is never changed."""


@dataclass(frozen=True)
class Change:
    """A student's points that are not what they were after the last run."""

    student: str
    before: float | None
    after: float | None
    why: str


class Gradebook:
    """All results of an assignment, on disk as soon as they are known."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises UsageError while another process writes it."""
        self._path = path
        new = not path.exists()
        if new:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=0.2)
        try:
            # whoever has the file open keeps others out, and a killed process lets go of it
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._migrate()
        except UsageError:
            self._connection.close()
            raise
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise _unusable(path, error) from error
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise UsageError(
                f"{path} is no gradebook, or a damaged one ({error})",
                hint="move it away; the next run grades the whole class again",
            ) from error

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._connection.close()

    # ------------------------------------------------------------ results

    def missing(self, content: str, keys: Mapping[str, QuestionKey]) -> list[str]:
        """Return the questions that have not been graded yet for this content."""
        rows = self._rows(
            "SELECT function, question, versions FROM results WHERE content = ?", [content]
        )
        have = {
            (function, QuestionKey(question, versions)) for function, question, versions in rows
        }
        return [name for name, key in keys.items() if (name, key) not in have]

    def keep(
        self,
        content: str,
        keys: Mapping[str, QuestionKey],
        questions: Iterable[Mapping[str, Any]],
        load: Mapping[str, Any],
    ) -> None:
        """Store what grading a submission found; all of it or, if interrupted, nothing."""
        with self._transaction():
            for data in questions:
                key = keys[data["function"]]
                row = [content, data["function"], key.question, key.versions]
                row += [data["points"], data["verdict"], _dumped(data), _now()]
                row.append(data.get("cluster", ""))
                marks = ", ".join("?" * len(row))
                self._write(f"INSERT OR REPLACE INTO results VALUES ({marks})", row)
            version = next(iter(keys.values())).versions
            # what keeps a file from being loaded may show in questions that were graded before
            mistake = load.get("mistake") or self.load(content, version).get("mistake", {})
            kept = _dumped({**load, "mistake": mistake})
            row = [content, version, kept, mistake.get("cluster", "")]
            self._write("INSERT OR REPLACE INTO loads VALUES (?, ?, ?, ?)", row)

    def refuse(self, content: str, versions: str, said: Mapping[str, str]) -> None:
        """Store why, by language, there is nothing to grade in a submission."""
        row = [content, versions, _dumped({"refused": dict(said)}), ""]
        self._write("INSERT OR REPLACE INTO loads VALUES (?, ?, ?, ?)", row)

    def refused(self, content: str, versions: str) -> dict[str, str] | None:
        """Return why there is nothing to grade in a submission, None where there is."""
        return self.load(content, versions).get("refused")

    def results(self, content: str, keys: Mapping[str, QuestionKey]) -> dict[str, dict[str, Any]]:
        """Return what is known of a submission's questions, in their order."""
        known = self._rows(
            "SELECT function, question, versions, data FROM results WHERE content = ?", [content]
        )
        found = {(function, QuestionKey(q, v)): data for function, q, v, data in known}
        return {
            name: json.loads(found[name, key]) for name, key in keys.items() if (name, key) in found
        }

    def load(self, content: str, versions: str) -> dict[str, Any]:
        """Return what happened while a submission's code was loaded."""
        rows = self._rows(
            "SELECT data FROM loads WHERE content = ? AND versions = ?", [content, versions]
        )
        return dict(json.loads(rows[0][0])) if rows else {}

    def clusters(self) -> list[str]:
        """Return the names of all mistakes that were ever seen, whoever still makes them."""
        rows = self._rows(
            "SELECT cluster FROM results WHERE cluster != ''"
            " UNION SELECT cluster FROM loads WHERE cluster != ''",
            [],
        )
        return sorted(cluster for (cluster,) in rows)

    # ------------------------------------------------------------ students

    def settle(self, rows: Mapping[str, Mapping[str, Any]], changes: Sequence[Change]) -> None:
        """Replace the class list and add to the history, in one step."""
        with self._transaction():
            self._write("DELETE FROM grades", [])
            for student, data in rows.items():
                self._write("INSERT INTO grades VALUES (?, ?)", [student, _dumped(data)])
            for each in changes:
                row = [each.student, _now(), each.before, each.after, each.why]
                self._write(
                    "INSERT INTO history (student, changed_at, before, after, why)"
                    " VALUES (?, ?, ?, ?, ?)",
                    row,
                )

    def grades(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the students and their rows, by id."""
        for student, data in self._rows("SELECT student, data FROM grades ORDER BY student", []):
            yield student, json.loads(data)

    def history(self) -> list[Change]:
        """Return every change of a student's points, oldest first."""
        rows = self._rows("SELECT student, before, after, why FROM history ORDER BY number", [])
        return [Change(*row) for row in rows]

    # ------------------------------------------------------------ SQLite

    def _migrate(self) -> None:
        [(version,)] = self._rows("PRAGMA user_version", [])
        if version > len(MIGRATIONS):
            raise UsageError(f"{self._path} was written by a newer version of this program")
        with self._transaction():
            for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
                for statement in filter(str.strip, step.split(";")):
                    self._write(statement, [])
                self._write(f"PRAGMA user_version = {number}", [])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._write("BEGIN IMMEDIATE", [])
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._write("COMMIT", [])

    def _write(self, statement: str, values: Sequence[Any]) -> None:
        try:
            self._connection.execute(statement, values)
        except sqlite3.OperationalError as error:  # such as a full disk
            raise _unusable(self._path, error) from error

    def _rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()


def _unusable(path: Path, error: sqlite3.OperationalError) -> UsageError:
    if "locked" in str(error):
        return UsageError(f"{path} is in use by another run", hint="wait until that one has ended")
    return UsageError(f"{path} cannot be used: {error}")


def _dumped(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))  # ASCII: a message may hold half a character


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
