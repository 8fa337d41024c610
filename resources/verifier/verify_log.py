#!/usr/bin/env python3
"""Checks an exported log, or the evidence file of one case, with nothing but this file and Python (3.8 or newer).

    python3 verify_log.py LOG.jsonl [--pinned PINS.jsonl] [--key PUBLIC] [--json]
    python3 verify_log.py --evidence FILE.zip [--pinned PINS.jsonl] [--key PUBLIC] [--json]

What is read, and how it is hashed and signed, is written down in docs/log-format.md; this was written after that and
shares no code with the workstation. Exit code: 0 nothing found, 1 it could not be checked, 2 something was found.
PUBLIC is a public key, 64 hexadecimal digits, or a file that holds it. Without one (and without pins) the key is the one
that the file itself names first: compare its number with the one that the centre has published.
"""

# ruff: noqa: B904, PTH123, RUF005, UP031 - for Python 3.8, and to be read by whoever has never seen the rest

import argparse
import hashlib
import io
import json
import struct
import sys
import zipfile
import zlib
from collections import Counter, deque

LOG_FORMAT, PIN_FORMAT = "workstation-log/1", "workstation-pin/1"
PART = 1024
GENESIS = "0" * 64
LARGEST = 1 << 30  # bytes that an evidence file may hold, unpacked


# What reading values raises that are not what they should be; and what the library does for a damaged archive.
STRANGE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
NOT_A_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    ArithmeticError,
)


class Unreadable(Exception):
    """What was given is not such a file."""


# ---- Ed25519, RFC 8032 section 5.1.7 -------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _recover_x(y, sign):
    """The x of a point with this y; None when there is none."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = _recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)
NEUTRAL = (0, 1, 1, 0)


def _add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number, point):
    out = NEUTRAL
    while number:
        if number & 1:
            out = _add(out, point)
        point = _add(point, point)
        number >>= 1
    return out


def _same(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


def _point(text):
    number = int.from_bytes(text, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    x = _recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def ed25519_verify(public, message, signature):
    """Whether the holder of ``public`` (32 bytes) has signed the message (64 bytes of signature)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, first = _point(public), _point(signature[:32])
    if key is None or first is None:
        return False
    number = int.from_bytes(signature[32:], "little")
    if number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return _same(_times(number, BASE), _add(first, _times(challenge, key)))


# ---- hashing -------------------------------------------------------------------------------------------------------


def canonical(value):
    """The one spelling of a JSON value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def event_hash(event):
    """What the hash of an event must be; ``data`` is the text that is stored."""
    names = (
        "prev_hash",
        "case_id",
        "seq",
        "kind",
        "at",
        "actor",
        "actor_name",
        "post",
        "unit",
        "command_id",
        "to_state",
    )
    body = canonical([event[name] for name in names])
    return sha256(encoded(body[:-1] + "," + event["data"] + "]"))


def leaf_hash(content):
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf_digest(leaf):
    """Of [log_id, case_id, seq, at, hash]."""
    return leaf_hash(encoded(canonical(list(leaf))))


class Tree:
    """A Merkle root that grows."""

    def __init__(self):
        self.peaks, self.count = [], 0

    def add(self, digest):
        size = 1
        while self.peaks and self.peaks[-1][0] == size:
            digest, size = node_hash(self.peaks.pop()[1], digest), 2 * size
        self.peaks.append((size, digest))
        self.count += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256(b"").hexdigest()
        root = self.peaks[-1][1]
        for _, left in reversed(self.peaks[:-1]):
            root = node_hash(left, root)
        return root.hex()


def root_from_path(digest, index, count, steps):
    """The root (hex) that a leaf and its path make; None when it is no path of such a tree. RFC 9162, 2.1.3.2."""
    if not 0 <= index < count:
        return None
    place, last = index, count - 1
    for step in steps:
        if last == 0:
            return None
        if place & 1 or place == last:
            digest = node_hash(step, digest)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        place, last = place >> 1, last >> 1
    return digest.hex() if last == 0 else None


# ---- keys and seals ------------------------------------------------------------------------------------------------


def seal_statement(seal):
    names = ("day", "first_log", "last_log", "events", "root", "previous", "key_id", "made_at", "others")
    return encoded(canonical(["workstation-seal/1"] + [seal[name] for name in names]))


def key_statement(key):
    names = ("key_id", "public", "since", "signed_by")
    return encoded(canonical(["workstation-key/1"] + [key[name] for name in names]))


def signed(key, statement, signature):
    try:
        return ed25519_verify(bytes.fromhex(key["public"]), statement, bytes.fromhex(signature))
    except ValueError:
        return False


def sound(key):
    """Whether the key's number is made of the key."""
    try:
        return hashlib.sha256(bytes.fromhex(key["public"])).hexdigest()[:16] == key["key_id"]
    except ValueError:
        return False


def trusted(keys, publics):
    """The keys that count, by number: those known from outside (else the first), and what they vouch for or stand on."""
    left = [key for key in keys if sound(key)]
    if publics:
        roots = [key for key in left if key["public"] in publics]
    else:
        roots = [key for key in left if not key["signed_by"]][:1]
    good = {key["key_id"]: key for key in roots}
    by_id = {key["key_id"]: key for key in left}
    grown = True
    while grown:
        grown = False
        for key in left:
            by = by_id.get(key["signed_by"])
            if by is None or (key["key_id"] in good) == (by["key_id"] in good):
                continue
            if signed(by, key_statement(key), key["signature"]):
                good[key["key_id"]], good[by["key_id"]] = key, by
                grown = True
    return good


# ---- the log -------------------------------------------------------------------------------------------------------


class Check:
    """One pass over the records of a log. ``findings``: (kind, day, case, event, number in the log, detail)."""

    def __init__(self, pins, publics):
        self.findings = []
        self.events = self.seals = self.sealed = 0
        self.last_seal = ("", "")
        self.keys = []
        self.pins = {pin["day"]: pin for pin in pins}
        self.publics = set(publics) | {pin["public"] for pin in pins}
        self.good = None
        self.heads = {}
        self.seal = self.before = None
        self.low = self.first = self.last = 0
        self.is_signed = True
        self.missing, self.extra, self.chain, self.odd = [], [], [], []
        self.fresh()

    def fresh(self):
        self.due = deque()
        self.index, self.index_count, self.index_whole = Tree(), 0, True
        self.rows = Tree()
        self.others = {}
        self.marks = (len(self.missing), len(self.extra))

    def found(self, kind, day="", case="", seq=0, log_id=0, detail=""):
        self.findings.append((kind, day, case, seq, log_id, detail))

    # -- records

    def on_key(self, key):
        self.keys.append(key)

    def on_event(self, event):
        self.events += 1
        case, seq, log_id = event["case_id"], event["seq"], event["log_id"]
        good = event_hash(event) == event["hash"]
        if self.seal is not None and log_id <= self.last and not self.low < log_id < self.first:
            self.sealed += 1
            self.compare(event, good)
        elif not good:
            self.odd.append(("changed", "", case, seq, log_id, ""))
        last, digest = self.heads.get(case, (0, GENESIS))
        if seq != last + 1:
            self.chain.append(("gap" if seq > last + 1 else "chain", "", case, seq, log_id, ""))
        elif event["prev_hash"] != digest:
            self.chain.append(("chain", "", case, seq, log_id, ""))
        self.heads[case] = (seq, event["hash"])

    def compare(self, event, good):
        leaf = [event["log_id"], event["case_id"], event["seq"], event["at"], event["hash"]]
        self.rows.add(leaf_digest(leaf))
        day = self.seal["day"]
        while self.due and self.due[0][0] < leaf[0]:
            self.missing.append((day, self.due.popleft()))
        if not self.due or self.due[0][0] != leaf[0]:
            self.extra.append((day, leaf))
            return
        was = self.due.popleft()
        if was == leaf and good:
            return
        if was[1:3] != leaf[1:3]:
            self.missing.append((day, was))
            self.extra.append((day, leaf))
            return
        kind = "redated" if was[3] != leaf[3] else "rewritten" if good else "changed"
        self.odd.append((kind, day, leaf[1], leaf[2], leaf[0], ""))

    def on_part(self, part):
        if self.seal is None:
            return
        self.flush()
        tree = Tree()
        for leaf in part["leaves"]:
            tree.add(leaf_digest(leaf))
        if tree.root() != part["root"]:
            self.index_whole = False
        self.index.add(bytes.fromhex(tree.root()))
        self.index_count += len(part["leaves"])
        self.due.extend(part["leaves"])
        if not self.is_signed and part["leaves"]:
            self.last = max(self.last, part["leaves"][-1][0])

    def flush(self):
        while self.due:
            self.missing.append((self.seal["day"], self.due.popleft()))

    def on_other(self, other):
        tree = self.others.setdefault(other["table"], Tree())
        tree.add(leaf_hash(encoded(canonical([other["table"]] + list(other["values"])))))

    def on_seal(self, seal):
        self.close()
        day, before = seal["day"], self.before
        if self.good is None:
            self.good = trusted(self.keys, self.publics)
            for key in self.keys:
                if key["key_id"] not in self.good:
                    self.found("seal_key", detail=key["key_id"])
        key = self.good.get(seal["key_id"])
        self.is_signed = key is not None and signed(key, seal_statement(seal), seal["signature"])
        if key is None:
            self.found("seal_key", day, detail=seal["key_id"])
        elif not self.is_signed:
            self.found("seal_signature", day, detail=seal["key_id"])
        if seal["previous"] != (sha256(seal_statement(before)) if before else GENESIS):
            self.found("seal_chain", day)
        self.low = before["last_log"] if before else 0
        if seal["first_log"] != self.low + 1:
            self.found("seal_range", day)
        digest = sha256(seal_statement(seal))
        pin = self.pins.pop(day, None)
        if pin is not None and pin["seal"] != digest:
            self.found("pinned", day, detail=pin["seal"])
        self.first, self.last = (seal["first_log"], seal["last_log"]) if self.is_signed else (self.low + 1, 0)
        self.seals += 1
        self.last_seal = (day, digest)
        self.seal = self.before = seal
        self.fresh()

    def close(self):
        odd, self.odd = self.odd, []
        if self.seal is None:
            self.findings += odd
            return
        self.flush()
        seal, day = self.seal, self.seal["day"]
        whole = self.index_whole and (self.index_count, self.index.root()) == (seal["events"], seal["root"])
        if whole:
            self.findings += odd
        else:
            self.found("seal_index", day)
            del self.missing[self.marks[0] :], self.extra[self.marks[1] :]
            self.findings += [item for item in odd if not item[1]]
            self.findings += [item for item in odd if item[1] and item[0] == "changed"]
            if (self.rows.count, self.rows.root()) != (seal["events"], seal["root"]):
                self.found("day", day)
        try:
            others = json.loads(seal["others"])
            said = [(table, (others[table]["count"], others[table]["root"])) for table in sorted(others)]
        except STRANGE:
            said = []
        for table, what in said:
            tree = self.others.get(table) or Tree()
            if (tree.count, tree.root()) != what:
                self.found("other_log", day, detail=table)

    def finish(self):
        self.close()
        if not self.seals and self.keys:
            self.found("seal_chain", detail="none")
        self.moved()
        named = {finding[2] for finding in self.findings if finding[2]}
        self.findings += [item for item in self.chain if item[2] not in named]
        for day in sorted(self.pins):
            self.found("pinned", day, detail=self.pins[day]["seal"])

    def moved(self):
        extra = {(leaf[1], leaf[2]): (day, leaf) for day, leaf in self.extra}
        removed = {}
        for day, leaf in self.missing:
            other = extra.pop((leaf[1], leaf[2]), None)
            if other is not None:
                self.found(
                    "reordered" if other[1][4] == leaf[4] else "rewritten", day, leaf[1], leaf[2], leaf[0]
                )
            elif leaf[1] in self.heads:
                self.found("deleted", day, leaf[1], leaf[2], leaf[0])
            else:
                first, count = removed.get(leaf[1], (day, 0))
                removed[leaf[1]] = (first, count + 1)
        for case, (day, count) in removed.items():
            self.found("case_removed", day, case, detail=str(count))
        begun = {case for case, seq in extra if seq == 1}
        whole = Counter(case for case, _ in extra if case in begun)
        for (case, seq), (day, leaf) in extra.items():
            if case not in whole:
                self.found("inserted", day, case, seq, leaf[0])
            elif seq == 1:
                self.found("case_added", day, case, log_id=leaf[0], detail=str(whole[case]))


EVENT_TYPES = {"seq": int, "log_id": int}
SEAL_TYPES = {"first_log": int, "last_log": int, "events": int}
KEY_TYPES = {"until": None}


def of_types(told, others):
    """The record, whose values are texts but for these."""
    for name, value in told.items():
        if others.get(name, str) not in (None, type(value)):
            raise Unreadable(name + " is of another type")
    return told


def part_of(told):
    for leaf in told["leaves"]:
        if [type(value) for value in leaf] != [int, str, int, str, str]:
            raise Unreadable("a leaf is of another type")
    return told


def check_log(path, pins=(), publics=()):
    """The check, done."""
    check = Check(list(pins), publics)
    with open(path, encoding="utf-8", errors="surrogateescape") as stream:
        number = 0
        for number, line in enumerate(stream, 1):
            try:
                told = json.loads(line)
                kind = told["type"]
                if number == 1:
                    if kind != "log" or told["format"] != LOG_FORMAT:
                        raise Unreadable("not " + LOG_FORMAT)
                elif kind == "event":
                    check.on_event(of_types(told, EVENT_TYPES))
                elif kind == "part":
                    check.on_part(part_of(told))
                elif kind == "seal":
                    check.on_seal(of_types(told, SEAL_TYPES))
                elif kind == "key":
                    check.on_key(of_types(told, KEY_TYPES))
                elif kind == "other":
                    check.on_other(told)
                else:
                    raise Unreadable("unknown record " + repr(kind))
            except STRANGE + (Unreadable,) as error:
                raise Unreadable("line %d: %s" % (number, error))
        if not number:
            raise Unreadable("the file is empty")
    check.finish()
    return check


# ---- the evidence file of one case ---------------------------------------------------------------------------------


def check_evidence(content, publics=()):
    """What is wrong with an evidence file, as (kind, name); and (sealed, events, keys) of what it proves."""
    files, twice = unpacked(content)
    try:
        manifest = json.loads(files.pop("manifest.json"))
        listed = {name: entry["sha256"] for name, entry in manifest["files"].items()}
        last_hash = manifest["last_hash"]
    except STRANGE:
        return [("no_manifest", "manifest.json")], (0, 0, [])
    found = [
        ("missing", name) for name in dict(listed, **{"case.json": "", "log.jsonl": ""}) if name not in files
    ]
    found += [("extra", name) for name in files if name not in listed or leaves(name)]
    # Of two files with one name each program that unpacks them may take another.
    found += [("extra", name) for name in twice]
    found += [
        ("altered", name)
        for name, digest in listed.items()
        if name in files and sha256(files[name]) != digest
    ]
    events, photos, previous = {}, set(), GENESIS
    try:
        for number, line in enumerate(files.get("log.jsonl", b"").decode().splitlines(), 1):
            event = json.loads(line)
            text = dict(event, to_state=event["to"], data=canonical(event["data"]))
            if event["prev_hash"] != previous or event["seq"] != number:
                found.append(("chain", str(event["seq"])))
            if event_hash(text) != event["hash"]:
                found.append(("hash", str(event["seq"])))
            previous = event["hash"]
            events[event["seq"]] = event
            photos.update(photo["sha256"] for photo in event["data"].get("photos") or ())
    except STRANGE as error:
        return found + [("case", repr(error))], (0, 0, [])
    if previous != last_hash:
        found.append(("chain", "manifest.json"))
    there = {sha256(body) for name, body in files.items() if name.startswith("photos/")}
    found += [("photo_missing", digest) for digest in sorted(photos, key=str) if digest not in there]
    proof = files.get("proof.json")
    if proof is None:
        return found, (0, len(events), [])
    more, sealed, keys = check_proof(proof, events, publics)
    return found + more, (sealed, len(events), keys)


def check_proof(content, events, publics):
    """Whether the events are in the seals that the file names, and the seals are signed."""
    found, sealed = [], 0
    try:
        proof = json.loads(content)
        keys = [of_types(key, KEY_TYPES) for key in proof["keys"]]
        seals = {seal["day"]: of_types(seal, SEAL_TYPES) for seal in proof["seals"]}
        good = trusted(keys, set(publics))
        for day, seal in sorted(seals.items()):
            key = good.get(seal["key_id"])
            if key is None:
                found.append(("seal_key", day))
            elif not signed(key, seal_statement(seal), seal["signature"]):
                found.append(("seal_signature", day))
        for told in proof["events"]:
            event, seal = events.get(told["seq"]), seals.get(told["day"])
            if event is None or seal is None:
                found.append(("proof", str(told["seq"])))
                continue
            leaf = [told["log_id"], event["case_id"], event["seq"], event["at"], event["hash"]]
            steps = [bytes.fromhex(step) for step in told["path"]]
            if root_from_path(leaf_digest(leaf), told["index"], seal["events"], steps) != seal["root"]:
                found.append(("proof", str(told["seq"])))
            else:
                sealed += 1
    except STRANGE + (Unreadable,) as error:
        return [("proof", repr(error))], 0, []
    return found, sealed, [key["key_id"] for key in good.values()]


def leaves(name):
    """Whether a file of that name would be unpacked outside its folder, on one system or another."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def unpacked(content):
    """The files of an archive, and the names that it has more than once."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(info.file_size for info in members) > LARGEST:
                raise Unreadable("larger than an evidence file is")
            if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in members):
                raise Unreadable("packed in a way that no evidence file is")
            files = {info.filename: archive.read(info) for info in members}
            names = Counter(info.filename for info in members)
            return files, [name for name in names if names[name] > 1]
    except NOT_A_ZIP as error:
        raise Unreadable("not an evidence file: %s" % error)


# ---- the command line ----------------------------------------------------------------------------------------------


def read_pins(path):
    pins = []
    with open(path, encoding="utf-8", errors="surrogateescape") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                pin = json.loads(line)
                if pin["format"] != PIN_FORMAT:
                    raise Unreadable("not " + PIN_FORMAT)
                pins.append({name: str(pin[name]) for name in ("day", "seal", "public")})
            except STRANGE + (Unreadable,) as error:
                raise Unreadable("%s, line %d: %s" % (path, number, error))
    return pins


def read_public(text):
    try:
        with open(text, encoding="utf-8", errors="replace") as stream:
            text = stream.read(1000)
    except (OSError, ValueError):
        pass
    text = text.split()[0].lower() if text.split() else ""
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise Unreadable("a public key is 64 hexadecimal digits, or a file that holds them")
    return text


def shown(text):
    """As it can be printed: what was forged must not move the cursor, nor begin a line of its own."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))


def sentence(finding):
    kind, day, case, seq, log_id, detail = finding
    parts = [kind]
    parts += ["day %s" % day] if day else []
    parts += ["case %s" % case] if case else []
    parts += ["event %d" % seq] if seq else []
    parts += ["log id %d" % log_id] if log_id else []
    parts += [detail] if detail else []
    return shown("  ".join(parts))


def main(argv=None):
    parser = argparse.ArgumentParser(description="Checks an exported log or an evidence file, by itself.")
    parser.add_argument("log", nargs="?", help="an exported log (JSON lines)")
    parser.add_argument("--evidence", metavar="FILE", help="the evidence file of a case (ZIP)")
    parser.add_argument("--pinned", metavar="FILE", help="seals that were written down elsewhere")
    parser.add_argument("--key", metavar="PUBLIC", action="append", default=[], help="a public key to trust")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    args = parser.parse_args(argv)
    if (args.log is None) == (args.evidence is None):
        parser.error("give either a log or --evidence FILE")
    try:
        pins = read_pins(args.pinned) if args.pinned else []
        publics = {read_public(text) for text in args.key}
        if args.evidence is not None:
            with open(args.evidence, "rb") as stream:
                content = stream.read()
            return tell_evidence(args, content, publics | {pin["public"] for pin in pins})
        return tell_log(args, check_log(args.log, pins, publics))
    except (Unreadable, OSError) as error:
        print("error: %s" % shown(error), file=sys.stderr)
        return 1


def tell_log(args, check):
    if args.json:
        print(json.dumps({"findings": check.findings, "events": check.events, "sealed": check.sealed}))
        return 2 if check.findings else 0
    for finding in check.findings:
        print(sentence(finding))
    keys = shown(", ".join(sorted(check.good or ()))) or "none"
    print(
        "%d events, %d of them sealed by %d seals; keys: %s" % (check.events, check.sealed, check.seals, keys)
    )
    if check.seals:
        print("newest seal: %s" % shown("%s %s" % check.last_seal))
    print("%d found" % len(check.findings) if check.findings else "nothing found")
    return 2 if check.findings else 0


def tell_evidence(args, content, publics):
    found, (sealed, events, keys) = check_evidence(content, publics)
    if args.json:
        print(json.dumps({"findings": found, "events": events, "sealed": sealed, "keys": keys}))
        return 2 if found else 0
    for kind, name in found:
        print(kind, shown(name))
    told = shown(", ".join(keys)) or "none"
    print("%d events, %d of them proved by seals; keys: %s" % (events, sealed, told))
    print("%d found" % len(found) if found else "nothing found")
    return 2 if found else 0


if __name__ == "__main__":
    sys.exit(main())
