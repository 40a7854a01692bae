"""Confinement that a forked child puts on itself before any student code exists in it.

Landlock closes the file system, seccomp everything else, resource limits bound what is left. The
child then tries what it must not be able to do, and does not start when one of the tries succeeds.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import itertools
import os
import signal
import site
import socket
import struct
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from landlockpy import AccessFS, Ruleset
    from seccompy import Filter

if sys.platform != "win32":
    import resource

MIB: Final = 1 << 20
BLOCK: Final = 4096
FOLDER: Final = 16 * BLOCK  # deleting one takes a hundred times as long as deleting a file
NOBODY: Final = 65534
CANARY: Final = Path("/proc/loadavg")  # readable for everyone, and outside every read root

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAP_AMBIENT, _CLEAR_ALL = 1, 4, 47, 4
_CAPABILITY_HEADER = struct.pack("=Ii", 0x2008_0522, 0)


_OPEN_TO_GPUS: Final = (
    "the driver of the GPU: its devices, what /sys and some files of /proc say, threads, a socket"
    " that it listens on",
    "memory: watched from outside; on the GPU, what PyTorch takes of it",
)


class Level(str, Enum):
    """How much a confined child is kept from."""

    FULL = "full"
    GPU = "gpu"
    READS_OPEN = "reads open"
    NONE = "none"


class ConfinementError(Exception):
    """A child could not be confined as promised: no student code may run in it."""


@dataclass(frozen=True)
class Limits:
    """What one child may use; memory counts from what the process has at the fork."""

    cpu_seconds: int = 10
    memory_bytes: int = 1024 * MIB
    file_bytes: int = 16 * MIB  # the largest file in the scratch folder
    threads: bool = False


@dataclass(frozen=True)
class Protection:
    """What confines a child on this machine, and why what is missing is missing."""

    landlock: int  # version of its interface; 0: there is none
    seccomp: bool
    drops_user: bool
    reasons: tuple[str, ...] = ()
    gpu: bool = False  # the driver of a GPU is open

    @property
    def level(self) -> Level:
        """The level that both mechanisms together give."""
        if not self.seccomp:
            return Level.NONE
        if not self.landlock:
            return Level.READS_OPEN
        return Level.GPU if self.gpu else Level.FULL

    def describe(self) -> tuple[str, ...]:
        """One line for each mechanism."""
        files = f"yes, interface version {self.landlock}" if self.landlock else "no"
        user = f"changes to {NOBODY}" if self.drops_user else "stays, without capabilities"
        return (
            f"confinement: {self.level.value}",
            f"files (Landlock): {files}",
            f"system calls (seccomp): {'yes' if self.seccomp else 'no'}",
            f"user of student code: {user}",
            *(_OPEN_TO_GPUS if self.gpu else ()),
            *self.reasons,
        )


@dataclass(frozen=True)
class Confinement:
    """All that can be made ready before the fork."""

    protection: Protection
    read: tuple[Path, ...]
    filters: Mapping[tuple[bool, bool], Filter]  # by (writable, threads)
    zygote: int
    devices: tuple[Path, ...] = ()  # files through which the driver of a GPU is reached

    def apply(self, limits: Limits, scratch: Path | None = None) -> None:
        """Confine this process for good; call it in the child, with its pipes on 0, 1 and 2.

        Every other descriptor is closed. The scratch folder, an absolute path, exists and is this
        child's alone; it becomes the current folder, or `/` does where Landlock cannot guard it.
        Root's children become nobody only if any user may enter the folders above it.
        """
        if self.protection.level is Level.READS_OPEN:
            scratch = None
        try:
            _settle(scratch)
            _set_limits(limits, writable=scratch is not None, gpu=self.protection.gpu)
            if sys.platform == "linux":
                self._leave_privileges(scratch)
                self._die_with_zygote()
                self._restrict_files(scratch)
                self._restrict_calls(limits, writable=scratch is not None)
            _check_writing(scratch)
        except OSError as error:
            raise ConfinementError(f"the child could not be confined: {error}") from error
        broken = _broken_promises(self.protection.level)
        if broken:
            raise ConfinementError(f"a confined child could still {', '.join(broken)}")

    def _leave_privileges(self, scratch: Path | None) -> None:
        if self.protection.drops_user and (scratch is None or _can_be_entered(scratch)):
            if scratch is not None:
                os.chown(scratch, NOBODY, NOBODY)
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        with contextlib.suppress(OSError):  # kernels before 4.3 have no ambient set
            _prctl(_PR_CAP_AMBIENT, _CLEAR_ALL)
        if _libc().capset(_CAPABILITY_HEADER, bytes(24)):
            raise OSError(ctypes.get_errno(), "capabilities stay")

    def _die_with_zygote(self) -> None:
        # After the change of user, which clears both.
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != self.zygote:
            raise OSError(errno.ESRCH, "the zygote is gone")
        # The driver names its threads in files that belong to root where memory is hidden.
        _prctl(_PR_SET_DUMPABLE, int(self.protection.gpu))

    def _restrict_files(self, scratch: Path | None) -> None:
        if not self.protection.landlock:
            return
        from landlockpy import AccessFS, RestrictFlag, Ruleset, Scope

        look = AccessFS.READ_FILE | AccessFS.READ_DIR
        # A ruleset of its own for each child: they share no rule, and it costs a quarter of a
        # millisecond.
        with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as ruleset:
            for path in self.read:
                ruleset.allow_path(path, look if path.is_dir() else AccessFS.READ_FILE)
            if scratch is not None:
                ruleset.allow_path(scratch, _scratch_rights())
                ruleset.allow_path("/dev/null", AccessFS.WRITE_FILE | AccessFS.TRUNCATE)
            if self.protection.gpu:
                self._open_driver(ruleset)
            ruleset.restrict(RestrictFlag.LOG_SAME_EXEC_OFF)

    def _open_driver(self, ruleset: Ruleset) -> None:
        """Allow what CUDA does: talk to its devices, look at this process, name its threads."""
        from landlockpy import AccessFS

        for path in self.devices:
            use = AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.IOCTL_DEV
            ruleset.allow_path(path, use)
        ruleset.allow_path("/proc/self", AccessFS.READ_FILE | AccessFS.READ_DIR)
        ruleset.allow_path("/proc/self/task", AccessFS.WRITE_FILE | AccessFS.TRUNCATE)

    def _restrict_calls(self, limits: Limits, *, writable: bool) -> None:
        if self.protection.seccomp:
            self.filters[writable, limits.threads or self.protection.gpu].load()


def prepare(
    read: Iterable[Path], *, gpu: bool = False, devices: tuple[Path, ...] = ()
) -> Confinement:
    """Make ready, in the zygote, what its children need to confine themselves.

    The children may read below the given paths and nowhere else; with `gpu` they may use a GPU
    through its files as well. Never fails for what a system lacks: `protection` says what there is.
    """
    roots = _outermost(path.resolve() for path in read if os.path.exists(path))
    landlock, without_landlock = _landlock_version()
    filters, without_seccomp = _compile_filters(gpu=gpu)
    drops_user = _may_become_nobody() and all(map(_open_to_all, roots))
    drops_user = drops_user and all(path.stat().st_mode & 0o6 == 0o6 for path in devices)
    if sys.platform == "linux":
        _libc()  # loaded once for all children
        if not landlock:
            hide_memory()
    reasons = tuple(reason for reason in (without_landlock, without_seccomp) if reason)
    if sys.platform != "linux":
        reasons = ("only Linux has what confines student code",)
    protection = Protection(landlock, bool(filters), drops_user, reasons, gpu)
    return Confinement(protection, roots, filters, os.getpid(), devices)


def hide_memory() -> None:
    """Keep other processes of this user from reading this process's memory; Linux only."""
    _prctl(_PR_SET_DUMPABLE, 0)


# ---------------------------------------------------------------- what may be read


def default_read_roots() -> tuple[Path, ...]:
    """What Python and its packages need: libraries, time zones, three devices, the kind of CPU."""
    folders = sysconfig.get_paths()
    names = [folders[key] for key in ("stdlib", "purelib", "platlib")] + site.getsitepackages()
    names += [os.path.join(sys.base_prefix, name) for name in ("lib", "lib64")]
    names += ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"]
    names += ["/usr/share/zoneinfo", "/etc/localtime"]
    names += ["/dev/null", "/dev/zero", "/dev/urandom"]
    names += ["/sys/devices/system/cpu", "/proc/cpuinfo"]
    return _outermost(Path(name).resolve() for name in names if os.path.exists(name))


def exposed(secrets: Iterable[Path], read: Iterable[Path]) -> tuple[Path, ...]:
    """The secret paths that a confined child could read, because they lie below a read root."""
    roots = [path.resolve() for path in read]
    return tuple(
        secret for secret in secrets if any(secret.resolve().is_relative_to(root) for root in roots)
    )


def _outermost(paths: Iterable[Path]) -> tuple[Path, ...]:
    found = sorted(set(paths))
    return tuple(path for path in found if not any(parent in path.parents for parent in found))


def _open_to_all(path: Path) -> bool:
    """Whether a user without any rights of its own reaches and reads the path."""
    wanted = 0o5 if path.is_dir() else 0o4
    return path.stat().st_mode & wanted == wanted and _can_be_entered(path)


def _can_be_entered(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o1 for parent in path.resolve().parents)


def _may_become_nobody() -> bool:
    """Whether this is root, with the rights and in a container that allow the change."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    chown_setgid_setuid = 1 << 0 | 1 << 6 | 1 << 7
    rights = int(_own_status("CapEff"), 16)
    if rights & chown_setgid_setuid != chown_setgid_setuid:
        return False
    return all(_knows_nobody(Path(f"/proc/self/{kind}_map")) for kind in ("uid", "gid"))


def _knows_nobody(mapping: Path) -> bool:
    ranges = [line.split() for line in mapping.read_text().splitlines()]
    return any(int(first) <= NOBODY < int(first) + int(count) for first, _, count in ranges)


# ---------------------------------------------------------------- what this machine has


def probe() -> Protection:
    """Confine a throw-away child and tell what really holds on this machine."""
    confinement = prepare(default_read_roots())
    if sys.platform != "linux":
        return confinement.protection
    with tempfile.TemporaryDirectory() as folder:
        problem = _problem_of_a_child(confinement, Path(folder))
    if not problem:
        return confinement.protection
    return Protection(0, False, False, (*confinement.protection.reasons, problem))


def _problem_of_a_child(confinement: Confinement, scratch: Path) -> str:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        answer = "a child failed while it was confined"
        try:
            os.dup2(writer, 1)
            confinement.apply(Limits(), scratch)
            answer = "confined"
        except ConfinementError as error:
            answer = str(error)
        finally:
            os.write(1, answer.encode())
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as answers:
        answer = answers.read() or "a child died while it was confined"
    os.waitpid(child, 0)
    return "" if answer == "confined" else answer


def _landlock_version() -> tuple[int, str]:
    try:
        import landlockpy
    except ImportError:
        return 0, "landlockpy is not installed"
    with contextlib.suppress(OSError):  # a container may refuse the call in its own way
        if version := landlockpy.abi_version():
            return version, ""
    return 0, "this kernel has no Landlock: student code can read every file that this user can"


def _compile_filters(*, gpu: bool = False) -> tuple[dict[tuple[bool, bool], Filter], str]:
    try:
        import seccompy

        from graders.worker.syscalls import build_filter
    except ImportError:
        return {}, "seccompy is not installed"
    both = (False, True)
    with contextlib.suppress(OSError):  # an architecture without a table is one, too
        if seccompy.supported():
            return {
                (w, t): build_filter(writable=w, threads=t, gpu=gpu) for w in both for t in both
            }, ""
    return {}, "system calls cannot be filtered here: student code can use the network"


# ---------------------------------------------------------------- steps in the child


def _settle(scratch: Path | None) -> None:
    """Leave descriptors, signals, session, folder and environment as a child should find them."""
    if sys.platform != "win32":
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
            signal.signal(name, signal.SIG_DFL)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with contextlib.suppress(PermissionError):  # it leads a session already
            os.setsid()
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 1)  # otherwise the next file is root's
        with (
            contextlib.suppress(OSError),
            open("/proc/self/oom_score_adj", "wb", buffering=0) as first_to_go,
        ):
            first_to_go.write(b"1000")
    os.umask(0o077)
    home = str(scratch or Path(os.sep))
    os.chdir(home)
    os.environ.update(HOME=home, TMPDIR=home)
    tempfile.tempdir = None


def _set_limits(limits: Limits, *, writable: bool, gpu: bool = False) -> None:
    if sys.platform == "win32":
        return
    cpu = limits.cpu_seconds
    _set_limit(resource.RLIMIT_CPU, cpu, cpu + 1)  # the first can be ignored, the second not
    _set_limit(resource.RLIMIT_FSIZE, limits.file_bytes if writable else 0)
    _set_limit(resource.RLIMIT_STACK, 16 * MIB, 64 * MIB)
    _set_limit(resource.RLIMIT_NOFILE, 1024 if gpu else 64)
    _set_limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        _set_limit(resource.RLIMIT_SIGPENDING, 64)
        _set_limit(resource.RLIMIT_MSGQUEUE, 0)
    if sys.platform == "linux" and not gpu:  # whose driver reserves terabytes of addresses
        _set_limit(resource.RLIMIT_AS, _own_kilobytes("VmSize") * 1024 + limits.memory_bytes)
        _set_limit(resource.RLIMIT_DATA, _own_kilobytes("VmData") * 1024 + limits.memory_bytes)
        _set_limit(resource.RLIMIT_MEMLOCK, 0)


def _set_limit(kind: int, soft: int, hard: int | None = None) -> None:
    hard = soft if hard is None else hard
    ceiling = resource.getrlimit(kind)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(kind, (soft, hard))


def _own_kilobytes(name: str) -> int:
    return int(_own_status(name).split()[0])


def _own_status(name: str) -> str:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return line.partition(":")[2]
    raise OSError(errno.ENODATA, f"/proc/self/status has no {name}")


def _scratch_rights() -> AccessFS:
    """All that a child may do in its folder: no devices, links, sockets or programs."""
    from landlockpy import AccessFS

    return (
        AccessFS.READ_FILE
        | AccessFS.READ_DIR
        | AccessFS.WRITE_FILE
        | AccessFS.TRUNCATE
        | AccessFS.MAKE_REG
        | AccessFS.MAKE_DIR
        | AccessFS.REMOVE_FILE
        | AccessFS.REMOVE_DIR
        | AccessFS.REFER
    )


def _prctl(option: int, value: int) -> None:
    if _libc().prctl(option, value, 0, 0, 0):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


# ---------------------------------------------------------------- the child checks itself


def _check_writing(scratch: Path | None) -> None:
    if scratch is not None:
        probe = scratch / ".writable"
        probe.touch()
        probe.unlink()


def _broken_promises(level: Level) -> list[str]:
    """What this process can still do although its level says that it cannot."""
    if level is Level.NONE:
        return []
    tries: dict[str, Callable[[], object]] = {
        "open a socket": socket.socket,
        "start a process": _start_process,
        "run a program": lambda: os.execv("/nonexistent", ["nonexistent"]),
        "send a signal": lambda: os.kill(os.getpid(), 0),
        "change a limit": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
        "write outside its folder": lambda: os.open("/dev/zero", os.O_WRONLY),
        "read another process's memory": _read_memory_of_parent,
    }
    if level is not Level.READS_OPEN:
        tries["read any file"] = lambda: os.open(CANARY, os.O_RDONLY)
        tries["list any folder"] = lambda: os.listdir("/")
    return [what for what, action in tries.items() if not _is_refused(action)]


def _is_refused(action: Callable[[], object]) -> bool:
    try:
        action()
    except (PermissionError, ValueError):  # setrlimit() reports EPERM as a ValueError
        return True
    except OSError:
        return False
    return False


def _read_memory_of_parent() -> None:
    memory = f"/proc/{os.getppid()}/mem"
    if not os.path.exists(memory):
        raise PermissionError("/proc hides other processes here")
    os.open(memory, os.O_RDONLY)


def _start_process() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


# ---------------------------------------------------------------- scratch folders, from outside


def folder_bytes(folder: Path) -> int:
    """Space that a scratch folder takes: a file has at least `BLOCK`, a folder at least `FOLDER`.

    A folder that cannot be measured, nested too deep or closed to its owner, counts as endless.
    Files that were deleted while still open are not seen.
    """
    total = 0
    pending = [os.fspath(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        total += FOLDER
                        pending.append(entry.path)
                        continue
                    with contextlib.suppress(FileNotFoundError):
                        total += max(BLOCK, entry.stat(follow_symlinks=False).st_size)
        except FileNotFoundError:
            continue
        except OSError:
            return sys.maxsize
    return total


def remove_folder(folder: Path) -> None:
    """Delete a scratch folder after its child's death, however deep or closed its folders are."""
    unused = (folder / f"{token_hex(8)}-{number}" for number in itertools.count())
    while inner := _delete_files(folder):
        for deeper in inner:
            # Lifted up instead of descended into: paths stay short, and nothing recurses.
            for deepest in _delete_files(deeper):
                deepest.rename(next(unused))
            deeper.rmdir()
    folder.rmdir()


def _delete_files(folder: Path) -> list[Path]:
    """Delete the files of a folder and return its folders, made writable."""
    folders = []
    for entry in list(os.scandir(folder)):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            path.chmod(0o700)
            folders.append(path)
        else:
            path.unlink()
    return folders
