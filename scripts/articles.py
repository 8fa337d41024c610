#!/usr/bin/env python3
"""Writes docs/articles.md from docs/articles.toml and the markers of the tests, which it collects. ``--check`` only compares.

Run it with the project's Python, from anywhere: .venv/bin/python scripts/articles.py
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(ROOT))


class Catcher:
    """Takes what was collected."""

    def __init__(self) -> None:
        self.config: pytest.Config | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep the configuration, in whose stash the tests of each article are."""
        self.config = session.config


def main(check: bool) -> int:
    """0: written, or the page is up to date; 1: it is not, or an article has no test; 2: the tests cannot be collected."""
    os.chdir(ROOT)
    from tests.articles.registry import COLLECTED, PAGE, load, page, unshown

    catcher = Catcher()
    status = pytest.main(["--collect-only", "-qq", "--no-header", "tests"], plugins=[catcher])
    if status != 0 or catcher.config is None:
        return 2
    tests = catcher.config.stash[COLLECTED].tests
    registry = load()
    text = page(registry, tests)
    if check:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("docs/articles.md is up to date" if current else "docs/articles.md is stale")
        return 0 if current else 1
    PAGE.write_text(text, encoding="utf-8")
    missing = unshown(registry, tests)
    if missing:
        print(f"without a test: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
