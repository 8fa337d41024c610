"""The files of a handbook's folder, with the class edition that it names and those of its base."""

from __future__ import annotations

from pathlib import Path

from .handbook import HandbookError
from .handbook_layers import BASE
from .handbook_toml import TomlFile
from .library import data_folder, handbooks

HEAD = "handbook.toml"
CLASSES = "classes.csv"
LOCAL_CLASSES = "local_classes.csv"
NEEDED = (HEAD, "posts.toml", "sources.toml", "clocks.toml", "flow.toml", "labels.toml", "conditions.csv")
MORE = (
    "around.toml",
    "accountability.toml",
    "reports.toml",
    "evaluation.toml",
    "articles.toml",
    LOCAL_CLASSES,
    "added_classes.csv",
    "added_conditions.csv",
)
"""Files that a handbook may do without."""


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of a handbook's folder, the class edition it names included (as ``classes.csv``), and its base's.

    HandbookError: a file is missing, unknown or not UTF-8, or the base does not exist or has a base itself.
    """
    texts = _files(folder)
    if HEAD not in texts:
        raise _missing(folder, HEAD)
    head = TomlFile(HEAD, texts[HEAD])
    base = head.text(head.own, ("base",)) if "base" in head.own else ""
    for name in () if base else NEEDED:
        if name not in texts:
            raise _missing(folder, name)
    if not base or "class_file" in head.own:
        texts[CLASSES] = _class_file(folder, head)
    known = (*NEEDED, *MORE, str(head.own.get("class_file", "")))
    for path in sorted((*folder.glob("*.toml"), *folder.glob("*.csv"))):
        if path.name not in known:
            advice = f"Remove it, or name it as one of: {', '.join((*NEEDED, *MORE))}."
            raise HandbookError("unknown_file", str(path), 0, path.name, "nobody reads this file.", advice)
    if "evaluation.toml" in texts:
        _check_indicators(TomlFile("evaluation.toml", texts["evaluation.toml"]))
    return texts | _base(head, base) if base else texts


def _check_indicators(file: TomlFile) -> None:
    known = sorted(p.name for p in (data_folder() / "indicators").glob("*.toml"))
    name = file.own.get("indicators", known[0])
    if name not in known:
        advice = f"Use one of: {', '.join(known)}."
        file.fail("missing_file", ("indicators",), f"there is no file {name!r} of indicators.", advice)


def _base(head: TomlFile, base: str) -> dict[str, str]:
    known = handbooks()
    if base not in known:
        advice = f"Use one of: {', '.join(known)}."
        head.fail("unknown_base", ("base",), f"there is no handbook {base!r}.", advice)
    if "base" in TomlFile(BASE + HEAD, (known[base] / HEAD).read_text(encoding="utf-8-sig")).own:
        advice = "Name a handbook that stands by itself."
        head.fail("base_of_base", ("base",), f"{base!r} is laid over a base itself.", advice)
    return {BASE + name: text for name, text in read_folder(known[base]).items()}


def _missing(folder: Path, name: str) -> HandbookError:
    advice = "Copy it from the national handbook."
    return HandbookError("missing_file", str(folder / name), 0, name, "the file is missing.", advice)


def _files(folder: Path) -> dict[str, str]:
    texts = {}
    for name in (*NEEDED, *MORE):
        path = folder / name
        try:
            texts[name] = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            continue
        except UnicodeDecodeError as error:
            raise HandbookError(
                "not_utf8", str(path), 0, name, "the file is not UTF-8.", "Save it again as UTF-8."
            ) from error
    return texts


def _class_file(folder: Path, head: TomlFile) -> str:
    file = head.text(head.own, ("class_file",))
    path = folder / file if (folder / file).is_file() else data_folder() / "classes" / file
    if Path(file).name != file or not path.is_file():
        head.fail(
            "missing_file",
            ("class_file",),
            f"there is no class file {file!r}.",
            "Name a file of data/classes.",
        )
    return path.read_text(encoding="utf-8-sig")
