#!/usr/bin/env bash
# The operator guide's pictures, taken anew: the tour is played, a day on a shared city, and the map of a city of a million
# components (made first, some minutes; CITY=sqlite:///… names one that is there). The pictures go to docs/images as JPEG.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
.venv/bin/python -m workstation tour --out "$out"
.venv/bin/python scripts/shared_pictures.py "$out"
.venv/bin/python scripts/map_pictures.py "$out" ${CITY:+--db "$CITY"}
mkdir -p docs/images
rm -f docs/images/*.jpg
.venv/bin/python - "$out" <<'PY'
import sys
from pathlib import Path
from PIL import Image

for path in sorted(Path(sys.argv[1]).glob("[0-9][0-9]-*.png")):
    with Image.open(path) as image:
        image.convert("RGB").resize((1440, 810), Image.Resampling.LANCZOS).save(f"docs/images/{path.stem}.jpg", quality=82, optimize=True)
PY
rm -rf "$out"
shown=$(grep -oh 'images/[^)]*' docs/operator-guide.md README.md | sed 's|.*images/||' | sort -u)
for picture in $shown; do
    [ -f "docs/images/$picture" ] || { echo "the guide shows $picture, which nothing takes" >&2; exit 1; }
done
for picture in docs/images/*.jpg; do
    grep -qx "$(basename "$picture")" <<< "$shown" || rm "$picture"
done
