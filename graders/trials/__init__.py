"""Tries the properties of a question: on a submission, and on the reference."""

from graders.trials.trials import Trials

__all__ = ["Trials"]
