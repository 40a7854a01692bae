"""What platforms write down about submissions: who sent them, and when."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from graders.errors import SubmissionError
from graders.submissions.files import shown
from graders.submissions.roster import Sender

_LATE: Final = {"true": True, "yes": True, "false": False, "no": False}


def scores(path: Path) -> dict[str, tuple[datetime | None, bool | None]]:
    """By user name: when Classroom 50 received the submission, and whether it was late."""
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {
                (row.get("username") or "").casefold(): (
                    _moment(row.get("datetime")),
                    _LATE.get((row.get("late") or "").lower()),
                )
                for row in csv.DictReader(file)
            }
    except (OSError, ValueError, csv.Error) as error:
        raise SubmissionError(f"{shown(path)} cannot be read as CSV ({error}).") from error


def gradescope(path: Path) -> dict[str, tuple[tuple[Sender, ...], datetime | None]]:
    """By folder: who sent a submission of a Gradescope export together, and when."""
    if not path.is_file():
        return {}
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        submissions = _mapping(yaml.load(path.read_bytes(), Loader=loader))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())[:200]
        raise SubmissionError(f"{shown(path)} cannot be read as YAML ({reason}).") from error
    return {str(folder): _submission(_mapping(about)) for folder, about in submissions.items()}


def _submission(about: dict[Any, Any]) -> tuple[tuple[Sender, ...], datetime | None]:
    match about.get(":submitters"):
        case list(people):
            senders = tuple(_submitter(_mapping(each)) for each in people)
        case _:
            senders = ()
    return senders, _moment(about.get(":created_at"))


def _submitter(person: dict[Any, Any]) -> Sender:
    sid, email, name = (str(person.get(key) or "") for key in (":sid", ":email", ":name"))
    return Sender(id=sid, email=email, name=name)


def timestamp(path: Path) -> datetime | None:
    """Read the moment that nbgrader noted when it collected a submission."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        text = file.read(100).decode("ascii", "replace").strip()
    moment, _, zone = text.rpartition(" ")
    try:
        return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    except (ValueError, OSError, LookupError):  # LookupError: there is no such zone
        return _moment(text)


def _moment(value: object) -> datetime | None:
    """A date and time; of Greenwich if it does not say of where."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(re.sub("Z$", "+00:00", value))
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=timezone.utc)


def _mapping(value: object) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
