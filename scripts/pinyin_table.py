"""Makes data/pinyin/readings.txt from the readings that pypinyin 0.55.0 collects (MIT licence). Run by hand, with pypinyin at hand:

    pip download --no-deps pypinyin==0.55.0 && unzip pypinyin-*.whl -d /tmp/pypinyin
    PYTHONPATH=/tmp/pypinyin python scripts/pinyin_table.py

The program itself does not know pypinyin; see docs/adr/0030.
"""

from __future__ import annotations

from pathlib import Path

from pypinyin import Style
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict
from pypinyin.style import convert

TARGET = Path(__file__).parents[1] / "data" / "pinyin" / "readings.txt"
LONGEST_PHRASE = 3
"""Longer phrases are idioms, which no street is called by."""
HEAD = """\
# How Chinese characters are read, without tones (ü is v). Made by scripts/pinyin_table.py from pypinyin 0.55.0.
#
# pypinyin: Copyright (c) 2016 mozillazg, 闲耘 <hotoo.cn@gmail.com>; pinyin-data and phrase-pinyin-data: Copyright (c)
# mozillazg; MIT licence: permission is granted, free of charge, to any person obtaining a copy, to deal in it without
# restriction, provided that this notice is in all copies. It is provided "as is", without warranty of any kind.
#
# A line "1 zhong 中忠…": characters whose usual reading that is; "2 …": those that may be read so besides, and "3 …" and
# so on; "= 重庆 chong qing": a phrase that is read otherwise than the usual readings of its characters.
"""


def plain(reading: str) -> str:
    """A syllable without its tone."""
    return convert(reading, Style.NORMAL, strict=True).replace("ü", "v").replace("ê", "e")


def main() -> None:
    """Write the table."""
    known: dict[str, list[str]] = {}
    for code, listed in sorted(pinyin_dict.items()):
        if 0x4E00 <= code <= 0x9FFF or code == 0x3007:
            found = dict.fromkeys(plain(item) for item in listed.split(","))
            good = [item for item in found if item.isascii() and item.isalpha()]
            if good:
                known[chr(code)] = good
    lines: dict[tuple[int, str], list[str]] = {}
    for char, found in known.items():
        for place, syllable in enumerate(found, 1):
            lines.setdefault((place, syllable), []).append(char)
    out = [HEAD]
    out += [f"{place} {syllable} {''.join(chars)}\n" for (place, syllable), chars in sorted(lines.items())]
    for phrase, listed in sorted(phrases_dict.items()):
        if len(phrase) > LONGEST_PHRASE or any(char not in known for char in phrase):
            continue
        said = [plain(item[0]) for item in listed]
        usual = [known[char][0] for char in phrase]
        if len(said) == len(phrase) and said != usual and all(s.isascii() and s.isalpha() for s in said):
            out.append(f"= {phrase} {' '.join(said)}\n")
    TARGET.write_text("".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
