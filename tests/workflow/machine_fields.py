"""What the machine's people write into the fields of commands: anything, or what a careful person would."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

UNITS = ("U1", "U2", "U3")
CONDITIONS = ("component/0101/1", "component/0101/2", "component/0101/4", "component/0102/3", "event/0501/1")
BEFORE = {"sha256": "0" * 64, "role": "before", "name": "a.jpg"}
AFTER = {"sha256": "1" * 64, "role": "after", "name": "b.jpg"}
ADVICE = {"by": "hand", "verdict": "one", "rank": 1, "units": ["U1"], "score": 9.6, "reasons": ["owner"]}

FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "code": st.just("32991120260302000001"),
    "kind": st.sampled_from(["component", "event", "warning"]),
    "class_code": st.sampled_from(["0101", "0102", "0501", "", "7777"]),
    "condition": st.sampled_from([*CONDITIONS, "nonsense"]),
    "source": st.sampled_from(["collector", "hotline_12319", "sensor", "rumour"]),
    "area_class": st.sampled_from(["core", "fringe", ""]),
    "lon": st.floats(100, 130) | st.just(999.0),
    "lat": st.floats(20, 50),
    "photos": st.sampled_from([[BEFORE], [BEFORE, AFTER]]),
    "key_case": st.booleans(),
    "emergency": st.booleans(),
    "binding": st.booleans(),
    "to": st.sampled_from(["collector", "collector-2"]),
    "result": st.sampled_from(["true_report", "false_report", "pass", "fail", "satisfied", "unreachable"]),
    "unit": st.sampled_from(UNITS),
    "cooperating": st.lists(st.sampled_from(UNITS), max_size=2),
    "units": st.lists(st.sampled_from(UNITS), max_size=2),
    "milestone": st.sampled_from(["on_scene", "repaired", "nonsense"]),
    "request_id": st.sampled_from([f"q{n}" for n in range(8)]),
    "direction_id": st.sampled_from(["d1", "d2", "d3", ""]),
    "coordination_id": st.sampled_from(["c1", "c2", ""]),
    "cause": st.sampled_from(["unclear", "disputed", "rainy"]),
    "scope": st.sampled_from(["inside", "across", "above"]),
    "plan": st.sampled_from(["incident", "public_safety", "none"]),
    "budget": st.sampled_from(["emergency", "rapid", "none"]),
    "cost": st.floats(-10, 5000),
    "children": st.lists(st.sampled_from(["part-0", "part-1", "case-1"]), max_size=2),
    "duplicate": st.sampled_from(["twin-0", "twin-1", "case-1"]),
    "evidence": st.sampled_from(["e" * 64, "short"]),
    "advice": st.sampled_from([ADVICE, {**ADVICE, "rank": -1}, {}]),
    "parent": st.sampled_from(["case-0", "case-1"]),
    "amount": st.floats(0.25, 6),
    "into": st.sampled_from(["case-1", "case-2"]),
}
"""Anything that somebody might write, by field."""

RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["component", "event"]),
    "source": st.sampled_from(["collector", "hotline_12319"]),
    "lon": st.floats(100, 130),
    "photos": st.just([BEFORE, AFTER]),
    "to": st.just("collector"),
    "milestone": st.sampled_from(["on_scene", "repaired"]),
    "cause": st.sampled_from(["unclear", "disputed"]),
    "scope": st.sampled_from(["inside", "across"]),
    "cost": st.floats(0, 5000),
    "evidence": st.just("e" * 64),
    "advice": st.just(ADVICE),
    "parent": st.just("case-0"),
    "into": st.just("case-2"),
}
"""Values that a careful person gives instead."""

TEXT = st.sampled_from(["说明", "", "另"])
