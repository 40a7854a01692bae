"""The attacks on what surrounds a worker, once more where a worker may use a GPU."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_attacks import ON_GPU

REPOSITORY = Path(__file__).parents[1]
FAMILIES = "reading or writing or processes or signals or outliving or network"
OPEN = "processes_threads or network_other_families"  # the driver starts threads, and listens

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines"),
    pytest.mark.xdist_group("attacks"),
    pytest.mark.slow,
]


def test_the_attacks_fail_where_the_driver_of_a_gpu_is_open(tmp_path):
    chosen = f"({FAMILIES}) and not ({OPEN})"
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--basetemp", tmp_path / "tests", "tests/test_attacks.py", "-k", chosen],
        cwd=REPOSITORY,
        env=os.environ | {ON_GPU: "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
