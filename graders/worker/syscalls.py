"""The system calls that a confined child may make, and with which arguments.

Everything that is not named here fails with ENOSYS, so that the C library falls back to an older
call; calls that Python code may plausibly try fail with EPERM, so that it sees a PermissionError.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from seccompy import Filter


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALLOWED: Final = _names(
    """
    brk madvise mprotect mremap munmap
    read readv pread64 preadv write writev pwrite64 pwritev lseek
    close close_range dup dup2 dup3 fadvise64 pipe
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
    epoll_pwait2 eventfd eventfd2
    access chdir faccessat faccessat2 fchdir fstat fstatfs getcwd getdents getdents64 lstat
    newfstatat readlink readlinkat stat statfs statx umask
    alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer
    time times
    pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend
    rt_sigtimedwait sigaltstack
    arch_prctl exit exit_group futex getcpu getegid geteuid getgid getgroups getpgrp getpid getppid
    getrandom getresgid getresuid getrlimit getrusage gettid getuid rseq sched_getaffinity
    sched_yield set_robust_list set_tid_address sysinfo uname wait4 waitid
    """
)
# Landlock says where; without a scratch folder these are refused.
WRITING: Final = _names(
    """
    fdatasync fsync ftruncate mkdir mkdirat msync rename renameat renameat2 rmdir unlink unlinkat
    """
)
REFUSED: Final = _names(
    """
    execve execveat fork kill pidfd_open pidfd_send_signal process_vm_readv process_vm_writev ptrace
    rt_sigqueueinfo rt_tgsigqueueinfo tgkill tkill vfork
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg
    sendmmsg sendmsg sendto setsockopt shutdown socket socketpair
    chmod chown creat fchmod fchmodat fchmodat2 fchown fchownat futimesat lchown link linkat mknod
    mknodat symlink symlinkat truncate utime utimensat utimes
    capset chroot mount personality pivot_root reboot sched_setaffinity sched_setattr sched_setparam
    sched_setscheduler setdomainname setfsgid setfsuid setgid setgroups sethostname setns setpgid
    setpriority setregid setresgid setresuid setreuid setrlimit setsid setuid umount2 unshare
    memfd_create mlock mlock2 mlockall mq_open msgget semget shmat shmget
    """
)
# What the driver of a GPU uses on top. It listens on an abstract socket, but nothing can connect.
FOR_GPUS: Final = _names(
    """
    bind getpriority getsockname getsockopt ioctl listen mincore mmap sched_get_priority_max
    sched_get_priority_min sched_getparam sched_getscheduler setsockopt
    """
)

_WORD: Final = 0xFFFF_FFFF
_LONG: Final = 0xFFFF_FFFF_FFFF_FFFF

# The values below are the same on x86_64 and aarch64.
_ACCESS_MODE, _WRITE_ONLY, _READ_WRITE = 0o3, 0o1, 0o2
_CREATES_OR_CHANGES = 0o100 | 0o1000 | 0o2000 | 0o20000000  # O_CREAT, TRUNC, APPEND, __O_TMPFILE
_NONBLOCK_CLOEXEC = 0o4000 | 0o2000000
_SHARED, _ANONYMOUS = 0x01, 0x20
_AF_UNIX, _SEQPACKET, _SOCKET_KIND = 1, 5, 0o17
_CLONE_THREAD = 0x0001_0000
_THREAD_FLAGS = 0x007D_0F00  # all that glibc and musl pass for a thread; no namespaces, no signal
_FCNTL_COMMANDS = (
    0,
    1,
    2,
    3,
    4,
    1030,
    1032,
)  # DUPFD, GET/SETFD, GET/SETFL, DUPFD_CLOEXEC, pipe size
_IOCTL_REQUESTS = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)  # TCGETS, WINSZ, FIONREAD, F(N)CLEX
_PRCTL_OPTIONS = (3, 15, 16, 0x53564D41)  # GET_DUMPABLE, SET_NAME, GET_NAME, SET_VMA


@dataclass(frozen=True)
class Condition:
    """An argument whose bits under the mask equal a value."""

    argument: int
    value: int
    mask: int = _WORD


@dataclass(frozen=True)
class Rule:
    """A call that passes when every condition of one alternative holds, and fails otherwise."""

    alternatives: tuple[tuple[Condition, ...], ...]
    error: int = errno.EPERM


def argument_rules(*, writable: bool, threads: bool, gpu: bool = False) -> dict[str, Rule]:
    """The calls whose arguments decide, by name."""
    rules = {
        "open": Rule(_open_flags(1, writable)),
        "openat": Rule(_open_flags(2, writable)),
        # Shared anonymous memory escapes the limit on data.
        "mmap": Rule(_any_of(3, (0, _SHARED, _ANONYMOUS), mask=_SHARED | _ANONYMOUS)),
        "clone": Rule(_thread_only() if threads else ()),
        "prlimit64": Rule(((Condition(0, 0), Condition(2, 0, _LONG)),)),
        # F_SETOWN with F_SETSIG makes the kernel signal other processes; locks block them.
        "fcntl": Rule(_any_of(1, _FCNTL_COMMANDS)),
        "ioctl": Rule(_any_of(1, _IOCTL_REQUESTS), errno.ENOTTY),
        "prctl": Rule(_any_of(0, _PRCTL_OPTIONS)),
        "pipe2": Rule(((Condition(1, 0, _WORD & ~_NONBLOCK_CLOEXEC),),)),
    }
    if gpu:
        rules["socket"] = Rule(((Condition(0, _AF_UNIX), Condition(1, _SEQPACKET, _SOCKET_KIND)),))
    return {name: rule for name, rule in rules.items() if not (gpu and name in FOR_GPUS)}


def _open_flags(argument: int, writable: bool) -> tuple[tuple[Condition, ...], ...]:
    reading = (Condition(argument, 0, _ACCESS_MODE | _CREATES_OR_CHANGES),)
    if not writable:
        return (reading,)
    # O_TRUNC with a mode that does not write would get past the Landlock of old kernels.
    return (reading, *_any_of(argument, (_WRITE_ONLY, _READ_WRITE), mask=_ACCESS_MODE))


def _thread_only() -> tuple[tuple[Condition, ...], ...]:
    mask = _LONG & ~_THREAD_FLAGS | _CLONE_THREAD
    return ((Condition(0, _CLONE_THREAD, mask),),)


def _any_of(
    argument: int, values: tuple[int, ...], mask: int = _WORD
) -> tuple[tuple[Condition, ...], ...]:
    return tuple((Condition(argument, value, mask),) for value in values)


def build_filter(*, writable: bool, threads: bool, gpu: bool = False) -> Filter:
    """Compile the policy for this machine's architecture."""
    from seccompy import Action, ArgCmp, CmpOp, Filter

    filter_ = Filter(int(Action.ERRNO) | errno.ENOSYS)
    rules = argument_rules(writable=writable, threads=threads, gpu=gpu)
    allowed = ALLOWED | (WRITING if writable else set()) | (FOR_GPUS if gpu else set())
    for name in _known(allowed):
        filter_.allow(name)
    for name in _known((REFUSED | WRITING) - allowed - {*rules}):
        filter_.errno(name, errno.EPERM)
    for name in _known(frozenset(rules)):
        for conditions in rules[name].alternatives:
            compared = [
                ArgCmp(one.argument, CmpOp.MASKED_EQ, one.value, one.mask) for one in conditions
            ]
            filter_.allow(name, args=compared)
        filter_.errno(name, rules[name].error)
    filter_.program  # noqa: B018  compiled now, in the zygote, and inherited by its children
    return filter_


def _known(names: frozenset[str]) -> list[str]:
    """The names that this architecture has: aarch64 lacks `open`, `fork` and their like."""
    from seccompy import syscall_nr

    known = []
    for name in sorted(names):
        try:
            syscall_nr(name)
        except ValueError:
            continue
        known.append(name)
    return known
