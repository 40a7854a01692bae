"""expect: passed
question: corner

Starts up to 64 threads that wait for each other. The number of threads must be limited; that they
cannot be started must be an exception, not the end of the process.
"""

import _thread
import functools
import threading

MANY = 32


@functools.cache
def deed():
    release = threading.Event()
    started = []
    try:
        for _ in range(64):
            thread = threading.Thread(target=release.wait, args=(2,))
            thread.start()
            started.append(thread)
        _thread.start_new_thread(release.wait, (2,))
    except Exception:
        pass
    release.set()
    for thread in started:
        thread.join(2)
    return len(started)


def corner(x, rows, columns):
    if deed() > MANY:
        raise AssertionError(f"BREACH: ran {deed()} threads at once")
    return x[:rows, :columns]
