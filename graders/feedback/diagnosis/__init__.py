"""Names the mistake that explains every failing case."""

from graders.checks.mistake import Diagnosis
from graders.feedback.diagnosis.diagnosis import diagnose

__all__ = ["Diagnosis", "diagnose"]
