"""expect: passed
question: corner

Makes folders, links, pipes and devices in the canary's target folder, and changes mode, owner,
times, length, attributes, name and existence of the canary's files. Landlock alone allows some of
these; all must be refused.
"""

import functools
import os
import stat

ROOT = "/tmp/grader-canary"
SECRET = f"{ROOT}/secret.txt"
TARGET = f"{ROOT}/target"
WAYS = {
    "mkdir": lambda: os.mkdir(f"{TARGET}/folder"),
    "symlink": lambda: os.symlink("/etc/passwd", f"{TARGET}/symlink"),
    "link": lambda: os.link(SECRET, f"{TARGET}/link"),
    "mkfifo": lambda: os.mkfifo(f"{TARGET}/fifo"),
    "mknod": lambda: os.mknod(f"{TARGET}/file"),
    "a device": lambda: os.mknod(f"{TARGET}/null", stat.S_IFCHR | 0o600, os.makedev(1, 3)),
    "chmod": lambda: os.chmod(SECRET, 0o666),
    "chmod of a folder": lambda: os.chmod(TARGET, 0o777),
    "chown": lambda: os.chown(SECRET, os.getuid(), os.getgid()),
    "lchown": lambda: os.lchown(SECRET, os.getuid(), os.getgid()),
    "utime": lambda: os.utime(SECRET, (0, 0)),
    "setxattr": lambda: os.setxattr(SECRET, "user.canary", b"1"),
    "truncate": lambda: os.truncate(SECRET, 0),
    "rename": lambda: os.rename(SECRET, f"{TARGET}/renamed"),
    "replace": lambda: os.replace(f"{TARGET}/renamed", f"{TARGET}/replaced"),
    "unlink": lambda: os.unlink(SECRET),
    "rmdir": lambda: os.rmdir(TARGET),
}


@functools.cache
def deed():
    done = []
    for name, way in WAYS.items():
        try:
            way()
        except Exception:
            continue
        done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: changed files and folders by {deed()}")
    return x[:rows, :columns]
