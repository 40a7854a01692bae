"""Clusters of mistakes: submissions that fail on the same cases in the same way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graders.feedback.wording import Message
from graders.gradebook.rows import Row
from graders.gradebook.sheets import message_of
from graders.gradebook.students import Known


@dataclass(frozen=True)
class Cluster:
    """One mistake, and who makes it."""

    name: str
    question: str  # empty where the whole file is to blame
    message: Message | None  # an example, with nothing that says whose it is
    members: tuple[Known, ...]


@dataclass
class Examples:
    """Looks for the shortest call that shows each mistake."""

    language: str
    _found: dict[str, Message] = field(default_factory=dict)

    def look(self, row: Row, data: Mapping[str, Any]) -> None:
        """Take the call of a submission if there is none so short yet."""
        if not data.get("cluster"):
            return
        said = data["said"].get(self.language) or data["said"]["en"]
        if said["messages"]:
            message = anonymous(message_of(said["messages"][0]), row)
            known = self._found.get(data["cluster"])
            if known is None or _length(message) < _length(known):
                self._found[data["cluster"]] = message

    def of(self, cluster: str) -> Message | None:
        """Return the example of a cluster; None where an older version kept none."""
        return self._found.get(cluster)


def clusters(graded: Sequence[Known], examples: Examples) -> list[Cluster]:
    """Return the mistakes of a class, those that most make first."""
    members: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for each in graded:
        for name, answer in each.questions.items():
            if answer.cluster:
                members[answer.cluster, name].append(each)
        if each.row.cluster:
            members[each.row.cluster, ""].append(each)
    found = [
        Cluster(cluster, name, examples.of(cluster), tuple(those))
        for (cluster, name), those in members.items()
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.members), cluster.name))


def anonymous(message: Message, row: Row) -> Message:
    """Return the message without what was printed, and without its author's name."""
    words = [row.name, row.student, *re.split(r"[\W_]+", row.name)]
    names = sorted({re.escape(word) for word in words if len(word) > 2}, key=len, reverse=True)
    pattern = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None

    def hide(text: str) -> str:
        return pattern.sub("...", text) if pattern is not None else text

    compared = [fact for fact in message.facts if fact.text in (message.expected, message.returned)]
    facts = tuple(replace(fact, text=hide(fact.text)) for fact in compared)
    hint = hide(message.hint) if message.hint is not None else None
    return Message(hide(message.headline), message.call, facts, hint)


def _length(message: Message) -> tuple[int, str]:
    text = "\n".join(message.call)
    return len(text) or 1_000_000, text
