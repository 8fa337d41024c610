"""Verification and closing (核查结案): somebody looks at what was done, and one of the four outcomes is chosen."""

from .panel import VerificationPanel

__all__ = ["VerificationPanel"]
