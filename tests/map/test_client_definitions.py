"""The map as data: layers.toml, its styles and its symbols."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from workstation.map.definitions import RESOURCES, LayerFileError, MapDefinition

THEMES = ("day", "night")


@pytest.mark.parametrize("theme", THEMES)
def test_the_map_is_complete(theme: str) -> None:
    """Each layer of each theme has its style, and each symbol that a style names is there."""
    definition = MapDefinition.load(theme=theme)
    assert [layer.key for layer in definition.listed()] == [
        "land", "grid_count", "green", "water", "building", "road", "grid", "division", "component",
        "component_state",
    ]  # fmt: skip
    for layer in definition.layers:
        text = (definition.styles / layer.style).read_text(encoding="utf-8")
        ET.fromstring(text.split("\n", 1)[1])
        for name in re.findall(r"[\w./-]+\.svg", text):
            assert (definition.symbols / name).is_file(), f"{layer.style}: {name}"


def test_parts_of_a_layer_are_known_as_that_layer() -> None:
    """Components are one layer to people, drawn as dots and then as symbols: its scales are those of both."""
    definition = MapDefinition.load()
    scales = {layer.key: (layer.min_scale, layer.max_scale) for layer in definition.layers}
    component = next(layer for layer in definition.listed() if layer.key == "component")
    assert definition.known_as("component_dots") == "component" and definition.known_as("road") == "road"
    assert scales["component_dots"][1] == scales["component"][0]
    assert (component.min_scale, component.max_scale) == (scales["component_dots"][0], scales["component"][1])


def test_symbols_are_small_and_well_formed() -> None:
    """Each component symbol is an SVG of 24 x 24 without outside references, and all are used."""
    styles = (RESOURCES / "styles" / "day").glob("component*.qml")
    used = "".join(style.read_text(encoding="utf-8") for style in styles)
    files = sorted((RESOURCES / "symbols").glob("*.svg"))
    assert len(files) >= 40
    for file in files:
        root = ET.fromstring(file.read_text(encoding="utf-8"))
        assert "href" not in file.read_text(encoding="utf-8")
        if file.stem != "north":
            assert root.get("viewBox") == "0 0 24 24"
            assert file.name in used


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[layer", "Expected"),
        ("", "no theme"),
        ('[themes.day]\nbackground = "#fff"\n[[layer]]\nkey = "a"', "missing"),
        ('[themes.day]\nbackground = "#fff"\n[[layer]]\nkey = "a"\ncolour = "red"', "colour"),
        (
            '[themes.day]\nbackground = "#fff"\n[[layer]]\n'
            'key = "a"\ntitle = "a"\ngroup = "a"\ntable = "a"\nkind = "cube"\nstyle = "a.qml"',
            "cube",
        ),
        (
            '[themes.day]\nbackground = "#fff"\n[[layer]]\n'
            'key = "a"\ntitle = "a"\ngroup = "a"\ntable = "a"\nkind = "point"\nstyle = "a.qml"\npart_of = "b"',
            "part of b",
        ),
    ],
)
def test_a_wrong_layer_file_says_what_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    """An error in layers.toml names the file and the problem."""
    (tmp_path / "layers.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LayerFileError, match=problem) as caught:
        MapDefinition.load(tmp_path)
    assert caught.value.file == tmp_path / "layers.toml"


def test_a_key_twice_is_refused(tmp_path: Path) -> None:
    """Two layers of one key would hide one another."""
    shutil.copytree(RESOURCES / "styles", tmp_path / "styles")
    text = (RESOURCES / "layers.toml").read_text(encoding="utf-8")
    water = text[text.index('[[layer]]\nkey = "water"') : text.index('[[layer]]\nkey = "building"')]
    (tmp_path / "layers.toml").write_text(text + "\n" + water, encoding="utf-8")
    with pytest.raises(LayerFileError, match="twice"):
        MapDefinition.load(tmp_path)
