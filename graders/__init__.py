"""Grades PyTorch exercises against reference implementations."""

__version__ = "0.1.0"
