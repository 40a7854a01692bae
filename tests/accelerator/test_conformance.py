"""What is recorded of CUDA, against the simulation and, where there is one, against a GPU."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
    script = Path(__file__).with_name("conformance.py")
    command = [sys.executable, str(script), "--device", "cuda"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
