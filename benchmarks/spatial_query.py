"""Questions about areas in a large city: a buffer with about a thousand components, a polygon with a hundred thousand, all.

``python benchmarks/spatial_query.py --db CITY [--json]``: the city on either store is only read. Each question is asked
``--times`` times; the median and the slowest are told, of finding and of reading a page in the middle of the answer.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workstation.services.here import here, snap
from workstation.services.services import Services
from workstation.services.spatial_query import PAGE, Asked
from workstation.workflow.event import Actor

SIZES = (1_000, 100_000)


def timed(work: Callable[[], Any], times: int) -> tuple[Any, dict[str, float]]:
    """What the last gave, and seconds: median and slowest."""
    seconds = []
    result = None
    for _ in range(times):
        begun = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - begun)
    return result, {"median_s": round(statistics.median(seconds), 4), "slowest_s": round(max(seconds), 4)}


def radius_for(services: Services, actor: Actor, count: int) -> float:
    """Metres around the city's middle that hold about so many components."""
    low, high = 5.0, 20_000.0
    for _ in range(14):
        middle = (low + high) / 2
        found = services.spatial.find(
            Asked("component", services.spatial.circle(*services.city.center, middle)), actor
        )
        if abs(len(found) - count) < count * 0.03:
            return middle
        low, high = (middle, high) if len(found) < count else (low, middle)
    return middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", required=True)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    services = Services.open(wanted.db)
    actor = Actor("bench", "bench", "dispatcher", "")
    spatial, centre = services.spatial, services.city.center
    out: dict[str, Any] = {"store": services.db.kind}
    for count in SIZES:
        metres = radius_for(services, actor, count)
        area = spatial.circle(*centre, metres)
        found, figures = timed(lambda area=area: spatial.find(Asked("component", area), actor), wanted.times)
        middle = len(found) // 2
        _, page = timed(
            lambda found=found, middle=middle: spatial.rows(found, middle, middle + PAGE, actor), wanted.times
        )
        _, counts = timed(lambda found=found: (found.by_class(), found.by_state()), wanted.times)
        out[f"components_{count}"] = {
            "metres": round(metres), "found": len(found), "find": figures, "page": page, "counts": counts,
        }  # fmt: skip
    area = spatial.box(*services.city.extent)
    found, figures = timed(lambda: spatial.find(Asked("component", area), actor), 1)
    _, page = timed(lambda: spatial.rows(found, len(found) - PAGE, len(found), actor), wanted.times)
    out["components_all"] = {"found": len(found), "find": figures, "page": page}
    found, figures = timed(lambda: spatial.find(Asked("case", area, open=None), actor), wanted.times)
    out["cases_all"] = {"found": len(found), "find": figures}
    _, out["everything_at_a_point"] = timed(lambda: here(services, *centre, 60.0, actor), wanted.times)
    _, out["snap"] = timed(lambda: snap(services, *centre, 10.0), wanted.times)
    services.close()
    if wanted.json:
        print(json.dumps(out))
        return
    for name, figures in out.items():
        print(name, figures)


if __name__ == "__main__":
    main()
