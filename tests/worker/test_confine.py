"""Real forks of a process like the zygote; what must fail is harmless if it does not."""

from __future__ import annotations

import errno
import json
import os
import platform
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graders.worker import confine, syscalls
from graders.worker.confine import Level, Protection

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines")

REPOSITORY = Path(__file__).parents[2]
OTHER_USER = 1001

# Reads one job a line: forks, confines the child, runs code in it, answers with what it printed.
ZYGOTE = """
import json, os, sys
options = json.loads(sys.argv[1])
sys.path.insert(0, options["repository"])
import landlockpy, seccompy
from pathlib import Path
if options["landlock"] is not None:
    landlockpy._syscall.abi_version = lambda: options["landlock"]
if not options["seccomp"]:
    seccompy.supported = lambda: False
if options["torch"]:
    import torch
    torch.set_num_threads(1)
    torch.ones(3, 3) @ torch.ones(3, 3)
from graders.worker import confine
from graders.worker.confine import Confinement, ConfinementError, Limits
confinement = confine.prepare(confine.default_read_roots())
null = os.open(os.devnull, os.O_RDONLY)

def run(job, writer):
    os.dup2(null, 0), os.dup2(writer, 1), os.dup2(writer, 2)
    for step in job["switched_off"]:
        setattr(Confinement, step, lambda *_, **__: None)
    try:
        confinement.apply(Limits(**job["limits"]), job["scratch"] and Path(job["scratch"]))
    except ConfinementError as error:
        print("REFUSED:", error, flush=True)
        os._exit(72)
    exec(job["code"], {"__name__": "__main__"})
    sys.stdout.flush()

print(json.dumps([confinement.protection.level, *confinement.protection.describe()]), flush=True)
for line in sys.stdin:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            run(json.loads(line), writer)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writer)
    with open(reader, errors="replace") as output:
        text = output.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps([status, text]), flush=True)
"""


class Zygote:
    """A process that runs code in confined children."""

    def __init__(self, *, user: int | None = None, **options: Any) -> None:
        defaults = {"landlock": None, "seccomp": True, "torch": False}
        settings = json.dumps({"repository": str(REPOSITORY), **defaults, **options})
        command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", ZYGOTE, settings]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
            cwd="/",
        )
        assert self.process.stdout is not None
        self.level, *self.facts = json.loads(self.process.stdout.readline())

    def run(
        self, code: str, *, scratch: Path | None = None, switched_off: Any = (), **limits: Any
    ) -> tuple[int, str]:
        """Exit status (negative: a signal) of a child that ran the code, and what it printed."""
        job = {"code": code, "limits": limits, "switched_off": list(switched_off)}
        job["scratch"] = scratch and str(scratch)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        status, output = json.loads(self.process.stdout.readline())
        return status, output

    def output(self, code: str, **settings: Any) -> str:
        status, output = self.run(code, **settings)
        assert status == 0, output
        return output.strip()

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=30)


def zygote_of_another_user(**options: Any) -> Zygote:
    if os.geteuid() != 0:
        pytest.skip("only root can start a zygote of another user")
    if not all(confine._open_to_all(path) for path in confine.default_read_roots()):
        pytest.skip("this Python is readable for its owner only")
    return Zygote(user=OTHER_USER, **options)


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


VARIANTS: dict[str, dict[str, Any]] = {
    "this user": {},
    "another user": {"user": OTHER_USER},
    "oldest Landlock": {"landlock": 1},
    "Landlock 4": {"landlock": 4},
}


@pytest.fixture(scope="module", params=list(VARIANTS))
def any_zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    options = VARIANTS[request.param]
    zygote = zygote_of_another_user() if "user" in options else Zygote(**options)
    assert zygote.level == Level.FULL
    yield zygote
    zygote.close()


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that every user may enter and write, with files that every user may read."""
    folder = Path(f"/tmp/confine-{os.getpid()}-{tmp_path_factory.mktemp('name').name}")
    folder.mkdir()
    folder.chmod(0o777)
    (folder / "secret").write_text("the reference")
    (folder / "secret").chmod(0o666)
    (folder / "leaked.py").touch(0o644)
    yield folder
    confine.remove_folder(folder)


@pytest.fixture
def scratch(outside: Path) -> Path:
    scratch = outside / "scratch"
    scratch.mkdir()
    if os.geteuid() == 0:
        scratch.chmod(0o777)  # for the zygote of another user
    return scratch


# ---------------------------------------------------------------- what must not be possible

PRELUDE = """
import ctypes, fcntl, mmap, os, resource, shutil, signal, socket, subprocess, sys, _thread
from pathlib import Path
libc = ctypes.CDLL(None, use_errno=True)
def call(function, *arguments):
    if function(*arguments) == -1:
        raise OSError(ctypes.get_errno(), "refused")
def syscall(number, *arguments):
    call(libc.syscall, number, *arguments)
outside = Path("OUTSIDE")
secret = outside / "secret"
parent = os.getppid()
"""

READS = [
    "open(secret)",
    "open('/etc/passwd')",
    "open('/proc/self/maps')",
    "open('/proc/1/cmdline')",
    "open(f'/proc/{parent}/environ')",
    "os.listdir('/')",
    "os.listdir(outside)",
    "os.listdir('/dev/shm')",
    "os.open(secret, os.O_RDONLY | os.O_NOFOLLOW)",
    "sys.path.insert(0, str(outside)); import leaked",
    f"open({str(REPOSITORY / 'pyproject.toml')!r})",
    f"os.listdir({str(REPOSITORY)!r})",
]
ATTACKS = [
    "open(f'/proc/{parent}/mem', 'rb')",
    "open(secret, 'w')",
    "open(secret, 'a')",
    "os.open(secret, os.O_RDONLY | os.O_TRUNC)",
    "os.open(secret, 3 | os.O_TRUNC)",
    "os.open(outside, os.O_TMPFILE | os.O_RDWR)",
    "open(outside / 'new', 'w')",
    "open('/dev/shm/confine', 'w')",
    "open('/dev/zero', 'wb')",
    "open(os.__file__, 'r+')",
    "os.truncate(secret, 0)",
    "os.unlink(secret)",
    "os.rename(secret, outside / 'renamed')",
    "os.mkdir(outside / 'folder')",
    "os.chmod(secret, 0o600)",
    "os.chown(secret, -1, -1)",
    "os.utime(secret)",
    "os.symlink('/etc/passwd', 'link')",
    "os.link(secret, 'link')",
    "os.mkfifo('fifo')",
    "os.setxattr(secret, 'user.name', b'value')",
    "socket.socket()",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "socket.socket(socket.AF_UNIX)",
    "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "socket.socketpair()",
    "os.fork()",
    "os.posix_spawn(sys.executable, [sys.executable, '-c', ''], {})",
    "subprocess.run([sys.executable, '-c', ''])",
    "assert os.system('true') == 0",
    "os.execv(sys.executable, [sys.executable, '-c', 'print(1)'])",
    "_thread.start_new_thread(print, ())",
    "os.kill(parent, 0)",
    "os.kill(os.getpid(), 0)",
    "signal.pidfd_send_signal(os.pidfd_open(parent), 0)",
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
    "resource.prlimit(parent, resource.RLIMIT_CORE)",
    "os.sched_setaffinity(parent, {0})",
    "os.setpriority(os.PRIO_PROCESS, parent, 19)",
    "fcntl.fcntl(1, fcntl.F_SETOWN, parent)",
    "fcntl.fcntl(1, 1031, 1 << 20)",
    "fcntl.lockf(open(os.__file__), fcntl.LOCK_SH)",
    "os.memfd_create('name')",
    "mmap.mmap(-1, 4096)",
    "call(libc.prctl, 1, 0, 0, 0, 0)",
    "call(libc.prctl, 4, 1, 0, 0, 0)",
    "call(libc.ptrace, 0x4206, parent, 0, 0)",
    "call(libc.shmget, 0, 4096, 0o1600)",
    "call(libc.unshare, 0x10000000)",
    "syscall(425, 1, bytes(120))",  # io_uring_setup
    "syscall(437, -100, b'/', bytes(24), 24)",  # openat2
    "syscall(444, 0, 0, 1)",  # landlock_create_ruleset
    "syscall(0x40000000 | 39)",  # getpid of the x32 interface
    "os.setuid(0)",
    "os.setsid()",
    "os.chroot('/')",
]

TRY_ALL = """
escaped = []
for attack in ATTACKS:
    try:
        exec(attack)
    except (OSError, ImportError, ValueError, RuntimeError, AssertionError):
        continue
    escaped.append(attack)
print(escaped)
"""


def try_all(attacks: list[str], outside: Path) -> str:
    """Code that prints the attacks that did what they wanted."""
    return PRELUDE.replace("OUTSIDE", str(outside)) + TRY_ALL.replace("ATTACKS", repr(attacks))


def test_every_attack_fails(any_zygote: Zygote, outside: Path, scratch: Path) -> None:
    assert any_zygote.output(try_all(READS + ATTACKS, outside), scratch=scratch) == "[]"
    assert (outside / "secret").read_text() == "the reference"
    assert {path.name for path in outside.iterdir()} == {"secret", "leaked.py", "scratch"}


def test_every_attack_fails_without_scratch(any_zygote: Zygote, outside: Path) -> None:
    attacks = [*READS, *ATTACKS, "open('/dev/null', 'w')"]
    assert any_zygote.output(try_all(attacks, outside)) == "[]"


def test_attacks_work_unconfined(outside: Path) -> None:
    """Otherwise the tests above would prove nothing; only those that leave no trace run here."""
    traceless = ("'/dev/zero'", "socket.", "os.kill(", "_thread", "memfd", "mmap", "RLIMIT", "fifo")
    attacks = [one for one in ATTACKS if any(word in one for word in traceless)]
    attacks = [one for one in READS + attacks if "AF_NETLINK" not in one]
    code = try_all(attacks, outside)
    command = [sys.executable, "-B", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=outside)
    assert done.stdout.strip() == str(attacks)


def test_only_reads_are_open_without_landlock(outside: Path, scratch: Path) -> None:
    zygote = Zygote(landlock=0)
    assert zygote.level == Level.READS_OPEN
    assert any("can read every file" in fact for fact in zygote.facts)
    assert zygote.output(try_all(ATTACKS, outside), scratch=scratch) == "[]"
    assert zygote.output("import os; print(os.getcwd())", scratch=scratch) == "/"
    zygote.close()


def test_one_child_sees_nothing_of_another(zygote: Zygote, outside: Path, scratch: Path) -> None:
    other = outside / "other"
    other.mkdir(mode=0o777)
    (other / "answer.txt").write_text("42")
    zygote.output("open('answer.txt', 'w').write('43')", scratch=scratch)
    attacks = ["open('../other/answer.txt')", "os.listdir('../other')", "open('../other/new', 'w')"]
    assert zygote.output(try_all(attacks, outside), scratch=scratch) == "[]"
    zygote.output("import os; os.rename('answer.txt', 'mine')", scratch=scratch)
    assert [path.name for path in scratch.iterdir()] == ["mine"]


# ---------------------------------------------------------------- what must be possible

ORDINARY = """
import asyncio, csv, decimal, encodings.idna, http.client, json, multiprocessing, os, pathlib
import pickle, random, sqlite3, statistics, sys, tempfile, time, unittest, zoneinfo
sqlite3.connect(":memory:").execute("select 1")
time.localtime(), time.sleep(0.001), zoneinfo.ZoneInfo("Europe/Paris")
os.urandom(8), random.SystemRandom().random(), os.cpu_count(), os.sched_getaffinity(0)
open(os.devnull).read(), os.listdir(os.path.dirname(os.__file__)), os.path.exists("/nowhere")
print("to stderr", file=sys.stderr)
"""
SCRATCH = """
import os, pathlib, shutil, tempfile
home = pathlib.Path.home()
assert home == pathlib.Path.cwd() == pathlib.Path(tempfile.gettempdir())
home.joinpath("deep", "deeper").mkdir(parents=True)
home.joinpath("deep", "notes.txt").write_text("hello")
os.replace("deep/notes.txt", "deep/other.txt")
with open("deep/other.txt", "r+") as file:
    file.truncate(2)
assert open("deep/other.txt").read() == "he"
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile(dir=folder) as file:
    file.write(b"data")
with tempfile.TemporaryFile() as file:
    file.write(b"data")
shutil.rmtree("deep")
print("text", file=open(os.devnull, "w"))
assert os.listdir() == []
"""


def test_ordinary_code_works(any_zygote: Zygote, scratch: Path) -> None:
    assert any_zygote.output(ORDINARY) == "to stderr"
    assert any_zygote.output(ORDINARY + SCRATCH, scratch=scratch) == "to stderr"


def test_threads_when_asked_for(any_zygote: Zygote, outside: Path) -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as pool:
    print(*pool.map(str, range(3)))
"""
    assert any_zygote.output(code, threads=True) == "0 1 2"
    attacks = [attack for attack in READS + ATTACKS if "_thread" not in attack]
    assert any_zygote.output(try_all(attacks, outside), threads=True) == "[]"
    status, output = any_zygote.run(code)
    assert (status, "can't start new thread" in output) == (1, True)


TORCH = """
import io, torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
x, y = torch.randn(64, 8), torch.randint(0, 3, (64,))
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
for _ in range(5):
    for inputs, labels in DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        optimizer.step()
square = x.T @ x + torch.eye(8)
assert torch.allclose(torch.linalg.inv(square) @ square, torch.eye(8), atol=1e-3)
assert torch.linalg.svd(square).S.shape == (8,)
assert torch.einsum("ij,kj->ik", x, x).shape == (64, 64)
assert nn.LSTM(8, 4)(x[None])[0].shape == (1, 64, 4)
assert nn.Conv2d(1, 2, 3)(torch.randn(1, 1, 8, 8)).shape == (1, 2, 6, 6)
assert torch.fft.fft(x).shape == x.shape
assert nn.TransformerEncoderLayer(8, 2, 16)(x[None]).shape == (1, 64, 8)
assert torch.func.vmap(torch.dot)(x, x).shape == (64,)
torch.save(model.state_dict(), "model.pt")
model.load_state_dict(torch.load("model.pt"))
torch.save(x, buffer := io.BytesIO())
assert not torch.cuda.is_available()
print(x[:2], loss.item() < 1.2)
import networkx, jinja2, sympy
"""


def test_torch_works(scratch: Path) -> None:
    pytest.importorskip("torch")
    zygote = Zygote(torch=True)
    output = zygote.output(TORCH, scratch=scratch, cpu_seconds=60)
    assert output.startswith("tensor([[")
    assert output.endswith("True")
    status, output = zygote.run("import torch; torch.ones(1 << 29)", memory_bytes=1 << 30)
    assert (status, "can't allocate memory" in output) == (1, True)
    zygote.close()


# ---------------------------------------------------------------- limits


def test_memory_ends_in_an_error(zygote: Zygote) -> None:
    assert "MemoryError" in zygote.run("bytearray(200 << 20)", memory_bytes=100 << 20)[1]
    assert zygote.output("bytearray(50 << 20)", memory_bytes=100 << 20) == ""


def test_files_stay_small(zygote: Zygote, scratch: Path) -> None:
    code = "open('big', 'wb').write(bytes(2 << 20))"
    status, output = zygote.run(code, scratch=scratch, file_bytes=1 << 20)
    assert (status, "File too large" in output) == (1, True)
    assert (scratch / "big").stat().st_size <= 1 << 20


def test_processor_time_ends_even_a_deaf_child(zygote: Zygote) -> None:
    assert zygote.run("while True: pass", cpu_seconds=1)[0] == -signal.SIGXCPU
    deaf = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    assert zygote.run(deaf, cpu_seconds=1)[0] == -signal.SIGKILL


def test_abort_ends_the_child(zygote: Zygote) -> None:
    status, _ = zygote.run("import os; os.abort()")
    assert status in {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGILL, -signal.SIGTRAP}


def test_descriptors_of_the_zygote_are_closed(zygote: Zygote) -> None:
    code = """
import os
def is_open(number):
    try:
        return bool(os.fstat(number))
    except OSError:
        return False
print([number for number in range(100) if is_open(number)])
"""
    assert zygote.output(code) == "[0, 1, 2]"


def test_child_dies_with_its_zygote() -> None:
    code = f"""
import os, sys, time
sys.path.insert(0, {str(REPOSITORY)!r})
from graders.worker import confine
confinement = confine.prepare(confine.default_read_roots())
if os.fork() == 0:
    confinement.apply(confine.Limits())
    os.write(1, b"ready")
    time.sleep(600)
sys.stdin.read()
os._exit(0)
"""
    command = [sys.executable, "-I", "-B", "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as zygote:
        assert zygote.stdout is not None
        assert zygote.stdin is not None
        assert zygote.stdout.read(5) == b"ready"
        zygote.stdin.close()
        assert zygote.stdout.read() == b""  # ends when the child's copy of the pipe does


# ---------------------------------------------------------------- fail closed


@pytest.mark.parametrize(
    ("step", "promise"),
    [
        ("_restrict_files", "read any file"),
        ("_restrict_calls", "open a socket"),
        ("_restrict_calls", "start a process"),
        ("_restrict_calls", "change a limit"),
        ("_restrict_calls", "send a signal"),
    ],
)
def test_child_refuses_without_a_mechanism(
    zygote: Zygote, scratch: Path, step: str, promise: str
) -> None:
    for folder in (None, scratch):
        status, output = zygote.run("print('ran')", scratch=folder, switched_off=[step])
        assert status == 72
        assert output.startswith("REFUSED:")
        assert promise in output


def test_child_refuses_a_scratch_folder_that_does_not_exist(zygote: Zygote, outside: Path) -> None:
    status, output = zygote.run("", scratch=outside / "nowhere")
    assert (status, "could not be confined" in output) == (72, True)


def test_child_of_another_process_is_refused() -> None:
    done = run_python("""
confinement = confine.prepare(confine.default_read_roots())
try:
    confinement.apply(confine.Limits())  # in the zygote itself
except confine.ConfinementError as error:
    print(error)
""")
    assert "the zygote is gone" in done


def run_python(code: str) -> str:
    start = f"import os, sys; sys.path.insert(0, {str(REPOSITORY)!r})\n"
    start += "from graders.worker import confine\n"
    command = [sys.executable, "-I", "-B", "-c", start + code]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


# ---------------------------------------------------------------- what a machine has


def test_probe_tells_what_holds() -> None:
    lines = run_python("""
print(*confine.probe().describe(), sep="\\n")
confine.Confinement._restrict_calls = lambda *_, **__: None
print(*confine.probe().describe(), sep="\\n")
""").splitlines()
    assert lines[0] == "confinement: full"
    assert lines[4] == "confinement: none"
    assert "open a socket" in lines[-1]


def test_nothing_is_promised_without_both_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "landlockpy", None)
    monkeypatch.setitem(sys.modules, "seccompy", None)
    monkeypatch.setattr(confine, "hide_memory", lambda: None)
    protection = confine.prepare([]).protection
    assert protection.level is Level.NONE
    assert protection.reasons == ("landlockpy is not installed", "seccompy is not installed")


@pytest.mark.parametrize(
    ("landlock", "seccomp", "level"),
    [(7, True, "full"), (0, True, "reads open"), (7, False, "none"), (0, False, "none")],
)
def test_level_follows_from_both_mechanisms(landlock: int, seccomp: bool, level: str) -> None:
    assert Protection(landlock, seccomp, False).level.value == level


def test_a_machine_without_a_table_of_calls_is_not_filtered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    protection = confine.prepare([]).protection
    assert not protection.seccomp
    assert protection.level is Level.NONE


def test_root_becomes_nobody_where_nobody_can_work(scratch: Path) -> None:
    if os.geteuid() != 0 or not all(map(confine._open_to_all, confine.default_read_roots())):
        pytest.skip("needs root, and a Python that everyone can read")
    zygote = Zygote()
    code = "import os; print(os.getresuid(), os.getgroups())"
    assert zygote.output(code) == "(65534, 65534, 65534) []"
    assert zygote.output(code + SCRATCH, scratch=scratch) == "(65534, 65534, 65534) []"
    closed = scratch / "closed"
    closed.mkdir(mode=0o700)
    inner = closed / "inner"
    inner.mkdir()
    assert zygote.output(code + SCRATCH, scratch=inner) == "(0, 0, 0) []"
    zygote.close()


# ---------------------------------------------------------------- read roots and scratch folders


def test_default_roots_hold_libraries_and_nothing_of_the_user() -> None:
    roots = confine.default_read_roots()
    for wanted in (os.__file__, pytest.__file__, "/dev/urandom"):
        assert confine.exposed([Path(wanted)], roots)
    home = [
        REPOSITORY / "pyproject.toml",
        Path.home(),
        Path("/etc/passwd"),
        Path("/proc/self/maps"),
    ]
    assert confine.exposed([*home, Path("/tmp"), Path("/dev/shm"), Path("/")], roots) == ()


def test_a_link_does_not_hide_an_exposed_secret(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "secret").touch()
    (tmp_path / "link").symlink_to(root)
    secrets = [tmp_path / "link" / "secret", tmp_path / "rooted"]
    assert confine.exposed(secrets, [root]) == (secrets[0],)
    assert confine.exposed([root / "secret"], [tmp_path / "link"]) == (root / "secret",)


def test_folder_bytes_counts_every_entry(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "big").write_bytes(bytes(10_000))
    (tmp_path / "link").symlink_to("/usr")
    expected = 2 * confine.BLOCK + confine.FOLDER + 10_000
    assert expected <= confine.folder_bytes(tmp_path) < 1.1 * expected
    assert confine.folder_bytes(tmp_path / "nowhere") == 0


NEST = """
import os
for _ in range({depth}):
    os.mkdir("{name}"), os.chdir("{name}")
open("hidden", "w").write("x")
"""


def test_a_folder_too_deep_to_measure_counts_as_endless(zygote: Zygote, scratch: Path) -> None:
    zygote.output(NEST.format(depth=100, name="n" * 100), scratch=scratch)
    assert confine.folder_bytes(scratch) == sys.maxsize
    confine.remove_folder(scratch)
    assert not scratch.exists()


def test_removal_does_not_recurse_or_follow_links(zygote: Zygote, tmp_path: Path) -> None:
    folder = tmp_path / "scratch"
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-c", NEST.format(depth=1500, name="n")], cwd=folder, check=True
    )
    (folder / "closed").mkdir(mode=0)
    (tmp_path / "kept").touch()
    (folder / "link").symlink_to(tmp_path)
    confine.remove_folder(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


# ---------------------------------------------------------------- the filter, simulated

ALLOW = 0x7FFF0000
ERRNO = 0x00050000
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
KILL = 0x80000000


def simulate(program: bytes, architecture: int, number: int, arguments: tuple[int, ...]) -> int:
    """What the kernel would answer to one call."""
    padded = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    accumulator = position = 0
    while True:
        code, on_true, on_false, value = struct.unpack_from("<HBBI", program, 8 * position)
        position += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, value)
            case 0x54:
                accumulator &= value
            case 0x15:
                position += on_true if accumulator == value else on_false
            case 0x05:
                position += value
            case 0x06:
                return int(value)
            case _:
                raise AssertionError(f"unexpected instruction {code:#x}")


@pytest.fixture(params=list(ARCHITECTURES))
def architecture(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(platform, "machine", lambda: request.param)
    return str(request.param)


def numbers(architecture: str) -> dict[str, int]:
    from seccompy.syscalls import AARCH64_SYSCALLS, X86_64_SYSCALLS

    return {"x86_64": X86_64_SYSCALLS, "aarch64": AARCH64_SYSCALLS}[architecture]


@pytest.mark.parametrize("writable", [False, True])
@pytest.mark.parametrize("threads", [False, True])
def test_every_number_is_answered_as_listed(
    architecture: str, writable: bool, threads: bool
) -> None:
    program = syscalls.build_filter(writable=writable, threads=threads).program
    names: dict[int, set[str]] = {}
    for name, number in numbers(architecture).items():
        names.setdefault(number, set()).add(name)
    allowed = syscalls.ALLOWED | (syscalls.WRITING if writable else frozenset())
    refused = syscalls.REFUSED | (frozenset() if writable else syscalls.WRITING)
    conditional = set(syscalls.argument_rules(writable=writable, threads=threads))
    for number in [*range(1024), *range(0x4000_0000, 0x4000_0400)]:
        own = names.get(number, set())
        if own & conditional:
            continue
        expected = ALLOW if own & allowed else ERRNO | errno.ENOSYS
        expected = ERRNO | errno.EPERM if own & refused else expected
        for arguments in ((0,) * 6, (0xFFFF_FFFF_FFFF_FFFF,) * 6):
            answer = simulate(program, ARCHITECTURES[architecture], number, arguments)
            assert answer == expected, (number, own)


def test_another_architecture_is_killed(architecture: str) -> None:
    program = syscalls.build_filter(writable=True, threads=True).program
    for foreign in {0x4000_0003, 0x4000_0028, *ARCHITECTURES.values()}:
        if foreign != ARCHITECTURES[architecture]:
            assert simulate(program, foreign, 0, ()) == KILL


PASS, EPERM, ENOTTY = ALLOW, ERRNO | errno.EPERM, ERRNO | errno.ENOTTY
READ, WRITE, BOTH, CREATE, TRUNCATE, APPEND = 0, 1, 2, 0o100, 0o1000, 0o2000
TEMPORARY, CLOSE = 0o20000000, 0o2000000
HIGH = 1 << 32
PTHREAD = 0x3D0F00

# name, arguments, answer when files may not be written, answer when they may
CASES: list[tuple[str, tuple[int, ...], int, int]] = [
    ("openat", (0, 0, READ), PASS, PASS),
    ("openat", (0, 0, READ | CLOSE), PASS, PASS),
    ("openat", (0, 0, READ | CLOSE | HIGH), PASS, PASS),
    ("openat", (0, 0, WRITE), EPERM, PASS),
    ("openat", (0, 0, WRITE | HIGH), EPERM, PASS),
    ("openat", (0, 0, BOTH), EPERM, PASS),
    ("openat", (0, 0, WRITE | CREATE | TRUNCATE), EPERM, PASS),
    ("openat", (0, 0, BOTH | TEMPORARY), EPERM, PASS),
    ("openat", (0, 0, READ | CREATE), EPERM, EPERM),
    ("openat", (0, 0, READ | TRUNCATE), EPERM, EPERM),
    ("openat", (0, 0, READ | APPEND), EPERM, EPERM),
    ("openat", (0, 0, READ | TEMPORARY), EPERM, EPERM),
    ("openat", (0, 0, 3), EPERM, EPERM),
    ("openat", (0, 0, 3 | TRUNCATE), EPERM, EPERM),
    ("open", (0, READ), PASS, PASS),
    ("open", (0, WRITE), EPERM, PASS),
    ("open", (0, READ | TRUNCATE), EPERM, EPERM),
    ("mmap", (0, 0, 0, 0x22), PASS, PASS),
    ("mmap", (0, 0, 0, 0x01), PASS, PASS),
    ("mmap", (0, 0, 0, 0x812), PASS, PASS),
    ("mmap", (0, 0, 0, 0x21), EPERM, EPERM),
    ("mmap", (0, 0, 0, 0x23), EPERM, EPERM),
    ("mmap", (0, 0, 0, 0x21 | HIGH), EPERM, EPERM),
    ("clone", (17,), EPERM, EPERM),
    ("clone", (0x1200011,), EPERM, EPERM),
    ("prlimit64", (0, 7, 0), PASS, PASS),
    ("prlimit64", (0, 7, 4096), EPERM, EPERM),
    ("prlimit64", (0, 7, HIGH), EPERM, EPERM),
    ("prlimit64", (1, 7, 0), EPERM, EPERM),
    ("fcntl", (1, 3), PASS, PASS),
    ("fcntl", (1, 1030), PASS, PASS),
    ("fcntl", (1, 6), EPERM, EPERM),
    ("fcntl", (1, 8), EPERM, EPERM),
    ("fcntl", (1, 10), EPERM, EPERM),
    ("fcntl", (1, 1031), EPERM, EPERM),
    ("ioctl", (1, 0x5401), PASS, PASS),
    ("ioctl", (1, 0x5412), ENOTTY, ENOTTY),
    ("prctl", (15,), PASS, PASS),
    ("prctl", (1,), EPERM, EPERM),
    ("prctl", (4,), EPERM, EPERM),
    ("prctl", (22,), EPERM, EPERM),
    ("pipe2", (0, CLOSE), PASS, PASS),
    ("pipe2", (0, 0o200), EPERM, EPERM),
    ("unlinkat", (0, 0, 0), EPERM, PASS),
    ("ftruncate", (3, 0), EPERM, PASS),
]


@pytest.mark.parametrize("writable", [False, True])
def test_arguments_decide(architecture: str, writable: bool) -> None:
    program = syscalls.build_filter(writable=writable, threads=False).program
    known = numbers(architecture)
    for name, arguments, reading, writing in CASES:
        if name in known:
            answer = simulate(program, ARCHITECTURES[architecture], known[name], arguments)
            assert answer == (writing if writable else reading), (name, arguments)


@pytest.mark.parametrize(
    ("flags", "with_threads"),
    [
        (PTHREAD, PASS),
        (0x7D0F00, PASS),
        (17, EPERM),
        (0x1200011, EPERM),
        (0x4111, EPERM),
        (PTHREAD | 17, EPERM),
        (PTHREAD & ~0x10000, EPERM),
        (PTHREAD | 0x10000000, EPERM),
        (PTHREAD | 0x20000, EPERM),
        (PTHREAD | HIGH, EPERM),
    ],
)
def test_only_threads_are_cloned_and_only_when_asked_for(
    architecture: str, flags: int, with_threads: int
) -> None:
    clone = numbers(architecture)["clone"]
    for threads, expected in ((False, EPERM), (True, with_threads)):
        program = syscalls.build_filter(writable=False, threads=threads).program
        assert simulate(program, ARCHITECTURES[architecture], clone, (flags,)) == expected


NEVER = """
    socket connect bind sendto sendmsg fork vfork execve execveat kill tkill tgkill ptrace
    process_vm_readv process_vm_writev pidfd_getfd pidfd_send_signal rt_sigqueueinfo setrlimit
    setuid setresuid capset unshare setns mount bpf perf_event_open userfaultfd io_uring_setup
    keyctl add_key memfd_create memfd_secret shmget semget msgget mq_open chmod fchmod fchmodat
    chown fchown setxattr fsetxattr utimensat truncate fallocate link linkat symlink symlinkat mknod
    mknodat openat2 open_by_handle_at clone3 seccomp landlock_restrict_self landlock_create_ruleset
    inotify_init1 fanotify_init sched_setaffinity setpriority ioprio_set process_madvise splice
    vmsplice tee sendfile copy_file_range flock timer_create signalfd4 timerfd_create reboot
    personality modify_ldt iopl ioperm init_module swapon quotactl
"""


def test_some_calls_never_pass(architecture: str) -> None:
    program = syscalls.build_filter(writable=True, threads=True).program
    known = numbers(architecture)
    for name in NEVER.split():
        if name in known:
            answer = simulate(program, ARCHITECTURES[architecture], known[name], ())
            assert answer != ALLOW, name


def test_every_listed_name_exists_somewhere() -> None:
    listed = syscalls.ALLOWED | syscalls.WRITING | syscalls.REFUSED
    listed |= set(syscalls.argument_rules(writable=True, threads=True))
    assert listed <= set(numbers("x86_64")) | set(numbers("aarch64"))
    assert not syscalls.ALLOWED & (syscalls.REFUSED | syscalls.WRITING)
