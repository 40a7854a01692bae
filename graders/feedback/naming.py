"""Names that are like other names."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Final

MOST_COMPARED: Final = 1_000  # a file can be made to define any number of names


def similar_name(name: str, names: Sequence[str]) -> str | None:
    """Return the name that is most like `name`, if any is."""
    found = difflib.get_close_matches(name, names[:MOST_COMPARED], n=1, cutoff=0.6)
    return found[0] if found else None
