"""expect: failed
question: corner
also: column passed

Returns an object that runs code when it is pickled, unpickled, copied, shown or deleted, and that
writes to the canary's target folder where it runs. Nothing of it may reach the grader's process.
"""

MARK = "open('/tmp/grader-canary/target/pickle', 'w').write('ran')"


class Mine:
    def __reduce_ex__(self, protocol):
        return exec, (MARK,)

    def __repr__(self):
        return f"__import__('builtins').exec({MARK!r})"

    def __del__(self):
        try:
            exec(MARK)
        except Exception:
            pass

    __str__ = __format__ = __repr__


class Failure(Exception):
    def __reduce__(self):
        return exec, (MARK,)


def corner(x, rows, columns):
    if rows % 2:
        raise Failure(Mine())
    return Mine()


def column(x, j):
    return x[:, j]
