"""expect: passed

Has a class of its own with a method `dot`.
"""

class Vector:
    def __init__(self, numbers):
        self.numbers = numbers

    def dot(self, other):
        return (self.numbers * other.numbers).sum()


def dot(a, b):
    first = Vector(a)
    return first.dot(Vector(b))
