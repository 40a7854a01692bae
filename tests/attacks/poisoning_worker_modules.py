"""expect: failed
question: corner
also: column passed

Rewrites the worker's own modules, which it finds among the loaded ones: how calls are made, what is
recorded and what is sent. All that it can say is what values it returned, and those are wrong.
"""

import sys


def same(value):
    return value


def corner(x, rows, columns):
    child = sys.modules["graders.worker.child"]
    observe = sys.modules["graders.worker.observe"]
    make = observe.observe

    def praised(function, arguments, options, filenames):
        found = make(function, arguments, options, filenames)
        found.record.pop("error", None)
        found.record.setdefault("value", ["none"])
        found.record.update(verdict="passed", points=100, random=False, changed=[], lists=[])
        return found

    child.observe = observe.observe = praised
    observe._changed = observe._moved = lambda leaf: False
    child._reset = child._flush_output = lambda: None
    return x[rows:, columns:]


def column(x, j):
    return x[:, j]
