"""Names the mistake that explains every failing case."""

from graders.feedback.diagnosis.diagnosis import diagnose
from graders.checks.mistake import Diagnosis

__all__ = ["Diagnosis", "diagnose"]
