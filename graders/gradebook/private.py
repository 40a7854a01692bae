"""Files that nobody but their owner can read, replaced as a whole or not at all."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graders.errors import UsageError

SECRET: Final = "secret.key"


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can enter."""
    if path.is_dir():
        return
    try:
        for folder in [*reversed(path.parents), path]:  # the mode holds for the last one only
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: no folder can be made there: {error.strerror}") from error


def write(path: Path, data: bytes | str) -> None:
    """Write a file of mode 0600; an interruption leaves the old one."""
    write_parts(path, [data])


def write_parts(path: Path, parts: Iterable[bytes | str]) -> None:
    """Write a file of mode 0600 part by part; an interruption leaves the old one."""
    make_folder(path.parent)
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(descriptor, "wb") as file:
            for part in parts:  # a message may hold half a character
                data = part.encode("utf-8", "backslashreplace") if isinstance(part, str) else part
                file.write(data)
        os.replace(name, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


class Pseudonyms:
    """Names that stay the same from run to run, and that only the secret can link to ids."""

    def __init__(self, folder: Path) -> None:
        """Read the folder's secret, or make one."""
        path = folder / SECRET
        if not path.exists():
            write(path, secrets.token_bytes(32))
        self._secret = path.read_bytes()

    def of(self, student: str) -> str:
        """Return the pseudonym of a student."""
        digest = hmac.new(self._secret, student.encode("utf-8", "backslashreplace"), hashlib.sha256)
        return f"student-{digest.hexdigest()[:10]}"
