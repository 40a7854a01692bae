"""Workers with the profile of a GPU: what is open to them, what is not, and what ends them."""

from __future__ import annotations

import ctypes
import sys
import threading

import pytest
import torch
from calls import tensor
from gpu_stand_in import MEMORY, NAME, stand_in

from graders.checks.outcome import decode_outcome
from graders.errors import Fault
from graders.worker import cuda, gpu, sources, wire, zygote
from graders.worker.client import Block, Died, Finished, Limits, Overfilled, encode_cases
from graders.worker.observe import Memory, Options, build_arguments, observe
from graders.worker.sources import Gpu, Zygote

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has zygotes")

LIMITS = Limits()
SETUP = "import ctypes, mmap, os, resource, socket, threading, time, torch\n"


@pytest.fixture(scope="module")
def there():
    with stand_in() as there:
        yield there


@pytest.fixture
def run():
    """Run calls of `f` in a worker of its own, each with one argument; return the run."""
    opened = []

    def run(source, text, *arguments, limits=LIMITS, eager=False, **options):
        opened.append(source.open(limits))
        opened[-1].load("hw", [Block("hw.py", SETUP + text)], notebook=False)
        cases = encode_cases([[argument] for argument in arguments] or [[]])
        return opened[-1].run("f", cases, options=options, eager=eager)

    yield run
    for worker in opened:
        worker.close()


def outcomes(run):
    return [decode_outcome(answer.record, answer.payload) for answer in run.answers]


# ---------------------------------------------------------------- is there one


@pytest.mark.skipif(torch.backends.cuda.is_built(), reason="this PyTorch may find a GPU")
def test_a_build_without_cuda_is_told_and_workers_serve_nevertheless(run):
    with Zygote(on_gpu=True) as source:
        assert source.gpu == {"problem": "this PyTorch is built without CUDA"}
        assert source.isolation == "gpu"
        [outcome] = outcomes(run(source, "def f(x): return x * 2", tensor()))
    assert outcome.value.data == tensor(((2, 4, 6), (8, 10, 12))).storage


def test_the_weaker_level_is_told_with_what_is_open(there):
    level, facts = there.protection
    assert (there.isolation, level) == ("gpu", "gpu")
    assert any("driver of the GPU" in fact for fact in facts)


@pytest.mark.skipif(bool(gpu.device_files()), reason="there is a GPU")
def test_where_there_is_none_no_process_is_started():
    with Gpu() as none:
        assert none.absent == "there is no NVIDIA GPU"
        with pytest.raises(Fault, match="no NVIDIA GPU"):
            none.open(Limits())


def test_a_gpu_is_found_with_its_name(there):
    assert there.absent is None
    assert (there.name, there.isolation) == (NAME, "gpu")


def test_only_devices_of_the_driver_are_taken_for_them(tmp_path):
    (tmp_path / "nvidiactl").touch()  # no device
    assert gpu.device_files(tmp_path) == ()


@pytest.mark.parametrize(
    ("visible", "first"), [(None, "0"), ("2,3", "2"), ("", ""), ("MIG-1f", "MIG-1f")]
)
def test_workers_see_the_first_gpu_that_the_grader_may_use(monkeypatch, visible, first):
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    if visible is not None:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert gpu.environment()["CUDA_VISIBLE_DEVICES"] == first
    assert gpu.environment()["NVIDIA_TF32_OVERRIDE"] == "0"


def test_libraries_of_the_driver_are_found_where_the_grader_finds_them(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/driver/lib::relative")
    assert gpu.environment()["LD_LIBRARY_PATH"] == "/opt/driver/lib"


def test_other_workers_see_no_gpu(workers, run):
    code = "def f(): return [os.environ['CUDA_VISIBLE_DEVICES'], torch.cuda.is_available()]"
    [outcome] = outcomes(run(workers, code))
    assert outcome.value == ["", False]


def test_a_thread_of_the_driver_keeps_no_zygote_from_forking():
    before = zygote._threads()
    named, end = threading.Event(), threading.Event()

    def wait():
        ctypes.CDLL(None).prctl(15, b"cuda-EvtHandlr")  # PR_SET_NAME
        named.set()
        end.wait()

    thread = threading.Thread(target=wait)
    thread.start()
    try:
        assert named.wait(10)
        assert sorted(zygote._threads()) == sorted(before)
    finally:
        end.set()
        thread.join()


# ---------------------------------------------------------------- what is open, what is not

NEEDED = """
def f():
    thread = threading.Thread(target=time.sleep, args=(0,))
    thread.start(), thread.join()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        listener.bind(f"\\0cuda-uvmfd-{os.getpid()}")
        listener.listen(16)
    open(f"/proc/self/task/{os.getpid()}/comm", "w").write("cuda")
    assert open("/proc/self/maps").read() and open("/proc/devices").read()
    assert os.listdir("/sys/devices/system") and os.listdir("/proc/self/task")
    mmap.mmap(-1, 4096)
    reserved = mmap.mmap(-1, 1 << 42, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, prot=0)
    descriptors = [os.dup(1) for _ in range(200)]
    return resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
"""
REFUSED = """
attempts = [
    lambda: open("/etc/passwd"),
    lambda: open("/proc/loadavg"),
    lambda: open("/proc/1/cmdline"),
    lambda: open(f"/proc/{os.getppid()}/cmdline"),
    lambda: open(f"/proc/{os.getppid()}/environ"),
    lambda: open(f"/proc/{os.getppid()}/mem", "rb"),
    lambda: open("/proc/sys/vm/drop_caches", "w"),
    lambda: open("/sys/power/state", "w"),
    lambda: open("/dev/zero", "w"),
    lambda: open("/dev/shm/new", "w"),
    lambda: os.listdir("/"),
    lambda: os.listdir("/proc"),
    lambda: socket.socket(),
    lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    lambda: socket.socketpair(),
    lambda: socket.socket(socket.AF_UNIX),
    lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    lambda: socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET).connect("/run/udev/control"),
    lambda: socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET).connect("\\0name"),
    lambda: socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET).bind("named"),
    lambda: os.fork(),
    lambda: os.execv("/bin/true", ["true"]),
    lambda: os.kill(os.getppid(), 0),
    lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    lambda: os.memfd_create("x"),
]
def f():
    done = []
    for number, attempt in enumerate(attempts):
        try:
            attempt()
        except (PermissionError, ValueError):
            continue
        except OSError as error:
            done.append([number, str(error)])
            continue
        done.append(number)
    return done
"""


def test_what_the_driver_does_is_possible(there, run):
    [outcome] = outcomes(run(there, NEEDED))
    assert outcome.error is None, outcome.error
    assert outcome.value is True


def test_what_the_driver_does_not_need_stays_refused(there, run):
    [outcome] = outcomes(run(there, REFUSED))
    assert outcome.value == []


def test_memory_is_watched_where_the_kernel_does_not_limit_it(there, run, monkeypatch):
    monkeypatch.setattr(sources, "DRIVER_MEMORY", 0)
    text = "def f():\n    x = torch.ones(1 << 27)\n    time.sleep(60)"
    ended = run(there, text, limits=Limits(seconds=20, memory=128 << 20)).ending
    assert ended == Overfilled("memory", 128 << 20, 0)


def test_threads_are_counted_beyond_those_of_the_driver(there, run, monkeypatch):
    monkeypatch.setattr(sources, "DRIVER_THREADS", 2)
    text = """
def f():
    for _ in range(8):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    time.sleep(60)
"""
    ended = run(there, text, limits=Limits(seconds=20)).ending
    assert ended == Overfilled("threads", 1, 0)


# ---------------------------------------------------------------- a turn on the GPU


def test_no_more_processes_use_a_gpu_at_once_than_its_memory_takes(there):
    limits = Limits(memory=MEMORY // 4)  # one place: each is for two processes
    entered = threading.Event()

    def wait():
        with there.turn(limits):
            entered.set()

    with there.turn(limits):
        second = threading.Thread(target=wait)
        second.start()
        assert not entered.wait(0.3)
    second.join(10)
    assert entered.is_set()


def test_a_turn_that_cannot_be_had_is_a_fault_and_no_crash(there, monkeypatch, tmp_path):
    monkeypatch.setattr(sources.tempfile, "gettempdir", lambda: str(tmp_path / "nowhere"))
    with pytest.raises(Fault, match="No such file"), there.turn(Limits()):
        pass


def test_those_that_fit_do_not_wait_for_each_other(there):
    with there.turn(Limits()), there.turn(Limits()):
        pass


# ---------------------------------------------------------------- calls on the device


def test_arguments_are_copied_there_and_what_is_written_comes_back(there, run):
    text = """
def f(x):
    y = x.view(-1)[:2]
    y += 10
    return y
"""
    [outcome] = outcomes(run(there, text, tensor(), device="cuda"))
    assert outcome.value.device == "cuda"
    assert outcome.value.shares == (0,)
    assert outcome.changed[0].numpy().tolist() == [[11, 12, 3], [4, 5, 6]]


def test_layouts_and_gradients_are_the_same_there(there, run):
    text = """
def f(x):
    (x * x).sum().backward()
    return [x.is_contiguous(), x.is_leaf, x.requires_grad, list(x.stride())]
"""
    argument = tensor(layout="transposed", requires_grad=True)
    [outcome] = outcomes(run(there, text, argument, device="cuda"))
    assert outcome.value == [False, True, True, [1, 2]]
    assert outcome.gradients[0].numpy().tolist() == [[2, 4, 6], [8, 10, 12]]
    assert outcome.changed == {}


LOSES = """
def f(x):
    if x.numel() == 2:
        torch.lost = True
        raise RuntimeError("CUDA error: device-side assert triggered\\nCompile with `TORCH_USE")
    return x
"""


@pytest.mark.parametrize("eager", [False, True])
def test_a_device_assert_is_the_answer_and_ends_the_process(there, run, eager):
    cases = [tensor([1]), tensor([1, 2]), tensor([3])]
    ended = run(there, LOSES, *cases, eager=eager, device="cuda")
    assert ended.ending == Died(None, cuda.LOST)
    first, second = outcomes(ended)
    assert first.error is None
    assert second.error.text == "CUDA error: device-side assert triggered"
    assert run(there, LOSES, tensor([1]), device="cuda").ending == Finished()


def test_a_device_assert_that_is_caught_is_found(there, run):
    text = "def f(x):\n    torch.lost = True\n    return x"
    ended = run(there, text, tensor(), device="cuda")
    assert ended.ending == Died(None, cuda.LOST)
    assert "device-side assert" in outcomes(ended)[0].error.text


OUT = """
def f(x):
    torch.is_full = FULL
    raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has 1 GiB")
"""


def test_too_much_memory_of_the_gpu_is_the_calls_own_doing(there, run):
    ended = run(there, OUT.replace("FULL", "False"), tensor(), device="cuda")
    [outcome] = outcomes(ended)
    assert outcome.error.lacks_memory
    assert outcome.error.text == "CUDA out of memory. Tried to allocate 2.00 GiB"
    assert ended.ending == Finished()


def test_memory_that_others_hold_is_not(there, run):
    ended = run(there, OUT.replace("FULL", "True"), tensor(), device="cuda")
    assert ended.answers[0].record["unsupported"] == cuda.NO_MEMORY


@pytest.mark.slow
def test_a_worker_that_gets_no_gpu_does_not_start(run):
    with stand_in(refuses=True) as full, pytest.raises(Fault, match=r"CUDA error: out of memory$"):
        run(full, "def f(): pass")


# ---------------------------------------------------------------- arithmetic


def test_short_cuts_are_switched_off(monkeypatch):
    switches = torch.backends.cuda.matmul
    before = switches.allow_tf32, switches.allow_fp16_reduced_precision_reduction
    switches.allow_tf32 = switches.allow_fp16_reduced_precision_reduction = True
    try:
        cuda.be_exact()
        assert not switches.allow_tf32
        assert not switches.allow_fp16_reduced_precision_reduction
        assert not switches.allow_bf16_reduced_precision_reduction
        assert not torch.backends.cudnn.allow_tf32
    finally:
        switches.allow_tf32, switches.allow_fp16_reduced_precision_reduction = before


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("CUDA error: out of memory", cuda.NO_MEMORY),
        ("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", "..."),
        ("CUDA error: device-side assert triggered", None),
        ("The size of tensor a (2) must match the size of tensor b (3)", None),
    ],
)
def test_what_the_driver_refuses_is_told_from_what_the_call_does(text, lack):
    assert cuda.lacks(RuntimeError(text)) == (cuda.NO_MEMORY if lack else None)
    assert cuda.lacks(ValueError(text)) is None


# ---------------------------------------------------------------- on a real one


@pytest.mark.cuda
@pytest.mark.skipif(not gpu.device_files(), reason="there is no NVIDIA GPU")
class TestOnAGpu:
    """What the stand-in claims, on a GPU."""

    @pytest.fixture(scope="class")
    @classmethod
    def there(cls):
        with Gpu() as there:
            assert there.absent is None, there.absent
            yield there

    def test_it_is_named_and_confined(self, there):
        assert there.name
        assert there.isolation == "gpu"

    def test_values_come_back(self, there, run):
        [outcome] = outcomes(run(there, "def f(x): return x @ x.T", tensor(), device="cuda"))
        assert outcome.value.device == "cuda"
        assert outcome.value.numpy().tolist() == [[14, 32], [32, 77]]

    def test_products_are_made_in_float32(self, there, run):
        text = """
def f(n):
    x = 1 + torch.rand(256, 256, device="cuda") / 1024
    exact = x.double() @ x.double()
    return float((((x @ x).double() - exact).abs() / exact).max())
"""
        [outcome] = outcomes(run(there, text, 1, device="cuda"))
        assert outcome.value < 1e-5  # TF32 has 10 bits

    def test_writing_shares_and_gradients(self, there, run):
        text = "def f(x):\n    (x * x).sum().backward()\n    return x.detach()[0]"
        argument = tensor(requires_grad=True)
        [outcome] = outcomes(run(there, text, argument, device="cuda"))
        assert outcome.value.shares == (0,)
        assert outcome.gradients[0].numpy().tolist() == [[2, 4, 6], [8, 10, 12]]

    def test_a_device_assert_ends_the_process_and_no_other(self, there, run):
        text = "def f(x): return x[torch.tensor([9], device=x.device)]"
        ended = run(there, text, tensor([1, 2]), tensor([1, 2]), device="cuda")
        assert ended.ending == Died(None, cuda.LOST)
        assert "device-side assert" in outcomes(ended)[0].error.text
        assert run(there, "def f(x): return x", tensor(), device="cuda").ending == Finished()

    def test_memory_is_bounded(self, there, run):
        text = """
def f(n):
    torch.cuda.set_per_process_memory_fraction(1.0)
    return torch.empty(n << 30, dtype=torch.uint8, device="cuda")[:1].clone()
"""
        ended = run(there, text, 2, 0, limits=Limits(seconds=20), device="cuda")
        first, _ = outcomes(ended)
        assert first.error.lacks_memory
        assert ended.ending == Finished()

    def test_a_hang_is_ended(self, there, run):
        text = "def f(x):\n    while True: x = x @ x.T"
        ended = run(there, text, tensor(((1, 2), (3, 4))), limits=Limits(seconds=2), device="cuda")
        assert type(ended.ending).__name__ == "TimedOut"
        assert run(there, "def f(x): return x", tensor(), device="cuda").ending == Finished()


def test_an_observation_in_this_process_copies_too(monkeypatch):
    monkeypatch.setattr(cuda, "DEVICE", torch.device("cpu"))
    monkeypatch.setattr(cuda, "_synchronize", lambda: None)
    payload = bytearray()
    trees = wire.encode_arguments([tensor()], payload)
    built = build_arguments(trees, Memory(memoryview(payload)), "cuda")
    seen = observe(lambda x: x.zero_(), built, Options("cuda"), frozenset())
    assert "changed" in seen.record
    assert built.values[0].data_ptr() != built.memory.now.obj.ctypes.data
