"""expect: errors failed

Takes the first of several elements.
"""


def python_number(x):
    return x.flatten()[0].item()
