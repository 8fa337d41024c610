"""Contacts 通讯录 of the units, and who holds which post 人员岗位."""

from .panel import ContactsPanel

__all__ = ["ContactsPanel"]
