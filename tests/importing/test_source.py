"""Reading foreign files: what they do not say is asked about, never guessed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from workstation.importing.errors import ImportRefused
from workstation.importing.mapping import Mapping
from workstation.importing.messages import refusal_text
from workstation.importing.ogr import pyogrio
from workstation.importing.source import read


def shapefile(
    path: Path, crs: str | None, xs: list[float], names: list[str], encoding: str = "UTF-8"
) -> Path:
    """A shapefile of points with a name each."""
    wkb = shapely.to_wkb(shapely.points(xs, [30.5] * len(xs)))
    with np.errstate(all="ignore"):
        pyogrio.raw.write(
            path, wkb, [np.array(names, dtype=object)], ["NAME"], geometry_type="Point", crs=crs,
            driver="ESRI Shapefile", encoding=encoding,
        )  # fmt: skip
    return path


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_no_system_is_refused_and_said_what_to_do(tmp_path: Path) -> None:
    """A shapefile without .prj is refused with its extent and a proposal, and taken when the user says its system."""
    path = shapefile(tmp_path / "a.shp", None, [114.1, 114.2], ["甲", "乙"])
    with pytest.raises(ImportRefused) as refused:
        read(path, Mapping())
    assert refused.value.code == "no_crs"
    sentence = refusal_text(refused.value.code, refused.value.data)
    assert "--crs" in sentence and "114.1" in sentence and "looks like degrees" in sentence
    found = read(path, Mapping(), crs="EPSG:4326")
    assert [g.x for g in found.geometry] == [114.1, 114.2]


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_system_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """Degrees that are said to be metres, or metres said to be degrees, are not taken to the other side of the earth."""
    degrees = shapefile(tmp_path / "a.shp", None, [114.1], ["甲"])
    with pytest.raises(ImportRefused, match="crs_contradicts"):
        read(degrees, Mapping(), crs="EPSG:4547")
    metres = shapefile(tmp_path / "b.shp", None, [538000.0], ["甲"])
    with pytest.raises(ImportRefused, match="crs_contradicts"):
        read(metres, Mapping(), crs="4326")
    with pytest.raises(ImportRefused, match="bad_crs"):
        read(degrees, Mapping(), crs="Gauss somewhere")


def test_metres_become_degrees(tmp_path: Path) -> None:
    """A projected file arrives in EPSG:4490 degrees, longitude first."""
    wkb = shapely.to_wkb(shapely.points([500000.0], [3376000.0]))
    path = tmp_path / "a.gpkg"
    pyogrio.raw.write(
        path, wkb, [np.array([1])], ["n"], geometry_type="Point", crs="EPSG:4547", driver="GPKG"
    )
    place = read(path, Mapping()).geometry[0]
    assert place.x == pytest.approx(114.0, abs=1e-9)
    assert place.y == pytest.approx(30.5, abs=0.02)


def test_unknown_encoding_is_asked_about_with_a_preview(tmp_path: Path) -> None:
    """GBK texts without .cpg are refused with the line read as GB18030, and read rightly with --encoding."""
    path = shapefile(tmp_path / "a.shp", "EPSG:4490", [114.1, 114.2], ["井盖", "路灯"], "GBK")
    path.with_suffix(".cpg").unlink()
    with pytest.raises(ImportRefused) as refused:
        read(path, Mapping())
    assert refused.value.code == "encoding_unknown"
    assert "井盖" in refusal_text(refused.value.code, refused.value.data)
    found = read(path, Mapping(), encoding="GB18030")
    assert list(found.columns[0]) == ["井盖", "路灯"]
    with pytest.raises(ImportRefused, match="no_such_encoding"):
        read(path, Mapping(), encoding="klingon")
    with pytest.raises(ImportRefused, match="bad_encoding"):
        read(path, Mapping(), encoding="UTF-8")


def test_a_wrong_cpg_is_found_out(tmp_path: Path) -> None:
    """A .cpg that says UTF-8 over GBK texts is contradicted by the texts."""
    path = shapefile(tmp_path / "a.shp", "EPSG:4490", [114.1], ["井盖"], "GBK")
    path.with_suffix(".cpg").write_text("UTF-8")
    with pytest.raises(ImportRefused, match="bad_encoding"):
        read(path, Mapping())


def test_csv_in_gbk(tmp_path: Path) -> None:
    """A CSV of a Chinese Windows is asked about and then read."""
    path = tmp_path / "a.csv"
    path.write_bytes("名称,经度,纬度\n井盖,114.1,30.5\n".encode("gbk"))
    with pytest.raises(ImportRefused, match="encoding_unknown"):
        read(path, Mapping())
    found = read(path, Mapping(), crs="4490", encoding="GBK")
    assert found.fields == ["名称", "经度", "纬度"]
    assert (found.geometry[0].x, found.geometry[0].y) == (114.1, 30.5)


def test_a_spreadsheet(tmp_path: Path) -> None:
    """An xlsx with coordinate columns is read like a CSV."""
    path = tmp_path / "a.xlsx"
    pyogrio.raw.write(
        path, None, [np.array(["甲"], dtype=object), np.array([114.1]), np.array([30.5])], ["name", "lon", "lat"],
        geometry_type=None, driver="XLSX",
    )  # fmt: skip
    found = read(path, Mapping(), crs="4490")
    assert found.columns[0][0] == "甲"
    assert found.geometry[0].x == 114.1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b'{"type": "FeatureCollection", "features": [', "unreadable"),
        (b"\x00\xff\x13nothing at all", "unreadable"),
        (b'{"type": "FeatureCollection", "features": []}', "empty"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    """Empty, cut off or foreign files give a clear refusal, whatever GDAL makes of them."""
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        read(path, Mapping())
    assert refused.value.code == code
    assert str(path) in refusal_text(refused.value.code, refused.value.data)


def test_layers_are_asked_about(tmp_path: Path) -> None:
    """Of several layers one must be named; the refusal lists them."""
    path = tmp_path / "a.gpkg"
    wkb = shapely.to_wkb(shapely.points([114.1], [30.5]))
    for layer in ("one", "two"):
        pyogrio.raw.write(
            path, wkb, [np.array([1])], ["n"], geometry_type="Point", crs="EPSG:4490", driver="GPKG", layer=layer,
            append=path.exists(),
        )  # fmt: skip
    with pytest.raises(ImportRefused) as refused:
        read(path, Mapping())
    assert refused.value.code == "several_layers" and "one, two" in refused.value.data["layers"]
    assert len(read(path, Mapping(layer="two"))) == 1
    with pytest.raises(ImportRefused, match="no_layer"):
        read(path, Mapping(layer="three"))


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is said to be not there."""
    with pytest.raises(ImportRefused, match="file_missing"):
        read(tmp_path / "nothing.shp", Mapping())


def test_keys_are_stable(tmp_path: Path) -> None:
    """Without a key field the place is the key: another order of the records gives the same keys."""
    head = "name,lon,lat\n"
    (tmp_path / "a.csv").write_text(head + "甲,114.1,30.5\n乙,114.2,30.5\n乙,114.2,30.5\n", "utf-8")
    (tmp_path / "b.csv").write_text(head + "乙,114.2,30.5\n甲,114.1,30.5\n乙,114.2,30.5\n", "utf-8")
    named = Mapping(name="x")
    first = sorted(r.key for r in read(tmp_path / "a.csv", named, crs="4490").records())
    second = sorted(r.key for r in read(tmp_path / "b.csv", named, crs="4490").records())
    assert first == second and len(set(first)) == 3
