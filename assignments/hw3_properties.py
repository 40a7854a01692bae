"""Properties of hw3."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graders.properties import Student, require, tensor

coordinates = st.floats(-100, 100, width=32)
points = st.lists(st.tuples(*[coordinates] * 7), min_size=1, max_size=6)


@given(
    points=points, dtype=st.sampled_from(["float32", "float64"]), far=st.sampled_from([0, 1e3, 1e6])
)
def distances_are_never_negative(
    student: Student, points: list[tuple[float, ...]], dtype: str, far: float
) -> None:
    """No squared distance is negative, not even by as little as rounding would explain.

    The distances of points to themselves are 0, where formulas that subtract large numbers fall
    below; a sum of squares never does.
    """
    x = tensor(np.array(points) + far, dtype)
    distances = student.pairwise_squared_distances(x, x)
    require(
        distances.min() >= 0,
        en=f"`pairwise_squared_distances` returns a negative distance, {distances.min():.3g}.",
        zh=f"`pairwise_squared_distances` 返回了负的距离：{distances.min():.3g}。",
    )
