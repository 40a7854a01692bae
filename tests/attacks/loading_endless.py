"""expect: failed
question: corner
outcome: timed out

Never finishes loading. The time limit for loading must end it, once and not once per question.
"""

while True:
    try:
        while True:
            pass
    except BaseException:
        continue


def corner(x, rows, columns):
    return x[:rows, :columns]
