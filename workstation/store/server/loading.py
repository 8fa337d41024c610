"""Inside the server: the program's modules, imported from the texts of ``door.program`` instead of from files.

The function that is called reads the table once a connection, runs this text, and calls :func:`load`. Knows nothing else of
the program, for it is there before any of it is.
"""

from __future__ import annotations

import importlib
import marshal
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PACKAGE = "workstation"


class Program(MetaPathFinder, Loader):
    """The modules of one edition of the program, by path, as Python imports them."""

    def __init__(self, texts: Mapping[str, str], digest: str, codes: Mapping[str, bytes]) -> None:
        self.texts = texts
        self.digest = digest
        self._codes = codes

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module of ours is; None for anybody else's."""
        place = fullname.replace(".", "/")
        for name, package in ((f"{place}/__init__.py", True), (f"{place}.py", False)):
            if name in self.texts:
                return ModuleSpec(fullname, self, origin=f"door:{name}", is_package=package)
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's text."""
        origin = module.__spec__.origin if module.__spec__ else None
        assert origin is not None
        path = origin.removeprefix("door:")
        known = self._codes.get(path)
        code = marshal.loads(known) if known else compile(self.texts[path], origin, "exec")
        exec(code, module.__dict__)

    def call(self, module: str, function: str, *args: Any) -> Any:
        """What a function of one of the modules answers."""
        return getattr(importlib.import_module(f"{PACKAGE}.{module}"), function)(*args)


def load(texts: Mapping[str, str], digest: str, codes: Mapping[str, bytes] | None = None) -> Program:
    """Make these texts the program from now on, instead of one that this connection has used before.

    ``codes`` are those of the texts that this very Python has compiled already.
    """
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != Program.__name__]
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        del sys.modules[name]
    program = Program(texts, digest, codes or {})
    sys.meta_path.insert(0, program)
    importlib.import_module(f"{PACKAGE}.workflow.library").serve(texts)
    return program
