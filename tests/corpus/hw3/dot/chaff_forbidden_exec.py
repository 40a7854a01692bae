"""expect: forbidden failed

Hides the operator in a string that exec runs.
"""


def dot(a, b):
    scope = {"a": a, "b": b}
    exec("result = a @ b", scope)
    return scope["result"]
