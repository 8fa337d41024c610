"""OGR without the drivers that reach out: what is imported is in the file that was named, and nowhere else.

OGR tells what a file is by its contents, not by its name: a ``.geojson`` may hold a list of addresses to fetch from, or name
other files. The drivers that follow such references are left out when pyogrio is loaded, which is the only time that OGR
asks; so nobody else imports pyogrio (a test looks).
"""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

from .errors import ImportRefused

LEFT_OUT = (
    *("OGR_VRT", "GDALG", "HTTP", "WFS", "OAPIF", "OGCAPI", "CSW", "ADBC", "AIVector", "AmigoCloud", "Carto"),
    *("EEDA", "Elasticsearch", "GPSBabel", "NGW", "PLSCENES", "GTFS", "OSM", "MVT", "PMTiles", "PDS4"),
)
"""They fetch, run programs, or read files that the file names; and a few that have nothing to do with a city's tables."""
LARGEST_UNPACKED = 1 << 30
"""Bytes that an archive (.zip, .kmz, .xlsx, .ods) may hold, unpacked."""

_NOT_A_ZIP = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, struct.error)
_before = os.environ.get("OGR_SKIP")
os.environ["OGR_SKIP"] = ",".join(LEFT_OUT)
try:
    import pyogrio
finally:
    # The map worker is a process of its own, which inherits the environment, and needs some of them.
    del os.environ["OGR_SKIP"]
    if _before is not None:
        os.environ["OGR_SKIP"] = _before

pyogrio.set_gdal_config_options({"GML_DOWNLOAD_SCHEMA": "NO", "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none"})

ERRORS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError)
"""What reading a file raises that is none, or is damaged."""


def require_local(path: Path) -> None:
    """Whether OGR takes the (absolute) path for a file of this machine: ImportRefused virtual_path, too_large, unreadable."""
    made = path.absolute()
    if made.parts[1:2] and made.parts[1].startswith("vsi"):
        raise ImportRefused("virtual_path", path=path)
    if path.is_file():
        _check_archive(path)


def _check_archive(path: Path) -> None:
    try:
        if not zipfile.is_zipfile(path):
            return
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except _NOT_A_ZIP as error:
        raise ImportRefused("unreadable", path=path, detail=error) from None
    if size > LARGEST_UNPACKED:
        raise ImportRefused("too_large", path=path, size=size >> 20, limit=LARGEST_UNPACKED >> 20)


__all__ = ["ERRORS", "LARGEST_UNPACKED", "LEFT_OUT", "pyogrio", "require_local"]
