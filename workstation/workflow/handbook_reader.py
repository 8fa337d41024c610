"""Reading handbooks: files to text, text to a checked :class:`Handbook`, and errors that say where and what to do."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .case import TERMINAL, Stage, State
from .flow import (
    ANY_REQUEST,
    AREA_CLASSES,
    FIELD_TYPES,
    HANDS,
    KINDS,
    KNOWN,
    PLAIN,
    REQUEST_KINDS,
    Arrow,
    FieldSpec,
)
from .guards import GUARDS
from .handbook import (
    ClassItem,
    ClockSpec,
    Condition,
    Document,
    Handbook,
    HandbookError,
    Milestone,
    Post,
    Rules,
    Source,
)
from .library import data_folder
from .limits import UNITS

TOML_FILES = ("handbook.toml", "posts.toml", "sources.toml", "clocks.toml", "flow.toml", "labels.toml")
CSV_FILES = ("classes.csv", "local_classes.csv", "conditions.csv")
LOCAL_CLASSES = "local_classes.csv"

_CLASS_COLUMNS = ("kind", "code", "main_code", "main_name", "name", "basis", "note")
_CONDITION_COLUMNS = (
    "key",
    "kind",
    "class_code",
    "text",
    "amount",
    "unit",
    "closing_standard",
    "milestones",
    "note",
)
_ARROW_KEYS = frozenset(
    {"name", "label", "from", "to", "posts", "hand", "unit", "inherits", "required", "optional", "guards"}
    | {"start", "stop", "pause", "resume", "asks", "answers", "article"}
)
_LABEL_KEYS: dict[str, tuple[str, ...]] = {
    "states": tuple(State),
    "stages": tuple(Stage),
    "kinds": KINDS,
    "area_classes": AREA_CLASSES,
    "units": UNITS,
    "requests": REQUEST_KINDS,
    "fields": tuple(FIELD_TYPES),
}
"""What labels.toml must have a word for."""


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of a handbook's folder, the class edition it names included (as ``classes.csv``)."""
    texts = {}
    for name in (*TOML_FILES, LOCAL_CLASSES, "conditions.csv"):
        path = folder / name
        try:
            texts[name] = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            if name == LOCAL_CLASSES:
                continue
            raise HandbookError(
                "missing_file", str(path), 0, name, "the file is missing.", "Copy it from the national handbook."
            ) from error
        except UnicodeDecodeError as error:
            raise HandbookError(
                "not_utf8", str(path), 0, name, "the file is not UTF-8.", "Save it again as UTF-8."
            ) from error
    source = _Toml("handbook.toml", texts["handbook.toml"])
    file = source.text(source.raw, ("class_file",))
    path = folder / file if (folder / file).is_file() else data_folder() / "classes" / file
    if Path(file).name != file or not path.is_file():
        source.fail("missing_file", ("class_file",), f"there is no class file {file!r}.", "Name a file of data/classes.")
    texts["classes.csv"] = path.read_text(encoding="utf-8-sig")
    return texts


class _Toml:
    """One TOML file: its data, and where in the text a key stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        try:
            self.raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _toml_error(file, text, error) from error

    def fail(self, code: str, path: tuple[str | int, ...], problem: str, advice: str) -> Any:
        raise HandbookError(code, self.file, self.line(path), _path_text(path), problem, advice)

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line on which the key of that path stands, or the nearest above it that can be found; from 1."""
        tables = [p for p in path[:-1] if isinstance(p, str)]
        index = next((p for p in path if isinstance(p, int)), None)
        best, inside, seen = 0, not tables, -1
        for number, line in enumerate(self.lines, 1):
            text = line.strip()
            if text.startswith("["):
                header = text.strip("[] \t").split("#")[0].strip(" ]").replace('"', "")
                inside = False
                if text.startswith("[[") and index is not None and header == path[0]:
                    seen += 1
                    inside = seen == index
                elif header in (".".join(tables), ".".join(str(p) for p in path)):
                    inside = True
                if inside:
                    best = number
            elif inside and text.split("=")[0].strip().strip('"') in (str(path[-1]), *map(str, path[1:2])):
                return number
        return best

    def value(self, table: Any, path: tuple[str | int, ...], kind: type | tuple[type, ...], default: Any = None) -> Any:
        value = table.get(path[-1], default)
        if value is None:
            self.fail("missing_key", path, "the key is missing.", "Add it.")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fail("wrong_type", path, f"{value!r} is not of the right type.", f"Write {_kind_text(kind)}.")
        return value

    def text(self, table: Any, path: tuple[str | int, ...], default: str | None = None) -> str:
        return str(self.value(table, path, str, default))

    def table(self, table: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        return dict(self.value(table, path, dict))

    def words(self, table: Any, path: tuple[str | int, ...], default: list[str] | None = None) -> list[str]:
        words: list[Any] = self.value(table, path, list, default)
        for word in words:
            if not isinstance(word, str):
                self.fail("wrong_type", path, f"{word!r} is not a text.", "Write a list of texts.")
        for word in words:
            if words.count(word) > 1:
                self.fail("duplicate", path, f"{word!r} stands twice.", "Name it once.")
        return words

    def one_of(self, value: str, known: Any, path: tuple[str | int, ...], code: str, what: str) -> str:
        if value not in known:
            names = ", ".join(str(k) for k in known if k)
            self.fail(code, path, f"{value!r} is not {what}.", f"Use one of: {names}.")
        return value

    def only(self, table: Mapping[str, Any], known: Any, path: tuple[str | int, ...]) -> None:
        for key in table:
            if key not in known:
                advice = f"Remove it or use one of: {', '.join(sorted(known))}."
                self.fail("unknown_key", (*path, key), "nobody reads this key.", advice)


def _kind_text(kind: type | tuple[type, ...]) -> str:
    names = {str: "a text in quotes", list: "a list", dict: "a table", bool: "true or false", date: "a date", int: "a whole number"}
    return "a number" if isinstance(kind, tuple) else names[kind]


def _path_text(path: tuple[str | int, ...]) -> str:
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def _toml_error(file: str, text: str, error: tomllib.TOMLDecodeError) -> HandbookError:
    message = str(error)
    line = len(text.splitlines())
    if "(at line " in message:
        line = int(message.split("(at line ")[1].split(",")[0])
    code = "duplicate_key" if "overwrite" in message or "twice" in message else "not_toml"
    advice = "Name the key once." if code == "duplicate_key" else "Correct the line; TOML is described on toml.io."
    return HandbookError(code, file, line, text.splitlines()[line - 1].strip() if line else "", message, advice)


def read_texts(texts: Mapping[str, str]) -> Handbook:
    """The handbook written in ``texts``, checked whole."""
    for name in (*TOML_FILES, *CSV_FILES):
        if name not in texts and name != LOCAL_CLASSES:
            raise HandbookError("missing_file", name, 0, name, "the file is missing.", "Add it to the handbook.")
    for name in texts:
        if name not in (*TOML_FILES, *CSV_FILES):
            raise HandbookError("unknown_file", name, 0, name, "nobody reads this file.", "Remove it.")
    toml = {name: _Toml(name, texts[name]) for name in TOML_FILES}
    head = toml["handbook.toml"]
    head.only(
        head.raw,
        {"city", "edition", "title", "approver", "valid_from", "class_edition", "class_file", "note", "document", "rules"},
        (),
    )
    class_edition = head.text(head.raw, ("class_edition",))
    documents = _documents(head)
    articles = _Articles(frozenset(d.key for d in documents))
    posts = _posts(toml["posts.toml"])
    sources = _sources(toml["sources.toml"])
    clocks, milestones = _clocks(toml["clocks.toml"], articles)
    classes = _classes(texts, class_edition)
    conditions = _conditions(texts["conditions.csv"], classes, milestones)
    arrows, labels = _flow(toml["flow.toml"], toml["labels.toml"], posts, clocks, articles)
    labels["posts"] = {p.key: p.label for p in posts.values()}
    labels["sources"] = {s.key: s.label for s in sources.values()}
    labels["arrows"] = {a.name: a.label for a in arrows}
    labels["clocks"] = {c.key: c.label for c in clocks.values()} | {m.key: m.label for m in milestones.values()}
    labels["classes"] = {f"{c.kind}/{c.code}": c.name for c in classes}
    labels["conditions"] = {c.key: c.text for c in conditions}
    labels["documents"] = {d.key: d.title for d in documents}
    labels["milestones"] = {m.key: m.label for m in milestones.values()}
    return Handbook(
        city=head.text(head.raw, ("city",)),
        edition=head.text(head.raw, ("edition",)),
        title=head.text(head.raw, ("title",)),
        note=head.text(head.raw, ("note",), "").strip(),
        approver=head.text(head.raw, ("approver",)),
        valid_from=str(head.value(head.raw, ("valid_from",), date)),
        class_edition=class_edition,
        documents=documents,
        posts=posts,
        sources=sources,
        arrows=arrows,
        classes=classes,
        all_conditions=conditions,
        clocks=clocks,
        milestones=milestones,
        rules=_rules(head, classes, articles),
        labels=labels,
        texts=dict(texts),
    )


class _Articles:
    """Articles are ``DOCUMENT-…``: the first part must be a document that the handbook names."""

    def __init__(self, documents: frozenset[str]) -> None:
        self.documents = documents

    def read(self, source: _Toml, table: Any, path: tuple[str | int, ...]) -> str:
        article = source.text(table, path)
        if article.split("-")[0] not in self.documents:
            source.fail(
                "unknown_document",
                path,
                f"{article!r} belongs to no document of handbook.toml.",
                "Name the document there, or correct the article.",
            )
        return article


def _documents(source: _Toml) -> tuple[Document, ...]:
    out: dict[str, Document] = {}
    for i, entry in enumerate(source.value(source.raw, ("document",), list, [])):
        source.only(entry, {"key", "title", "place", "year"}, ("document", i))
        key = source.text(entry, ("document", i, "key"))
        if key in out:
            source.fail("duplicate_key", ("document", i, "key"), f"{key!r} stands twice.", "Give it another key.")
        title = source.text(entry, ("document", i, "title"))
        place = source.text(entry, ("document", i, "place"), "")
        out[key] = Document(key, title, place, source.text(entry, ("document", i, "year"), ""))
    return tuple(out.values())


def _rules(source: _Toml, classes: tuple[ClassItem, ...], articles: _Articles) -> Rules:
    rules = source.table(source.raw, ("rules",))
    names = {
        "return_within": {"amount", "unit"},
        "extensions": {"at_most", "share"},
        "suspensions": {"at_most", "days"},
        "failures_until_overdue": {"count"},
        "lead_waits_for_cooperating": {"on"},
        "filers_close": {"on"},
        "emergency_classes": {"classes"},
    }
    source.only(rules, names, ("rules",))
    table: dict[str, dict[str, Any]] = {}
    told = {}
    for name, keys in names.items():
        table[name] = source.table(rules, ("rules", name))
        source.only(table[name], keys | {"article"}, ("rules", name))
        told[name] = articles.read(source, table[name], ("rules", name, "article"))

    def number(rule: str, key: str, at_least: float) -> float:
        path = ("rules", rule, key)
        value = float(source.value(table[rule], path, (int, float)))
        if not value >= at_least:
            source.fail("bad_limit", path, f"{value:g} is less than {at_least:g}.", "Write a larger number.")
        return value

    def switch(rule: str) -> bool:
        return bool(source.value(table[rule], ("rules", rule, "on"), bool))

    path = ("rules", "emergency_classes", "classes")
    emergencies = []
    for word in source.words(table["emergency_classes"], path):
        kind, _, prefix = word.partition(":")
        if not any(c.kind == kind and c.code.startswith(prefix) for c in classes):
            source.fail("unknown_class", path, f"no class begins with {word!r}.", "Write kind:prefix, as event:05.")
        emergencies.append((kind, prefix))
    unit_path = ("rules", "return_within", "unit")
    unit = source.one_of(source.text(table["return_within"], unit_path), UNITS, unit_path, "unknown_unit", "a unit of time")
    return Rules(
        return_amount=_positive(source, table["return_within"], ("rules", "return_within", "amount")),
        return_unit=unit,
        extensions=int(number("extensions", "at_most", 0)),
        extension_share=number("extensions", "share", 0),
        suspensions=int(number("suspensions", "at_most", 0)),
        suspension_days=int(number("suspensions", "days", 1)),
        failures_until_overdue=int(number("failures_until_overdue", "count", 1)),
        lead_waits=switch("lead_waits_for_cooperating"),
        filers_close=switch("filers_close"),
        emergency_classes=tuple(emergencies),
        articles=told,
    )


def _positive(source: _Toml, table: Any, path: tuple[str | int, ...]) -> float:
    value = source.value(table, path, (int, float))
    if not 0 < value < 100_000:
        source.fail("bad_limit", path, f"{value!r} is no limit.", "Write a number above 0 and below 100000.")
    return float(value)


def _posts(source: _Toml) -> dict[str, Post]:
    out = {}
    for key in source.raw:
        table = source.table(source.raw, (key,))
        source.only(table, {"label", "hand", "level"}, (key,))
        if isinstance(table.get("hand"), list):
            source.fail(
                "mixed_hands",
                (key, "hand"),
                "a post belongs to one hand only (TY-1-THREE).",
                "Divide it into one post for each hand.",
            )
        hand = source.one_of(source.text(table, (key, "hand")), ("", *HANDS), (key, "hand"), "unknown_hand", "a hand")
        out[key] = Post(key, source.text(table, (key, "label")), hand, source.text(table, (key, "level")))
    return out


def _sources(source: _Toml) -> dict[str, Source]:
    out = {}
    families = ("patrol", "hotline", "superior", "public", "sensor")
    for key in source.raw:
        table = source.table(source.raw, (key,))
        source.only(table, {"label", "family"}, (key,))
        family = source.text(table, (key, "family"))
        source.one_of(family, families, (key, "family"), "unknown_family", "a family of sources")
        out[key] = Source(key, source.text(table, (key, "label")), family)
    return out


def _clocks(source: _Toml, articles: _Articles) -> tuple[dict[str, ClockSpec], dict[str, Milestone]]:
    source.only(source.raw, {"clock", "milestone"}, ())
    clocks, milestones = {}, {}
    for key, entry in source.table(source.raw, ("clock",)).items():
        path = ("clock", key)
        known = {"label", "amount", "unit", "by_area", "article", "of_condition", "emergency_from_acceptance"}
        source.only(entry, known, path)
        of_condition = source.value(entry, (*path, "of_condition"), bool, False)
        areas = source.value(entry, (*path, "by_area"), dict, {})
        for area in areas:
            source.one_of(area, AREA_CLASSES, (*path, "by_area"), "unknown_area_class", "an area class")
            _positive(source, areas, (*path, "by_area", area))
        clocks[key] = ClockSpec(
            key,
            source.text(entry, (*path, "label")),
            0.0 if of_condition else _positive(source, entry, (*path, "amount")),
            "" if of_condition else _unit(source, entry, path),
            {k: float(v) for k, v in areas.items()},
            articles.read(source, entry, (*path, "article")),
            of_condition,
            source.value(entry, (*path, "emergency_from_acceptance"), bool, False),
        )
    for key, entry in source.value(source.raw, ("milestone",), dict, {}).items():
        path = ("milestone", key)
        source.only(entry, {"label", "amount", "unit", "article"}, path)
        if key in clocks:
            source.fail("duplicate_key", path, "a clock has this name already.", "Give the milestone another.")
        milestones[key] = Milestone(
            key,
            source.text(entry, (*path, "label")),
            _positive(source, entry, (*path, "amount")),
            _unit(source, entry, path),
            articles.read(source, entry, (*path, "article")),
        )
    return clocks, milestones


def _unit(source: _Toml, entry: Any, path: tuple[str | int, ...]) -> str:
    where = (*path, "unit")
    return source.one_of(source.text(entry, where), UNITS, where, "unknown_unit", "a unit of time")


# ---- the flow ----


def _flow(
    source: _Toml,
    words: _Toml,
    posts: Mapping[str, Post],
    clocks: Mapping[str, ClockSpec],
    articles: _Articles,
) -> tuple[tuple[Arrow, ...], dict[str, dict[str, str]]]:
    labels: dict[str, dict[str, str]] = {}
    for group in words.raw:
        labels[group] = {k: words.text(words.raw[group], (group, k)) for k in words.table(words.raw, (group,))}
    for group, keys in _LABEL_KEYS.items():
        for key in keys:
            if key not in labels.get(group, {}):
                words.fail("missing_label", (group, key), "there is no word for it.", "Add one.")
    source.only(source.raw, {"arrow"}, ())
    arrows: dict[str, Arrow] = {}
    for i, entry in enumerate(source.value(source.raw, ("arrow",), list)):
        arrow = _arrow(source, i, entry, posts, clocks, articles, labels["fields"])
        if arrow.name in arrows:
            source.fail("duplicate_key", ("arrow", i, "name"), f"{arrow.name!r} stands twice.", "Join the two arrows.")
        arrows[arrow.name] = arrow
    _check_reach(source, tuple(arrows.values()))
    _check_hands(source, tuple(arrows.values()), posts)
    return tuple(arrows.values()), labels


def _arrow(
    source: _Toml,
    i: int,
    entry: Any,
    posts: Mapping[str, Post],
    clocks: Mapping[str, ClockSpec],
    articles: _Articles,
    field_labels: Mapping[str, str],
) -> Arrow:
    def at(key: str) -> tuple[str | int, ...]:
        return ("arrow", i, key)

    source.only(entry, _ARROW_KEYS, ("arrow", i))
    frm: list[State | None] = []
    for word in source.words(entry, at("from")):
        if word == "open":
            frm += [s for s in State if s not in TERMINAL]
        else:
            source.one_of(word, ("", *State), at("from"), "unknown_state", "a state")
            if word and State(word) in TERMINAL:
                source.fail("from_terminal", at("from"), f"nothing leaves {word!r}.", "A finished case stays finished.")
            frm.append(State(word) if word else None)
    to = entry.get("to")
    if to is not None:
        source.one_of(source.text(entry, at("to")), tuple(State), at("to"), "unknown_state", "a state")
    elif None in frm:
        source.fail("missing_key", at("to"), "an arrow that makes a case needs a state to reach.", "Add it.")
    for post in source.words(entry, at("posts")):
        source.one_of(post, posts, at("posts"), "unknown_post", "a post of posts.toml")
    fields = []
    required = source.words(entry, at("required"), [])
    for key, names in (("required", required), ("optional", source.words(entry, at("optional"), []))):
        for field in names:
            source.one_of(field, FIELD_TYPES, at(key), "unknown_field", "a field")
            if key == "optional" and field in required:
                source.fail("duplicate", at(key), f"{field!r} is required already.", "Name it once.")
            fields.append(FieldSpec(field, FIELD_TYPES[field], key == "required", field_labels[field]))
    for guard in source.words(entry, at("guards"), []):
        source.one_of(guard, GUARDS, at("guards"), "unknown_guard", "a guard")
    effects: dict[str, tuple[str, ...]] = {}
    for key in ("start", "stop", "pause", "resume"):
        effects[key] = tuple(source.words(entry, at(key), []))
        for clock in effects[key]:
            source.one_of(clock, clocks, at(key), "unknown_clock", "a clock of clocks.toml")
    asks, answers = source.text(entry, at("asks"), ""), source.text(entry, at("answers"), "")
    source.one_of(asks, ("", *REQUEST_KINDS), at("asks"), "unknown_request", "a kind of request")
    source.one_of(answers, ("", ANY_REQUEST, *REQUEST_KINDS), at("answers"), "unknown_request", "a kind of request")
    name = source.text(entry, at("name"))
    known = KNOWN.get(name, PLAIN)
    for need in known.needs:
        if need not in required:
            source.fail("missing_field", at("required"), f"{name!r} cannot do without {need!r}.", f"Require {need}.")
    if (asks, answers) != (known.asks, known.answers):
        source.fail(
            "wrong_request",
            at("asks" if asks != known.asks else "answers"),
            f"{name!r} asks for {known.asks!r} and answers {known.answers!r}.",
            "Write that, or give the arrow another name.",
        )
    hand, unit = source.text(entry, at("hand"), ""), source.text(entry, at("unit"), "")
    source.one_of(hand, ("", *HANDS), at("hand"), "unknown_hand", "a hand")
    source.one_of(unit, ("", "lead", "cooperating"), at("unit"), "unknown_role", "a role of units")
    return Arrow(
        name=name,
        label=source.text(entry, at("label")),
        frm=tuple(dict.fromkeys(frm)),
        to=State(to) if to else None,
        posts=tuple(entry["posts"]),
        fields=tuple(fields),
        reason="reason" in required,
        guards=tuple(entry.get("guards", ())),
        asks=asks,
        of_request=answers,
        unit=unit,
        hand=hand,
        inherits=source.value(entry, at("inherits"), bool, False),
        article=articles.read(source, entry, at("article")),
        **effects,
    )


def _check_reach(source: _Toml, arrows: tuple[Arrow, ...]) -> None:
    """Every arrow can be taken by some case, and from every state that is reached a case can end."""
    reached: set[State | None] = {None}
    while True:
        found = {a.to for a in arrows if a.to and reached & set(a.frm)} - reached
        if not found:
            break
        reached |= found
    for i, arrow in enumerate(arrows):
        if not reached & set(arrow.frm):
            source.fail(
                "unreachable",
                ("arrow", i, "from"),
                f"no case ever gets where {arrow.name!r} begins.",
                "Add an arrow that leads there, or remove this one.",
            )
    ends: set[State | None] = set(TERMINAL)
    while True:
        found_ends = {s for a in arrows if a.to in ends for s in a.frm} - ends
        if not found_ends:
            break
        ends |= found_ends
    for i, arrow in enumerate(arrows):
        if arrow.to is not None and arrow.to not in ends:
            source.fail(
                "no_way_out",
                ("arrow", i, "to"),
                f"no case ever gets away from {arrow.to.value!r}.",
                "Add an arrow that leads on from there.",
            )


def _check_hands(source: _Toml, arrows: tuple[Arrow, ...], posts: Mapping[str, Post]) -> None:
    for i, arrow in enumerate(arrows):
        for key in arrow.posts:
            hand = posts[key].hand
            if arrow.hand and hand and hand != arrow.hand:
                source.fail(
                    "mixed_hands",
                    ("arrow", i, "posts"),
                    f"{key!r} belongs to {hand}, {arrow.name!r} to {arrow.hand}; nobody holds two (TY-1-THREE).",
                    "Give the arrow to a post of its own hand.",
                )


# ---- tables ----


def _rows(file: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text), restkey="")
    for name in columns:
        if name not in (reader.fieldnames or ()):
            raise HandbookError("missing_column", file, 1, name, "the column is missing.", "Add it.")
    for row in reader:
        if None in row.values() or "" in row:
            problem = f"the row has not {len(reader.fieldnames or ())} fields."
            raise HandbookError("bad_row", file, reader.line_num, "", problem, "Look for a missing or extra comma.")
        yield reader.line_num, row


def _classes(texts: Mapping[str, str], edition: str) -> tuple[ClassItem, ...]:
    out: dict[tuple[str, str], ClassItem] = {}
    for file in ("classes.csv", LOCAL_CLASSES):
        for line, row in _rows(file, texts.get(file, ",".join(_CLASS_COLUMNS)), _CLASS_COLUMNS):
            key = (row["kind"], row["code"])
            if row["kind"] not in KINDS:
                advice = f"Use one of: {', '.join(KINDS)}."
                raise HandbookError("unknown_kind", file, line, "kind", f"{row['kind']!r} is no kind.", advice)
            if key in out:
                problem = f"{row['kind']} {row['code']} stands twice."
                raise HandbookError("duplicate_key", file, line, "code", problem, "Give one of them another code.")
            if not row["main_code"] or not row["code"].startswith(row["main_code"]):
                problem = f"{row['code']!r} does not begin with its main class {row['main_code']!r}."
                raise HandbookError("bad_code", file, line, "code", problem, "Correct one of the two.")
            out[key] = ClassItem(
                edition, row["kind"], row["code"], row["main_code"], row["main_name"], row["name"], row["basis"]
            )
    return tuple(out.values())


def _conditions(
    text: str, classes: tuple[ClassItem, ...], milestones: Mapping[str, Milestone]
) -> tuple[Condition, ...]:
    file = "conditions.csv"
    known = {(c.kind, c.code) for c in classes}
    out: dict[str, Condition] = {}
    for line, row in _rows(file, text, _CONDITION_COLUMNS):

        def fail(code: str, key: str, problem: str, advice: str, line: int = line) -> HandbookError:
            return HandbookError(code, file, line, key, problem, advice)

        if row["key"] in out:
            raise fail("duplicate_key", "key", f"{row['key']!r} stands twice.", "Give it another key.")
        if (row["kind"], row["class_code"]) not in known:
            problem = f"there is no class {row['kind']} {row['class_code']}."
            raise fail("unknown_class", "class_code", problem, "Add the class, or correct its code.")
        if row["unit"] not in UNITS:
            raise fail("unknown_unit", "unit", f"{row['unit']!r} is no unit of time.", f"Use one of: {', '.join(UNITS)}.")
        try:
            amount = float(row["amount"])
        except ValueError:
            amount = 0.0
        if not 0 < amount < 100_000:
            advice = "Write a number above 0 and below 100000."
            raise fail("bad_limit", "amount", f"{row['amount']!r} is no limit.", advice)
        marks = tuple(m for m in row["milestones"].split(";") if m)
        for mark in marks:
            if mark not in milestones:
                problem = f"there is no milestone {mark!r}."
                raise fail("unknown_milestone", "milestones", problem, "Name one of clocks.toml.")
        out[row["key"]] = Condition(
            row["key"], row["kind"], row["class_code"], row["text"], amount, row["unit"], row["closing_standard"],
            marks, row["note"],
        )  # fmt: skip
    return tuple(out.values())
