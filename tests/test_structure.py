"""The shape of the code: what no other tool checks."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 600
SOURCES = sorted(
    path.relative_to(ROOT)
    for folder in ("workstation", "tests", "benchmarks", "plugins")
    for path in (ROOT / folder).rglob("*.py")
)


def test_no_file_is_too_long() -> None:
    """A file that has grown beyond 600 lines is two files."""
    lengths = {str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_file_says_what_lives_in_it() -> None:
    """Each module begins with a docstring."""
    texts = {str(path): (ROOT / path).read_text(encoding="utf-8").lstrip() for path in SOURCES}
    assert [name for name, text in texts.items() if not text.startswith(('"""', "#!"))] == []
