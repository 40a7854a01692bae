"""Properties of hw1."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.properties import Student, require, seeds

DICE = 5  # how many dice are judged by their frequencies


@given(count=st.integers(1, 100), sides=st.integers(1, 20), seed=seeds)
def rolls_stay_on_the_die(student: Student, count: int, sides: int, seed: int) -> None:
    """Every roll is a face of the die."""
    rolls = student.roll_dice(count, sides, seed)
    require(
        rolls.min() >= 1,
        en=f"`roll_dice` rolls {rolls.min()}; the smallest face is 1.",
        zh=f"`roll_dice` 掷出了 {rolls.min()}，而最小的点数是 1。",
    )
    require(
        rolls.max() <= sides,
        en=f"`roll_dice` rolls {rolls.max()}; the largest face is {sides}.",
        zh=f"`roll_dice` 掷出了 {rolls.max()}，而最大的点数是 {sides}。",
    )


@settings(max_examples=DICE)
@given(sides=st.integers(2, 12), seed=seeds)
def every_face_is_as_likely(student: Student, sides: int, seed: int) -> None:
    """In a long run every face comes up about as often as every other.

    By Chernoff's bound, a face of probability p comes up with a frequency q that is as far away as
    n * KL(q, p) >= L with a probability of at most exp(-L) on either side, where
    KL(q, p) = q log(q / p) + (1 - q) log((1 - q) / (1 - p)). With L = log(2 * faces * dice / 1e-9)
    a fair die fails here, in any face of any of the dice, less often than once in 10^9.

    The seeds are always the same, so a submission passes or fails once and for all; but its
    generator knows nothing of this choice of seeds, so to a right one they are rolls as good as
    any. With 600 rolls for each face, a face that never comes up has n * KL > 600, while L < 26,
    and one that comes up half as often as it should has n * KL > 90.
    """
    count = 600 * sides
    rolls = student.roll_dice(count, sides, seed)
    times = np.array([(rolls == face).sum() for face in range(1, sides + 1)])
    surprise = count * _divergence(times / count, 1 / sides)
    if not times.all():
        _require_another_face(student, seed)
    require(
        times.all(),
        en=f"`roll_dice` never rolls {times.argmin() + 1} in {count} rolls of {sides} faces.",
        zh=f"在 {count} 次掷 {sides} 面骰子中，`roll_dice` 一次也没有掷出 {times.argmin() + 1}。",
    )
    face = int(surprise.argmax())
    require(
        surprise[face] < math.log(2 * sides * DICE / 1e-9),
        en=f"`roll_dice` rolls {face + 1} in {times[face]} of {count} rolls; "
        f"a fair die does so in about {count // sides}.",
        zh=f"`roll_dice` 在 {count} 次中掷出了 {times[face]} 次 {face + 1}；"
        f"均匀的骰子大约是 {count // sides} 次。",
    )


@settings(max_examples=1)
@given(seed=st.integers(0, 10**6))
def rolls_do_not_depend_on_each_other(student: Student, seed: int) -> None:
    """A face comes twice in a row as often as by chance; in short runs, too.

    In rolls of a fair die, every roll equals the one before with a probability of 1 / 6, whatever
    came before. In 30 runs of 6 rolls there are 150 such pairs; none of them is alike with a
    probability of (5 / 6)**150 < 2e-12. The first rolls are all the same with one of 6**-29. In
    a long run, the bound is that of `every_face_is_as_likely` with L = log(2 / 1e-9) < 22. Sorted
    rolls have n * KL > 3,000, faces in turn n * KL > 360.
    """
    runs = np.array([student.roll_dice(6, 6, seed + number) for number in range(30)])
    require(
        (runs[:, 1:] == runs[:, :-1]).any(),
        en="`roll_dice` never rolls a face twice in a row, in 30 runs of 6 rolls.",
        zh="掷 30 轮、每轮 6 次，`roll_dice` 从未连续两次掷出同一个点数。",
    )
    require(
        (runs[:, 0] != runs[0, 0]).any(),
        en=f"`roll_dice` begins with {runs[0, 0]} for each of 30 seeds.",
        zh=f"对 30 个不同的种子，`roll_dice` 的第一次总是掷出 {runs[0, 0]}。",
    )
    rolls = student.roll_dice(2000, 6, seed)
    pairs = len(rolls) - 1
    alike = (rolls[1:] == rolls[:-1]).sum()
    require(
        pairs * _divergence(alike / pairs, 1 / 6) < math.log(2 / 1e-9),
        en=f"`roll_dice` repeats the face before in {alike} of {pairs} rolls of 6 faces; "
        f"a fair die does so in about {pairs // 6}.",
        zh=f"掷 6 面骰子 {pairs} 次，`roll_dice` 有 {alike} 次与前一次点数相同；"
        f"均匀的骰子大约是 {pairs // 6} 次。",
    )


@settings(max_examples=1)
@given(seed=st.integers(0, 10**6))
def faces_vary_as_by_chance(student: Student, seed: int) -> None:
    """In a long run some faces come up more often than others.

    In 6000 rolls of a fair die, no counts of the 6 faces are likelier than 1000 of each, which have
    a probability of 6000! / (1000!**6 * 6**6000) < 8e-10. Counts that differ by 10 at most are
    fewer than 11**6 - 10**6: so many ways there are to be 0 to 10 above the least one, and the sum
    settles that one. Such counts thus have a probability below 7e-4, and below 4e-10 in each of
    three runs. On average, the counts of a fair die differ by 80.
    """
    runs = [student.roll_dice(6000, 6, seed + number) for number in range(3)]
    times = np.array([[(rolls == face).sum() for face in range(1, 7)] for rolls in runs])
    differences = times.max(axis=1) - times.min(axis=1)
    require(
        differences.max() > 10,
        en="`roll_dice` rolls every face equally often, or nearly so: in each of 3 runs of 6000 "
        f"rolls the counts of 6 faces differ by at most {differences.max()}; those of a fair die "
        "differ by about 80.",
        zh="`roll_dice` 掷出各点数的次数相等或几乎相等：掷 3 轮、每轮 6000 次 6 面骰子，"
        f"每一轮中各点数的次数最多相差 {differences.max()}；均匀的骰子大约相差 80。",
    )


def _require_another_face(student: Student, seed: int) -> None:
    """Say so where a face is missing because one is repeated."""
    rolls = student.roll_dice(50, 20, seed)
    require(
        (rolls != rolls[0]).any(),
        en=f"`roll_dice` repeats one face: all 50 rolls of 20 faces are {rolls[0]}.",
        zh=f"`roll_dice` 重复同一个点数：掷 50 次 20 面骰子，每次都是 {rolls[0]}。",
    )


def _divergence(q: np.ndarray, p: float) -> np.ndarray:
    """The Kullback-Leibler divergence of coins that show heads with probability q and p."""
    rest = 1 - q
    heads = q * np.log(np.maximum(q, 1e-300) / p)
    tails = rest * np.log(np.maximum(rest, 1e-300) / (1 - p))
    return heads + tails


@settings(max_examples=5)
@given(seed=seeds, other=seeds)
def rolls_follow_the_seed(student: Student, seed: int, other: int) -> None:
    """A seed gives the same rolls again, another one gives others.

    Two fair dice of 20 sides agree in 50 rolls with a probability of 20^-50.
    """
    rolls = student.roll_dice(50, 20, seed)
    require(
        np.array_equal(student.roll_dice(50, 20, seed), rolls),
        en="`roll_dice` gives other rolls when it is called again with the same seed.",
        zh="用相同的种子再次调用时，`roll_dice` 给出了不同的结果。",
    )
    for neighbour in (other, seed ^ 1, *((seed + far) % 2**31 for far in (100, 1000, 2**16))):
        require(
            neighbour == seed or not np.array_equal(student.roll_dice(50, 20, neighbour), rolls),
            en=f"`roll_dice` gives the same rolls for the seeds {seed} and {neighbour}.",
            zh=f"种子为 {seed} 和 {neighbour} 时，`roll_dice` 给出了相同的结果。",
        )
