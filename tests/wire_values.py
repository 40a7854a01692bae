"""Strategies for what goes to a worker, and for what a hostile one may send back."""

from hypothesis import strategies as st

from graders.worker import wire
from graders.worker.wire import ArgumentTensor

dtypes = st.sampled_from(sorted(wire.ITEM_SIZES))


@st.composite
def argument_tensors(draw):
    """Any dtype, bytes and layout; the elements may overlap and leave gaps."""
    dtype = draw(dtypes)
    shape = tuple(draw(st.lists(st.integers(0, 3), max_size=3)))
    strides = tuple(draw(st.integers(0, 4)) for _ in shape)
    offset = draw(st.integers(0, 2))
    reach = sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    size = 0 if 0 in shape else (offset + reach + 1) * wire.ITEM_SIZES[dtype]
    storage = draw(st.binary(min_size=size, max_size=size))
    kinds = ["tensor"] if dtype == "bfloat16" else ["tensor", "array"]
    kind = draw(st.sampled_from(kinds))
    return ArgumentTensor(kind, dtype, shape, strides, offset if size else 0, storage)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["tensor", "array", "list", "dict", "float", "int", "c", "float32"]),
    lambda items: st.lists(items, max_size=8) | st.dictionaries(st.text(max_size=3), items),
    max_leaves=12,
)
