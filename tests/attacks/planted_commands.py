"""expect: failed
question: corner
also: column passed

Prints, and raises as the text of an exception of 8 MiB, what a report's reader might obey:
workflow commands, terminal escapes, HTML, links and formulas. They must arrive cut and harmless.
"""

COMMANDS = (
    "\n::error file=grade.py,line=1::forged\n::add-mask::0\n::stop-commands::x\n##[group]forged\n"
    "\x1b[2J\x1b[1;32mpassed\x1b[0m\x1b]0;forged\x07\x1b]8;;http://127.0.0.1/\x07"
    "\x9b31m\r\u202e\u2066"
    "<script>forged()</script><img src=x onerror=forged()></pre>]]>&lt;"
    "[passed](javascript:forged()) ``` ~~~ |\n=cmd|'/c forged'!A1\n@forged\n"
)


def corner(x, rows, columns):
    print(COMMANDS)
    raise ValueError(COMMANDS * (8 * 2**20 // len(COMMANDS)))


def column(x, j):
    return x[:, j]
