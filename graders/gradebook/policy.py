"""The late policy of a class: `policy.yaml` in the folder of the results."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import yaml

from graders.errors import UsageError
from graders.feedback.naming import similar_name
from graders.gradebook.plug_in import PlugIn, Work, load_plug_in

FILE: Final = "policy.yaml"
KEYS: Final = ("due", "grace days", "percent per day", "function")
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Policy:
    """When work was due, and what each day after that costs."""

    due: datetime | None = None
    grace_days: float = 0
    percent_per_day: float = 0
    plug_in: PlugIn | None = None

    def days_late(self, submitted_at: datetime | None, flagged: bool | None) -> int | None:
        """Return how many days late work is, each begun day counting; None if nobody can say."""
        if self.due is None or submitted_at is None:
            return None if flagged else 0
        if submitted_at.tzinfo is None:
            submitted_at = submitted_at.astimezone()
        return max(0, math.ceil((submitted_at - self.due) / DAY))

    def deduction(
        self,
        points: float,
        days_late: int | None,
        *,
        student: str = "",
        max_points: float = 0.0,
        submitted_at: datetime | None = None,
    ) -> float:
        """Return how many of the points are lost to lateness; none where nobody can say."""
        if self.plug_in is not None and days_late is not None:
            work = Work(student, points, max_points, days_late, submitted_at, self.due)
            return self.plug_in.deduction(work)
        counted = max(0, math.ceil((days_late or 0) - self.grace_days))
        return round(points * min(100.0, counted * self.percent_per_day) / 100, 4)


def read_policy(folder: Path) -> Policy | None:
    """Read the policy of a results folder, None where there is none."""
    path = folder / FILE
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"{path} cannot be read as YAML: {reason}") from error
    if not isinstance(found, dict):
        raise UsageError(f"{path}: expected the keys {', '.join(KEYS)}")
    for key in found:
        if key not in KEYS:
            similar = similar_name(str(key), list(KEYS))
            hint = f"there is a key with a similar name: {similar}" if similar else None
            known = ", ".join(KEYS)
            raise UsageError(f"{path}: unknown key {key!r}; there are: {known}", hint=hint)
    grace = _number(found, "grace days", 365, path)
    percent = _number(found, "percent per day", 100, path)
    return Policy(_due(found.get("due"), path), grace, percent, _plug_in(found, path))


def _plug_in(found: dict[str, Any], path: Path) -> PlugIn | None:
    name = found.get("function")
    if name is None:
        return None
    others = [key for key in ("grace days", "percent per day") if key in found]
    if others:
        raise UsageError(f"{path}: a function decides alone; {others[0]!r} cannot stand beside it")
    if not isinstance(name, str) or not name.endswith(".py"):
        raise UsageError(f"{path}: function: found {name!r}; expected a file such as late.py")
    return load_plug_in(path.parent / name)


def _number(found: dict[str, Any], key: str, most: float, path: Path) -> float:
    value = found.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise UsageError(f"{path}: {key}: found {value!r}; expected a number from 0 to {most:g}")
    return value


def _due(value: object, path: Path) -> datetime | None:
    """Read a moment; without an offset from UTC it is this computer's time."""
    if isinstance(value, datetime):  # YAML turns moments with an offset into UTC
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day, 23, 59, 59)
    elif isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise _no_moment(value, path) from None
    elif value is None:
        return None
    else:
        raise _no_moment(value, path)
    return moment.astimezone(timezone.utc)


def _no_moment(value: object, path: Path) -> UsageError:
    return UsageError(
        f"{path}: due: found {value!r}; expected a moment such as 2026-11-20 23:59:00+01:00"
    )
