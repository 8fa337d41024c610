"""The dock 审计: who looked at personal data, what was tried and refused, who signed in, and what else is audited."""

from .panel import AuditPanel

__all__ = ["AuditPanel"]
