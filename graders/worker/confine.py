"""Confinement that a forked child puts on itself before any student code exists in it.

Landlock closes the file system, seccomp everything else, resource limits bound what is left. The
child then tries what it must not be able to do, and does not start when one of the tries succeeds.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import site
import socket
import struct
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from seccompy import Filter

if sys.platform != "win32":
    import resource

MIB: Final = 1 << 20
NOBODY: Final = 65534
CANARY: Final = Path("/proc/self/stat")  # readable for everyone, and outside every read root

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAP_AMBIENT, _CLEAR_ALL = 1, 4, 47, 4
_CAPABILITY_HEADER = struct.pack("=Ii", 0x2008_0522, 0)


class Level(str, Enum):
    """How much a confined child is kept from."""

    FULL = "full"
    READS_OPEN = "reads open"
    NONE = "none"


class ConfinementFailed(Exception):
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

    @property
    def level(self) -> Level:
        """The level that both mechanisms together give."""
        if not self.seccomp:
            return Level.NONE
        return Level.FULL if self.landlock else Level.READS_OPEN

    def describe(self) -> tuple[str, ...]:
        """One line for each mechanism."""
        files = f"yes, interface version {self.landlock}" if self.landlock else "no"
        user = f"changes to {NOBODY}" if self.drops_user else "stays, without capabilities"
        return (
            f"confinement: {self.level.value}",
            f"files (Landlock): {files}",
            f"system calls (seccomp): {'yes' if self.seccomp else 'no'}",
            f"user of student code: {user}",
            *self.reasons,
        )


@dataclass(frozen=True)
class Confinement:
    """All that can be made ready before the fork."""

    protection: Protection
    read: tuple[Path, ...]
    filters: Mapping[tuple[bool, bool], Filter]  # by (writable, threads)
    zygote: int

    def apply(self, limits: Limits, scratch: Path | None = None) -> None:
        """Confine this process for good; call it in the child, with its pipes on 0, 1 and 2.

        Every other descriptor is closed. The scratch folder exists, belongs to this child alone
        and lies below folders that any user may enter; without Landlock it is not used.
        """
        scratch = scratch if self.protection.landlock else None
        try:
            _settle(scratch)
            _set_limits(limits, writable=scratch is not None)
            if sys.platform == "linux":
                self._leave_privileges(scratch)
                self._die_with_zygote()
                self._restrict_files(scratch)
                self._restrict_calls(limits, writable=scratch is not None)
        except OSError as error:
            raise ConfinementFailed(f"the child could not be confined: {error}") from error
        broken = broken_promises(self.protection.level, scratch)
        if broken:
            raise ConfinementFailed(f"a confined child could still {', '.join(broken)}")

    def _leave_privileges(self, scratch: Path | None) -> None:
        if self.protection.drops_user:
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
        hide_memory()

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
            ruleset.restrict(RestrictFlag.LOG_SAME_EXEC_OFF)

    def _restrict_calls(self, limits: Limits, *, writable: bool) -> None:
        if self.protection.seccomp:
            self.filters[writable, limits.threads].load()


def prepare(read: Iterable[Path]) -> Confinement:
    """Make ready, in the zygote, what its children need to confine themselves.

    The children may read below the given paths and nowhere else. Never fails for what a system
    lacks: `protection` says what there is.
    """
    roots = _outermost(path.resolve() for path in read if path.exists())
    landlock, without_landlock = _landlock_version()
    filters, without_seccomp = _compile_filters()
    drops_user = _may_change_user() and all(_open_to_all(path) for path in roots)
    if sys.platform == "linux":
        hide_memory()
    reasons = tuple(reason for reason in (without_landlock, without_seccomp) if reason)
    protection = Protection(landlock, bool(filters), drops_user, reasons)
    return Confinement(protection, roots, filters, os.getpid())


def hide_memory() -> None:
    """Keep other processes of this user from reading this process's memory; Linux only."""
    _prctl(_PR_SET_DUMPABLE, 0)


# ---------------------------------------------------------------- what may be read


def default_read_roots() -> tuple[Path, ...]:
    """What Python and its packages need: libraries, time zones, three devices, the kind of CPU."""
    folders = sysconfig.get_paths()
    names = [folders[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")]
    names += [*site.getsitepackages(), os.path.join(sys.base_prefix, "lib")]
    names += ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"]
    names += ["/usr/share/zoneinfo", "/etc/localtime"]
    names += ["/dev/null", "/dev/zero", "/dev/urandom"]
    names += ["/sys/devices/system/cpu", "/proc/cpuinfo"]
    return _outermost(Path(name).resolve() for name in names if os.path.exists(name))


def exposed(secrets: Iterable[Path], read: Iterable[Path]) -> tuple[Path, ...]:
    """The secret paths that a confined child could read, because they lie below a read root."""
    roots = [path.resolve() for path in read]
    return tuple(
        secret
        for secret in secrets
        if any(secret.resolve().is_relative_to(root) for root in roots)
    )


def _outermost(paths: Iterable[Path]) -> tuple[Path, ...]:
    found = sorted(set(paths))
    return tuple(
        path for path in found if not any(parent in path.parents for parent in found)
    )


def _open_to_all(path: Path) -> bool:
    """Whether a user without any rights of its own reaches and reads the path."""
    wanted = 0o5 if path.is_dir() else 0o4
    if path.stat().st_mode & wanted != wanted:
        return False
    return all(parent.stat().st_mode & 0o1 for parent in path.parents)


# ---------------------------------------------------------------- what this machine has


def probe(read: Iterable[Path] | None = None) -> Protection:
    """Confine a throw-away child and tell what really holds on this machine."""
    roots = default_read_roots() if read is None else tuple(read)
    if sys.platform != "linux":
        return Protection(0, False, False, ("only Linux has what confines student code",))
    reader, writer = os.pipe()
    middle = os.fork()  # prepare() changes the process that calls it
    if middle == 0:
        _probe_child(roots, writer)
    os.close(writer)
    with open(reader, encoding="utf-8") as answers:
        answer = answers.read()
    os.waitpid(middle, 0)
    landlock, seccomp, user, *reasons = answer.splitlines() or ("0", "0", "0", "the probe died")
    return Protection(int(landlock), seccomp == "1", user == "1", tuple(reasons))


def _probe_child(roots: tuple[Path, ...], writer: int) -> None:
    """Report on the pipe as lines; never returns."""
    try:
        confinement = prepare(roots)
        there = confinement.protection
        problem = _failure_of_a_child(confinement)
        facts = (0, 0, 0) if problem else (there.landlock, there.seccomp, there.drops_user)
        lines = [*(str(int(fact)) for fact in facts), *there.reasons, *filter(None, [problem])]
        os.write(writer, "\n".join(lines).encode())
    finally:
        os._exit(0)


def _failure_of_a_child(confinement: Confinement) -> str:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        scratch = Path(folder, "scratch")
        scratch.mkdir()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _try_to_apply(confinement, scratch, writer)
        os.close(writer)
        with open(reader, encoding="utf-8") as answers:
            answer = answers.read()
        os.waitpid(child, 0)
        return "" if answer == "confined" else answer or "a confined child died at once"


def _try_to_apply(confinement: Confinement, scratch: Path, writer: int) -> None:
    try:
        os.dup2(writer, 1)
        confinement.apply(Limits(), scratch)
        os.write(1, b"confined")
    except Exception as error:
        os.write(1, str(error).encode())
    finally:
        os._exit(0)


def _landlock_version() -> tuple[int, str]:
    try:
        import landlockpy
    except ImportError:
        return 0, "landlockpy is not installed"
    with contextlib.suppress(OSError):  # a container may refuse the call in its own way
        if version := landlockpy.abi_version():
            return version, ""
    return 0, "this kernel has no Landlock: student code can read every file that this user can"


def _compile_filters() -> tuple[dict[tuple[bool, bool], Filter], str]:
    try:
        import seccompy

        from graders.worker.syscalls import build_filter
    except ImportError:
        return {}, "seccompy is not installed"
    both = (False, True)
    with contextlib.suppress(OSError):  # an architecture without a table is one, too
        if seccompy.supported():
            return {(w, t): build_filter(writable=w, threads=t) for w in both for t in both}, ""
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
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
    os.umask(0o077)
    home = str(scratch or Path(os.sep))
    os.chdir(home)
    os.environ.update(HOME=home, TMPDIR=home)
    tempfile.tempdir = None


def _set_limits(limits: Limits, *, writable: bool) -> None:
    if sys.platform == "win32":
        return
    bounds = {
        "CPU": (limits.cpu_seconds, limits.cpu_seconds + 1),
        "FSIZE": limits.file_bytes if writable else 0,
        "STACK": (16 * MIB, 64 * MIB),
        "NOFILE": 64,
        "SIGPENDING": 64,
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
    }
    if sys.platform == "linux":
        bounds["AS"] = _own_size("VmSize") + limits.memory_bytes
        bounds["DATA"] = _own_size("VmData") + limits.memory_bytes
    for name, bound in bounds.items():
        _set_limit(name, *(bound if isinstance(bound, tuple) else (bound, bound)))


def _set_limit(name: str, soft: int, hard: int) -> None:
    kind = getattr(resource, f"RLIMIT_{name}", None)
    # Python does not name every limit that Linux has.
    kind = {"SIGPENDING": 11, "MSGQUEUE": 12}.get(name) if kind is None else kind
    if kind is None:
        return
    allowed = resource.getrlimit(kind)[1]
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    resource.setrlimit(kind, (soft, hard))


def _own_size(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise OSError(errno.ENODATA, f"/proc/self/status has no {name}")
