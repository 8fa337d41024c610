"""The dock 空间查询: what lies in an area, and which crews are nearest."""

from .panel import QueryPanel

__all__ = ["QueryPanel"]
