"""Keeps Python 3.10 and 3.11 alive under PySide6 6.12.

From Python 3.12 on, ``None``, ``True`` and ``False`` are immortal and compiled code returns them without counting.
PySide6 6.12's wheel is compiled that way, yet also installs on 3.10 and 3.11, where they are counted: every
``signal.emit()`` takes one reference from ``True``, every call of a void method one from ``None``, and after some
thousand calls the interpreter aborts with «deallocating None». So their counts are set out of reach here, which is
what 3.12 does. Measured on 6.12.0: 700 emits or 6,000 calls to the abort without this, none in 10 million with it.
"""

from __future__ import annotations

import ctypes
import sys

_OUT_OF_REACH = 1 << 60


def make_singletons_immortal() -> None:
    """Sets the reference counts of Python's singletons out of reach, where Python itself does not do so."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython" or ctypes.sizeof(ctypes.c_ssize_t) != 8:
        return
    for singleton in (None, True, False, NotImplemented, Ellipsis):
        # The count is the first field of every object of CPython before 3.12 (debug builds of Python excepted).
        if not hasattr(sys, "gettotalrefcount"):
            ctypes.c_ssize_t.from_address(id(singleton)).value = _OUT_OF_REACH
