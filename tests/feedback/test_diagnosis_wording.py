"""What is said about a diagnosis, and which hint wins."""

import pytest

from graders.checks import mismatch as m
from graders.checks import mistake as k
from graders.feedback.diagnosis_wording import _AXIS_TRAITS, _SAY, _TRAITS, diagnosis_text
from graders.feedback.language import Words
from graders.feedback.wording import message
from graders.verdicts import Finding

ENGLISH = Words("en")
PAIR = ((0,), (1,))


def said(mistake, **options):
    found = k.Diagnosis(mistake, 14, options.pop("passed", 86), **options)
    return diagnosis_text(found, ENGLISH, lambda number: ["x", "y"][number])


ALL = "On all 14 failing cases "
MISTAKES = [
    (k.Transposed(None), "the result is the transpose of the expected one."),
]
