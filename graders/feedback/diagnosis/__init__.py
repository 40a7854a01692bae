"""Names the mistake that explains every failing case."""

from graders.feedback.diagnosis.diagnosis import diagnose
from graders.feedback.diagnosis.mistakes import Diagnosis

__all__ = ["Diagnosis", "diagnose"]
