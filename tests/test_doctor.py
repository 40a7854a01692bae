"""The command that looks at the machine; what it says must be true of this one."""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version

import pytest
import torch

from graders import doctor
from graders.cli import main
from graders.doctor import Check, Examination
from graders.errors import Fault
from graders.worker.sources import Zygote

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="speaks of confinement")


class Workers:
    """A source of workers that says how it is confined, and opens none."""

    def __init__(self, level="full", facts=("a fact",), fault=None):
        self.level, self.facts, self.fault = level, facts, fault

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    @property
    def isolation(self):
        return self.protection[0]

    @property
    def protection(self):
        if self.fault is not None:
            raise self.fault
        return self.level, self.facts


@pytest.fixture(scope="module")
def examined():
    return doctor.examine([doctor.Path(__file__)])


def check(examination, name):
    [found] = [check for check in examination.checks if check.name == name]
    return found


@pytest.fixture
def quick(monkeypatch):
    """Answer without starting a process: with a source of workers, and with what PyTorch says."""

    def quick(workers=None, pytorch='["2.13.0+cpu", null, []]'):
        workers = workers or Workers()
        monkeypatch.setattr(doctor, "worker_source", lambda: workers)
        monkeypatch.setattr(doctor, "_time_a_worker", lambda _: 0.01)
        monkeypatch.setattr(doctor, "ASK_PYTORCH", f"print({pytorch!r})")
        return doctor.examine([doctor.Path(__file__)])

    return quick


def test_this_machine_is_examined_for_real(examined):
    assert check(examined, "Python").state == "ready"
    assert f"torch {version('torch')}" in check(examined, "packages").facts[0]
    assert check(examined, "worker").state == "ready"
    with Zygote() as workers:
        level, facts = workers.protection
    assert examined.isolation == level
    assert check(examined, "confinement").facts[: len(facts)] == facts
    [name, cuda] = check(examined, "PyTorch").facts
    assert name == f"PyTorch {torch.__version__}"
    assert cuda.startswith("CUDA: ")


def test_the_command_prints_every_check_and_ends_with_its_status(quick, capsys):
    state = quick().state
    status = main(["doctor"])
    output = capsys.readouterr().out
    assert status == {"ready": 0, "weak": 1, "broken": 3}[state]
    for name in ("Python", "packages", "cache", "worker", "confinement", "references", "PyTorch"):
        assert name in output
    assert all(len(line) <= 78 for line in output.splitlines())


def test_the_command_prints_one_json_object(quick, capsys):
    quick(Workers("none", ("no confinement",)))
    assert main(["doctor", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["state"], found["isolation"]) == (1, "weak", "none")
    assert {*found["checks"][0]} == {"check", "state", "facts", "advice"}


@pytest.mark.parametrize(
    ("level", "sentence"),
    [("reads open", "read every file"), ("none", "use the network")],
)
def test_what_is_not_protected_is_said_in_plain_words(quick, level, sentence):
    examination = quick(Workers(level))
    found = check(examination, "confinement")
    assert (found.state, examination.state) == ("weak", "weak")
    assert any(sentence in fact for fact in found.facts)
    assert found.advice is not None
    assert check(examination, "references").state == "weak"


def test_nothing_is_said_to_be_open_where_all_is_closed(quick):
    assert check(quick(), "confinement") == Check("confinement", "ready", ("a fact",))


def test_a_worker_that_does_not_start_is_told_and_broken(quick):
    examination = quick(Workers(fault=Fault("a worker could not start")))
    assert check(examination, "worker").facts == ("a worker could not start",)
    assert examination.state == "broken"
    assert examination.isolation == "none"


def test_a_pytorch_that_cannot_be_imported_is_told(monkeypatch, quick):
    quick()
    monkeypatch.setattr(doctor, "ASK_PYTORCH", "import nothing_of_this_name")
    found = check(doctor.examine([]), "PyTorch")
    assert found.state == "broken"
    assert "No module named" in found.facts[0]


def test_devices_are_named(quick):
    found = check(quick(pytorch='["2.13.0+cu130", "13.0", ["A device"]]'), "PyTorch")
    assert found.facts == ("PyTorch 2.13.0+cu130", "CUDA: A device")


def test_an_untested_pytorch_is_weak(quick):
    assert check(quick(pytorch='["9.1.0", null, []]'), "PyTorch").state == "weak"


def test_a_reference_among_the_packages_is_broken(quick, monkeypatch):
    workers = Workers()
    quick(workers)
    found = check(doctor.examine([doctor.Path(pytest.__file__)]), "references")
    assert found.state == "broken"
    assert "pytest" in found.facts[0]


def test_a_cache_that_cannot_be_written_is_weak(quick, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GRADER_CACHE", str(tmp_path / "file" / "cache"))
    found = check(quick(), "cache")
    assert found.state == "weak"
    assert "GRADER_CACHE" in found.advice


def test_no_temporary_folder_is_broken(quick, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    assert check(quick(), "temporary files").state == "broken"


@pytest.mark.parametrize(("name", "state"), [("seccompy", "weak"), ("numpy", "broken")])
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    quick, monkeypatch, name, state
):
    def installed(package):
        if package == name:
            raise PackageNotFoundError
        return "1.0"

    monkeypatch.setattr(doctor, "version", installed)
    found = check(quick(), "packages")
    assert (found.state, found.advice) == (state, f"pip install {name}")


@pytest.mark.parametrize(
    ("states", "worst"),
    [(["ready", "ready"], "ready"), (["ready", "weak"], "weak"), (["broken", "weak"], "broken")],
)
def test_the_worst_check_decides(states, worst):
    checks = tuple(Check("x", state, ()) for state in states)
    assert Examination(checks, "full").state == worst


class SomeGpu:
    """A GPU that says what it is, or why it is none."""

    name, protection = "A GPU", ("gpu", ("confinement: gpu",))

    def __init__(self, absent=None):
        self.absent = absent

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def test_a_gpu_is_told_with_what_is_open_there(quick, monkeypatch):
    monkeypatch.setattr(doctor, "device_files", lambda: ("/dev/nvidiactl",))
    monkeypatch.setattr(doctor, "Gpu", SomeGpu)
    found = check(quick(), "GPU")
    assert found.state == "ready"
    assert found.facts[0] == "A GPU, TF32 off"
    assert found.facts[-1] == "confinement: gpu"


def test_a_gpu_that_cannot_be_used_is_weak(quick, monkeypatch):
    monkeypatch.setattr(doctor, "device_files", lambda: ("/dev/nvidiactl",))
    monkeypatch.setattr(doctor, "Gpu", lambda: SomeGpu("CUDA does not start (304)"))
    found = check(quick(), "GPU")
    assert (found.state, found.facts) == ("weak", ("CUDA does not start (304)",))


@pytest.mark.skipif(bool(doctor.device_files()), reason="there is a GPU")
def test_without_a_gpu_nothing_is_said_of_one(quick):
    assert "GPU" not in {check.name for check in quick().checks}
