"""The vocabulary of flows: arrows, the fields they take, and what the program knows how to do with each name.

Which arrows a city has, who takes them and what they need is the handbook's data; what an arrow of a given name does
to a case is code (``apply``). A handbook may leave arrows out and may add plain ones (a state change, clocks, a note).
"""

from __future__ import annotations

from dataclasses import dataclass

from .case import State

REQUEST_KINDS = ("return", "extension", "suspension", "void")
ANY_REQUEST = "any"
KINDS = ("component", "event")
HANDS = ("supervise", "dispose", "evaluate")
"""The three hands of which nobody holds two (TY-1-THREE)."""

AREA_CLASSES = ("core", "general", "fringe")
PHOTO_ROLES = ("before", "after", "check", "verify", "other")
CHECK_RESULTS = ("true_report", "false_report")
VERIFY_RESULTS = ("pass", "fail")

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
    "request_id": "text",
    "suggested_unit": "text",
    "amount": "amount",
    "until": "instant",
    "into": "text",
}
"""What a field of a command holds, by its name. A handbook may use no other names."""


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
    "urge": Known(),
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

    ``frm`` holds None where the arrow makes a new case; ``to`` None leaves the state as it is. ``unit`` is lead or
    cooperating where only that unit's people may act. ``inherits``: a required field may already be the case's.
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
