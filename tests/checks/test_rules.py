"""Work that grows with a size, by what was counted."""

import pytest

from graders.checks.mismatch import GrowingOperations
from graders.checks.rules import growing_steps


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {2: 7},
        {2: 7, 3: 7, 4: 7},
        pytest.param({2: 7, 4: 30, 5: 30}, id="a branch for what is larger than 2"),
        pytest.param({2: 30, 4: 7, 5: 30}, id="a branch for what is even"),
        pytest.param({2: 7, 8: 9, 9: 10}, id="less than the size grows"),
    ],
)
def test_steps_that_do_not_grow_with_the_size(counts):
    assert growing_steps("n", counts) is None


@pytest.mark.parametrize("counts", [{2: 7, 4: 9, 5: 10}, {5: 40, 4: 30, 2: 10}, {2: 4, 3: 9}])
def test_steps_of_a_loop(counts):
    found = growing_steps("n", counts)
    assert found == GrowingOperations("n", tuple(sorted(counts.items())), "steps")
