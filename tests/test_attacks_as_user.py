"""The attacks that depend on who grades, once more without the rights of root."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from graders.worker import confine

REPOSITORY = Path(__file__).parents[1]
USER = 1001
FAMILIES = "reading or writing or processes or signals or outliving or network"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines"),
    pytest.mark.xdist_group("attacks"),
    pytest.mark.slow,
]


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="grader-user-"))
    shutil.chown(folder, USER, USER)
    yield folder
    shutil.rmtree(folder)


def test_the_attacks_fail_for_a_plain_user_too(home):
    if os.geteuid() != 0:
        pytest.skip("the other tests of attacks ran as a plain user already")
    if not all(map(confine._open_to_all, [*confine.default_read_roots(), REPOSITORY])):
        pytest.skip("another user cannot read this Python")
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-x"]
    done = subprocess.run(
        [*command, "--basetemp", home / "tests", "tests/test_attacks.py", "-k", FAMILIES],
        cwd=REPOSITORY,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        user=USER,
        group=USER,
        extra_groups=[],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
