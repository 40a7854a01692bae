"""expect: passed

Takes views of views.
"""


def as_numpy_view(x):
    array = x.view_as(x).numpy()
    return array[...]
