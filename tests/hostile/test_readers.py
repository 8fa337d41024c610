"""Every reader, given sound examples, the same ones damaged, and anything else: it answers or says its own error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.readers import Broken, Reader, feed, readers

NASTY = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\r\n",
        b'"',
        b"'",
        b"[",
        b"{",
        b"=",
        b"=cmd|' /C calc'!A0",
        b"../../../etc/passwd",
    ),
    *(
        b"\xf0\x9f\x92\xa9",
        "９".encode(),
        b"1e309",
        b"-1",
        b"99999999999999999999",
        b"NaN",
        b"nan",
        b"'; DROP TABLE cases;--",
    ),
    *(
        b"[" * 2000,
        b"a.b.c.d." * 300,
        b"(" * 500,
        "年月日".encode() * 50,
        b"%s%n{0.__class__}",
        b"\\",
        b"true",
        b"{}",
        b"[[]]",
    ),
)


@st.composite
def damaged(draw: st.DrawFn, examples: list[bytes]) -> bytes:
    """An example with a few places cut out, repeated, overwritten or stuffed with something nasty."""
    content = draw(st.sampled_from(examples))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + draw(st.sampled_from((0, 1, 8, 400))))))
        with_what = draw(
            st.one_of(
                st.just(b""), st.sampled_from(NASTY), st.binary(max_size=6), st.just(content[start:end] * 2)
            )
        )
        content = content[:start] + with_what + content[end:]
    return content


@pytest.mark.parametrize("name", sorted(readers()))
def test_sound_examples_are_read(name: str) -> None:
    """What is damaged in the next test is sound before: else it would show nothing."""
    reader = readers()[name]
    taken = [feed(reader, example) for example in reader.examples()]
    assert all(taken) or name == "city_file"


@pytest.mark.parametrize("name", sorted(readers()))
def test_damaged_examples(name: str) -> None:
    """No crash, no hang, no file outside: see :func:`tests.hostile.readers.feed`."""
    reader = readers()[name]
    examples = reader.examples()
    slow = max(len(example) for example in examples) > 4000 or name.startswith("handbook")

    @settings(
        max_examples=12 if slow else 60,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(st.one_of(damaged(examples), st.binary(max_size=200)))
    def check(content: bytes) -> None:
        feed(reader, content)

    check()


def test_the_watch_would_bark(tmp_path: object) -> None:
    """A reader that raises something else, or writes beside its folder, is found."""
    careless = Reader("careless", lambda content, folder: {}["x"], (), lambda: [b""])
    with pytest.raises(Broken, match="KeyError"):
        feed(careless, b"")
    outside = Reader(
        "outside", lambda content, folder: (folder / ".." / "there").write_bytes(content), (), lambda: [b""]
    )
    with pytest.raises(Broken, match="outside its folder"):
        feed(outside, b"")
