"""A class of any size made of the corpus and of attacks: what really comes in on a deadline."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from classes import notebook
from corpus_files import CORPUS

REPOSITORY = Path(__file__).parents[2]
ATTACKS = (
    *("loading_exit", "loading_hostile_module", "reading_reference_by_path"),
    *("replies_forged_verdicts", "resources_exits", "signals_kill_itself", "lying_function"),
)
SLOW = ("hangs", "sleeps", "leaks", "floods")
"""Words in the names of corpus files that take their time."""
BROKEN = (
    (".py", b""),
    (".py", b"\n\n# nothing yet\n"),
    (".py", b"def corner(x, rows:\n"),
    (".py", b"\xff\xfe\x00\x01"),
    (".ipynb", b'{"cells": ['),
    (".ipynb", b"not a notebook at all"),
    (".py", b"raise RuntimeError('before anything is defined')\n"),
)


@dataclass(frozen=True)
class Sent:
    """What one student of the class sends."""

    number: int
    kind: str  # right, wrong, broken, attack, copy
    suffix: str
    data: bytes

    @property
    def id(self) -> str:
        return f"{2000 + self.number}"


def crowd(assignment: str, questions: Sequence[str], size: int, *, distinct: int) -> list[Sent]:
    """Return what `size` students send; of those whose code can be read, so many differ."""
    chance = random.Random(7)
    texts = [_text(assignment, questions, chance) for _ in range(distinct)]
    return [_sent(number, texts, questions, chance) for number in range(size)]


def _sent(number: int, texts: Sequence[str], questions: Sequence[str], chance) -> Sent:
    dice = chance.random()
    if dice < 0.05:
        return Sent(number, "broken", *BROKEN[number % len(BROKEN)])
    if dice < 0.10:
        path = REPOSITORY / "tests" / "attacks" / f"{ATTACKS[number % len(ATTACKS)]}.py"
        return Sent(number, "attack", ".py", path.read_bytes())
    text = texts[number % len(texts)]
    kind = "copy" if number >= len(texts) else "mixed"
    if dice < 0.30:
        return Sent(number, kind, ".ipynb", notebook(text).encode())
    return Sent(number, kind, ".py", text.encode())


def _text(assignment: str, questions: Sequence[str], chance) -> str:
    """Put a submission together from one file of the corpus for each question."""
    ability = chance.betavariate(3, 1.2)
    parts = [_part(assignment, name, ability, chance) for name in questions]
    return "\n\n".join(filter(None, parts))


def _part(assignment: str, question: str, ability: float, chance) -> str:
    if chance.random() > ability + 0.3:
        return ""  # not written
    kind = "wheat" if chance.random() < ability else "chaff"
    found = sorted((CORPUS / assignment / question).glob(f"{kind}_*.py"))
    found = [path for path in found if not any(word in path.stem for word in SLOW)]
    if not found:
        return ""
    common = min(int(chance.expovariate(0.6)), len(found) - 1)  # some mistakes are made by many
    return found[common].read_text(encoding="utf-8")


def write_course(folder: Path, assignment: str, questions: Sequence[str], *, cases: int) -> Path:
    """Write an assignment of some questions of another one, and its reference; return its YAML."""
    path = REPOSITORY / "assignments" / f"{assignment}.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["questions"] = {name: data["questions"][name] | {"cases": cases} for name in questions}
    (folder / "assignments").mkdir(parents=True)
    (folder / "reference").mkdir()
    target = folder / "assignments" / f"{assignment}.yaml"
    target.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    reference = REPOSITORY / "reference" / f"{assignment}.py"
    (folder / "reference" / reference.name).write_bytes(reference.read_bytes())
    return target


# ---------------------------------------------------------------- as platforms arrange it

NAMES = ("Zoë O'Brien", "李雷", "Łukasz Żółć", "Ana María López", "x" * 40, "محمد علي", "Ng")


def name_of(sent: Sent) -> str:
    return f"{NAMES[sent.number % len(NAMES)]} {sent.number}"


def roster(sent: Sequence[Sent]) -> str:
    """Return a roster of all of them, and of one who sent nothing."""
    lines = ["id,name,github_username,email,language"]
    for each in sent:
        language = "zh" if each.number % 5 == 0 else "en"
        lines.append(f'{each.id},"{name_of(each)}",user{each.id},s{each.id}@example.edu,{language}')
    return "\n".join([*lines, "9999,Nobody,nobody,nobody@example.edu,en"]) + "\n"


def plain(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        yield folder / f"{each.id}_{name}{each.suffix}", each


def folders(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        yield folder / f"{name_of(each)}" / f"{name}{each.suffix}", each


def canvas(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        late = "_LATE" if each.number % 9 == 0 else ""
        yield (
            folder / f"doe{each.number}{late}_{each.id}_{7000 + each.number}_{name}{each.suffix}",
            each,
        )


def moodle(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        place = f"{name_of(each)}_{each.id}_assignsubmission_file"
        yield folder / place / f"my {name}{each.suffix}", each


def moodle_flat(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        start = f"{name_of(each)}_{each.id}_assignsubmission_file"
        yield folder / f"{start}_{name}{each.suffix}", each


def github(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        yield folder / f"{name}-user{each.id}" / f"{name}{each.suffix}", each


def nbgrader(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        yield folder / "submitted" / each.id / name / f"{name}{each.suffix}", each


def gradescope(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    for each in sent:
        yield folder / f"submission_{31000 + each.number}" / f"{name}{each.suffix}", each
    about = {
        f"submission_{31000 + each.number}": {
            ":submitters": [{":name": name_of(each), ":sid": each.id, ":email": ""}],
            ":created_at": "2026-11-20 10:00:00 Z",
        }
        for each in sent
    }
    (folder / "submission_metadata.yml").write_text(yaml.safe_dump(about), encoding="utf-8")


def classroom50(folder: Path, name: str, sent: Sequence[Sent]) -> Iterator[tuple[Path, Sent]]:
    rows = ["username,datetime,late"]
    for each in sent:
        yield folder / f"user{each.id}" / f"{name}{each.suffix}", each
        rows.append(f"user{each.id},2026-11-20T10:00:00Z,false")
    (folder / "scores.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


LAYOUTS = {
    each.__name__: each
    for each in (
        *(plain, folders, canvas, moodle, moodle_flat),
        *(github, nbgrader, gradescope, classroom50),
    )
}


def arrange(layout: str, folder: Path, name: str, sent: Sequence[Sent]) -> Path:
    """Write what was sent as a platform hands it over."""
    folder.mkdir(parents=True)
    for path, each in LAYOUTS[layout](folder, name, sent):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.data)
    return folder
