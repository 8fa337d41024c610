"""Coverage-guided fuzzing of every reader of something from outside (atheris), for some seconds each.

    workstation bench fuzz -- --seconds 60 [--only photo,notice] [--keep FOLDER]

A figure a reader: how many inputs it was given and how many it failed on (goal: none). The readers, what they may answer and
what is watched are those of ``tests/hostile/readers.py``. An input that a reader fails on is kept in the folder.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

CHILD = """
import sys
sys.path.insert(0, {root!r})
import atheris
with atheris.instrument_imports(include=["workstation"]):
    from tests.hostile.readers import feed, readers
reader = readers()[{name!r}]
atheris.Setup([sys.argv[0], *sys.argv[1:]], lambda content: feed(reader, content))
atheris.Fuzz()
"""


def fuzz(name: str, examples: list[bytes], seconds: int, keep: Path) -> tuple[int, str]:
    """How many inputs were tried, and the last words about one that the reader failed on ("" for none)."""
    corpus = keep / "corpus" / name.replace("/", "_")
    corpus.mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(examples):
        (corpus / f"example-{number}").write_bytes(example)
    failed = keep / "failed" / name.replace("/", "_")
    failed.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [
            *(sys.executable, "-c", CHILD.format(root=str(ROOT), name=name), str(corpus)),
            *(
                f"-max_total_time={seconds}",
                f"-artifact_prefix={failed}/",
                "-timeout=10",
                "-rss_limit_mb=2048",
            ),
            *("-max_len=65536", "-verbosity=1"),
        ],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds * 4
        + 600,  # loading everything with its counters takes a while where others work as well
        cwd=keep,
    )
    counts = re.findall(r"^#(\d+)\s", done.stderr, re.M) or re.findall(r"Done (\d+) runs", done.stderr)
    words = ""
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "Broken" in line or "ERROR: libFuzzer" in line]
        words = (lines or done.stderr.splitlines()[-1:] or ["no words"])[0].strip()
    return max(map(int, counts), default=0), words


def main() -> None:
    """Fuzz, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20, help="for each reader")
    parser.add_argument("--only", default="", help="names of readers, with commas")
    parser.add_argument("--keep", type=Path, help="where the inputs are kept that a reader fails on")
    args = parser.parse_args()
    from tests.hostile.readers import readers

    folder = args.keep or Path(tempfile.mkdtemp(prefix="workstation-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(filter(None, args.only.split(",")))
    figures = []
    for name, reader in readers().items():
        if wanted and name not in wanted:
            continue
        tried, words = fuzz(name, reader.examples(), args.seconds, folder.resolve())
        if words:
            print(f"{name}: {words}\n  kept in {folder / 'failed'}", file=sys.stderr)
        figures.append(
            {
                "figure": f"{name}: failures in {tried} inputs, {args.seconds} s",
                "value": int(bool(words)),
                "unit": "inputs",
                "anchor": tried,
                "ratio": None,
                "goal": 0,
                "met": not words and tried > 0,
            }
        )
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
