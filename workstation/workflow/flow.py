"""The vocabulary of flows: arrows, the fields they take, and what the program knows how to do with each name.

Which arrows a city has, who takes them and what they need is the handbook's data; what an arrow of a given name does
to a case is code (``apply``). A handbook may leave arrows out and may add plain ones (a state change, clocks, a note).
"""

from __future__ import annotations

from dataclasses import dataclass

from .case import State

REQUEST_KINDS = ("return", "extension", "suspension", "void")
ANY_REQUEST = "any"
KINDS = ("component", "event", "warning")
"""What a problem may be. Warnings (监测预警) are only where the handbook has classes of them (TZ-19-WARNING)."""

DIRECTION_KINDS = ("urge", "supervise", "instruct")
"""Words from above: 催办, 督办, 批示."""

CAUSES = ("unclear", "disputed")
SCOPES = ("inside", "across")
OUTCOMES = ("upheld", "assigned", "withdrawn", "lapsed")
"""Why a responsibility is coordinated, how far it reaches, and how that ends."""

WAYS = {"rapid": "rapid", "first_response": "first"}
"""The arrows that dispatch otherwise than to whoever is responsible, and the way that the case is then on."""
HANDS = ("supervise", "dispose", "evaluate")
"""The three hands of which nobody holds two (TY-1-THREE)."""

CHOSEN_BY = ("hand", "automatic")
"""Who chose the unit of a dispatch for which one was recommended: a person, or the program for the person at whose seat it ran."""
VERDICTS = ("one", "two", "none")
"""What a recommendation comes to: one unit, two that are equally likely, or none."""

AREA_CLASSES = ("core", "general", "fringe")
PHOTO_ROLES = ("before", "after", "check", "verify", "other")
CHECK_RESULTS = ("true_report", "false_report")
VERIFY_RESULTS = ("pass", "fail")
VISIT_RESULTS = ("satisfied", "fairly", "unsatisfied", "unreachable")
RESULTS: dict[str, tuple[str, ...]] = {
    "checked": CHECK_RESULTS,
    "verified": VERIFY_RESULTS,
    "visit": VISIT_RESULTS,
}
"""What the field ``result`` may say, by the arrow that it belongs to; any other arrow's says pass or fail."""

FIELD_TYPES: dict[str, str] = {
    "code": "text",
    "kind": "kind",
    "class_code": "class",
    "condition": "condition",
    "source": "source",
    "reporter": "text",
    "reporter_phone": "text",
    "description": "text",
    "address": "text",
    "lon": "lon",
    "lat": "lat",
    "grid": "text",
    "area_class": "area_class",
    "component": "text",
    "photos": "photos",
    "key_case": "boolean",
    "emergency": "boolean",
    "binding": "boolean",
    "reason": "text",
    "note": "text",
    "to": "text",
    "result": "result",
    "unit": "text",
    "cooperating": "texts",
    "requirement": "text",
    "milestone": "text",
    "request_id": "id",
    "suggested_unit": "text",
    "amount": "amount",
    "until": "instant",
    "into": "text",
    "upstream_code": "text",
    "parent": "id",
    "direction_id": "id",
    "coordination_id": "id",
    "cause": "cause",
    "scope": "scope",
    "units": "texts",
    "decision": "text",
    "plan": "plan",
    "budget": "budget",
    "cost": "money",
    "cost_note": "text",
    "rule": "text",
    "children": "ids",
    "duplicate": "id",
    "evidence": "sha256",
    "advice": "advice",
}
"""What a field of a command holds, by its name. A handbook may use no other names. Ids are made, never typed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the program's code expects of an arrow of a known name: fields it must take, and its kind of request."""

    needs: tuple[str, ...] = ()
    asks: str = ""
    answers: str = ""


KNOWN: dict[str, Known] = {
    "report": Known(("code",)),
    "register": Known(("code",)),
    "answer": Known(("code", "reason")),
    "reject": Known(("reason",)),
    "send_check": Known(("to",)),
    "checked": Known(("result",)),
    "send_back": Known(("reason",)),
    "file": Known(("kind", "class_code", "condition")),
    "return_to_filing": Known(("reason",)),
    "dispatch": Known(("unit",)),
    "recall": Known(),
    "receive": Known(),
    "cooperate_receive": Known(),
    "cooperate_feed_back": Known(),
    "on_scene": Known(),
    "feed_back": Known(),
    "ask_return": Known(("request_id", "reason"), asks="return"),
    "ask_extension": Known(("request_id", "reason"), asks="extension"),
    "ask_suspension": Known(("request_id", "reason", "until"), asks="suspension"),
    "ask_void": Known(("request_id", "reason"), asks="void"),
    "withdraw_request": Known(("request_id",), answers=ANY_REQUEST),
    "grant_return": Known(("request_id",), answers="return"),
    "grant_extension": Known(("request_id",), answers="extension"),
    "grant_suspension": Known(("request_id",), answers="suspension"),
    "grant_void": Known(("request_id",), answers="void"),
    "refuse_request": Known(("request_id",), answers=ANY_REQUEST),
    "resume": Known(),
    "send_verify": Known(("to",)),
    "verified": Known(("result",)),
    "close": Known(),
    "dispose_again": Known(("reason",)),
    "close_unqualified": Known(("reason",)),
    "redispatch": Known(("reason",)),
    "void": Known(("reason",)),
    "transfer": Known(("to", "reason")),
    "merge": Known(("into", "reason")),
    "absorb": Known(("duplicate",)),
    "split": Known(("children",)),
    "register_part": Known(("code", "parent")),
    "self_dispose": Known(("code",)),
    "endorse_request": Known(("request_id",)),
    "propose_void": Known(("request_id", "reason"), asks="void"),
    "approve_receipt": Known(),
    "coordinate": Known(("cause", "scope", "reason")),
    "escalate": Known(),
    "uphold": Known(("decision",)),
    "assign": Known(("unit", "decision")),
    "withdraw_coordination": Known(("reason",)),
    "rapid": Known(("unit",)),
    "first_response": Known(("unit",)),
    "settle": Known(("unit",)),
    "mark_key": Known(("reason",)),
    "unmark_key": Known(("reason",)),
    "progress": Known(),
    "urge": Known(("note",)),
    "supervise": Known(("note",)),
    "instruct": Known(("note",)),
    "reply": Known(("direction_id", "note")),
    "dispatch_inside": Known(("unit",)),
    "recall_inside": Known(),
    "receive_inside": Known(),
    "feed_back_inside": Known(),
    "return_inside": Known(("reason",)),
    "visit": Known(("result",)),
    "report_up": Known(),
    "comment": Known(),
    "recompute": Known(),
}
"""The arrows that do more than change the state and the clocks. Any other name is a plain arrow."""

PLAIN = Known()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of an arrow. ``type`` is one of the values of FIELD_TYPES; ``label`` is the handbook's word for it."""

    name: str
    type: str
    required: bool
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """One move of the flow.

    ``frm`` holds None where the arrow makes a new case; ``to`` None leaves the state as it is. ``unit`` is lead,
    cooperating or inner where only that unit's people may act. ``inherits``: a required field may already be the case's.
    ``asks`` is the kind of request that it opens, ``of_request`` the kind that it answers (``any``: whichever).
    ``start``, ``stop``, ``pause``, ``resume`` name clocks. ``article`` is what the arrow rests on.
    """

    name: str
    label: str
    frm: tuple[State | None, ...]
    to: State | None
    posts: tuple[str, ...]
    fields: tuple[FieldSpec, ...] = ()
    reason: bool = False
    guards: tuple[str, ...] = ()
    start: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    pause: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()
    asks: str = ""
    of_request: str = ""
    unit: str = ""
    hand: str = ""
    inherits: bool = False
    article: str = ""

    def field(self, name: str) -> FieldSpec | None:
        """The named field, if the arrow takes it."""
        return next((f for f in self.fields if f.name == name), None)
