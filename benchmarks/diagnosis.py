"""Counts the known wrong submissions whose report names the very mistake.

Run `python benchmarks/diagnosis.py`. It adds up the marks that a reviewer gave in
`tests/golden/chaffs`, where tests keep what reports say, and lists the submissions whose mistake is
not named.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

from chaff_words import FOLDER, Chaff, read_chaffs  # noqa: E402

GOAL = 80  # per cent


def main() -> None:
    """Print a line for each assignment and one for all, then the others."""
    names = sorted(path.stem for path in FOLDER.glob("*.txt"))
    found = {name: [*read_chaffs(name).values()] for name in names}
    print("      wrong  named")
    for name, chaffs in found.items():
        print(_line(name, chaffs))
    print(_line("all", [each for chaffs in found.values() for each in chaffs]), f" goal {GOAL} %")
    for name, chaffs in found.items():
        for each in chaffs:
            if each.named != "yes":
                print(f"\n{name}/{each.name}: {each.wrong}\n  {each.headline} {each.hint}".rstrip())


def _line(name: str, chaffs: list[Chaff]) -> str:
    named = sum(each.named == "yes" for each in chaffs)
    return f"{name:4}  {len(chaffs):5}  {named:5}  {100 * named / len(chaffs):3.0f} %"


if __name__ == "__main__":
    main()
