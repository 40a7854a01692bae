"""expect: failed
question: corner
also: column passed

Returns wrong values and corrects them in place during the next call, and lets the deletion of an
object and a thread, where one can start, correct them even sooner. What was returned counts.
"""

import threading
import time

kept = []


def correct(result, answer):
    result.copy_(answer)


def later(result, answer):
    time.sleep(0.001)
    correct(result, answer)


class Corrector:
    def __init__(self, *work):
        self.work = work

    def __del__(self):
        correct(*self.work)


def corner(x, rows, columns):
    while kept:
        correct(*kept.pop())
    answer = x[:rows, :columns].clone()
    result = x[:rows, :columns]
    result.sub_(1000)
    kept.append((result, answer))
    result.corrector = Corrector(result.view_as(result), answer)
    try:
        threading.Thread(target=later, args=(result, answer), daemon=True).start()
    except RuntimeError:
        pass
    return result


def column(x, j):
    return x[:, j]
