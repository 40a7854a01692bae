"""What is recorded of CUDA, against the simulation and, where there is one, against a GPU."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import operations
import pytest
import torch
from conformance import disagreement
from snippets import SNIPPETS, NotChecked, Snippet

from graders.worker import accelerator

made_in_python = pytest.mark.skipif(
    not hasattr(torch._C, "_acc"), reason="this torch has no devices made in Python"
)


@pytest.fixture(scope="module")
def _installed() -> None:
    accelerator.install()


@made_in_python
@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("snippet", SNIPPETS, ids=[snippet.code for snippet in SNIPPETS])
def test_simulation_does_what_is_recorded(snippet: Snippet) -> None:
    assert disagreement(snippet, accelerator.DEVICE) is None


@pytest.mark.slow
@made_in_python
def test_operations_meet_other_tensors_as_on_cuda() -> None:
    recorded = json.loads(operations.RECORD.read_text())["torch"].partition("+")[0]
    if recorded != f"torch {torch.__version__}".partition("+")[0]:
        pytest.skip("PyTorch's sample arguments differ from version to version")
    ended = run("operations.py")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert int(ended.stdout.split()[0]) > 16_000


def test_no_snippet_is_there_twice() -> None:
    codes = [snippet.code for snippet in SNIPPETS]
    assert len(set(codes)) == len(codes)


def test_simulation_differs_from_cuda_only_where_it_says_so() -> None:
    differing = [snippet for snippet in SNIPPETS if snippet.simulated is not None]
    assert len(differing) < len(SNIPPETS) / 40
    assert any(snippet.simulated == NotChecked() for snippet in differing)


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
def test_cuda_does_what_is_recorded() -> None:
    for script in ("conformance.py", "operations.py"):
        ended = run(script, "--device", "cuda")
        assert ended.returncode == 0, ended.stdout + ended.stderr


def run(script: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(Path(__file__).with_name(script)), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
