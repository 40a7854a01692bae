"""expect: failed
question: corner
also: column passed

Raises an exception whose class, module, text and cause are made of terminal commands, halves of
surrogate pairs and marks that turn text around, and prints the same. A report shows them, as text.
"""

COMMANDS = "\x1b[2J\x1b]0;forged\x07\x9b31m\u202e\u2066\r\x08"


def corner(x, rows, columns):
    kind = type(f"Error{COMMANDS}", (ValueError,), {"__module__": f"\ud800{COMMANDS}"})
    print(COMMANDS, "::add-mask::0")
    raise kind(f"\udfff{COMMANDS}\n::error::forged") from kind(COMMANDS)


def column(x, j):
    return x[:, j]
