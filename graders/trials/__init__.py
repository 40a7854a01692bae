"""Tries the properties of a question: on a submission, and on the reference."""

from graders.trials.trials import Trials, property_check, skipped_property

__all__ = ["Trials", "property_check", "skipped_property"]
