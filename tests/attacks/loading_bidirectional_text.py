"""expect: failed
question: corner

Hides an early return with characters that change the direction of text, so that an editor shows
right code. Refused, or run as what it is, it gets no points.
"""


def corner(x, rows, columns):
    """Return the top-left corner, or leave when it is empty ⁧""";return
    # ‮⁦ after this line nothing is reached ⁩⁦
    return x[:rows, :columns]
