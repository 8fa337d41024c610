"""The whole program as one would start it: window, map worker and database, a case round the loop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

BLANK_SHARE = 0.5
"""More of the map's middle than this in one colour: nothing was drawn there (drawn maps: 0.1 to 0.35; blank: 0.7)."""


@pytest.mark.qgis
@pytest.mark.article("TJA-2-LOOP")
@pytest.mark.timeout(400)
def test_the_tour_takes_a_case_round_the_loop_and_leaves_pictures_and_evaluation(tmp_path: Path) -> None:
    """`workstation tour` goes round the loop and the ways around; every picture has a drawn map in it, the evaluation is a PDF."""
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "workstation", "tour", "--out", str(out)],
        capture_output=True,
        text=True,
        timeout=380,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pictures = sorted(out.glob("[0-9][0-9]-*.png"))
    assert len(pictures) == 29, [p.name for p in pictures]
    for path in pictures[1:]:
        with Image.open(path) as image:
            middle = image.convert("RGB").crop((760, 300, 1300, 800))
            colours = middle.getcolors(middle.width * middle.height)
            assert colours is not None
            most = max(count for count, _ in colours)
        assert most < BLANK_SHARE * middle.width * middle.height, f"the map in {path.name} is blank"
    assert (out / "evaluation.pdf").read_bytes().startswith(b"%PDF")
