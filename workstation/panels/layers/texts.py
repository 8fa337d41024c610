"""Why a layer is not drawn, in words for the person who can do something about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def reason(code: str, detail: str = "") -> str:
    """A sentence for a code of the map worker; the technical part goes after it where it says more."""
    translate = QCoreApplication.translate
    words = {
        "no_database": translate("LayerReasons", "找不到数据库文件"),
        "unreachable": translate("LayerReasons", "连不上数据库服务器"),
        "unreadable": translate("LayerReasons", "读不出来，文件或数据表可能已损坏"),
        "no_style": translate("LayerReasons", "缺少样式文件"),
        "bad_style": translate("LayerReasons", "样式用不了"),
        "not_drawn": translate("LayerReasons", "绘制时出错"),
        "missing": translate("LayerReasons", "文件不在原来的位置"),
        "unsupported": translate("LayerReasons", "不是支持的格式，或内容与扩展名不符"),
        "not_local": translate("LayerReasons", "只接受本机文件，网络来源不读取"),
        "no_place": translate("LayerReasons", "没有坐标信息（缺少坐标系或坐标文件）"),
        "unknown_key": translate("LayerReasons", "本程序没有这个图层"),
        "twice": translate("LayerReasons", "项目里有两个相同标识的图层，采用上面的一个"),
        "bad_project": translate("LayerReasons", "项目文件内容有误"),
        "too_large": translate("LayerReasons", "项目文件过大"),
        "closed": translate(
            "LayerReasons", "当前账号无权读取数据库中的 QGIS 项目，请系统管理员重新运行 server init"
        ),
    }.get(code, translate("LayerReasons", "没有显示出来"))
    return f"{words}\n{detail}" if detail else words


def what_to_do(code: str, raster: bool) -> str:
    """What the person in front of a layer that is not drawn can do; empty where there is nothing but to wait."""
    translate = QCoreApplication.translate
    again = translate("LayerReasons", "重新复制完整的文件后点“重试”，或从地图上移除")
    keeper = translate("LayerReasons", "请系统管理员检查数据库，修复后点“重试”；其余图层照常显示")
    words = {
        "unreadable": again if raster else keeper,
        "not_drawn": again if raster else keeper,
        "no_database": keeper,
        "unreachable": translate("LayerReasons", "连接恢复后自动显示"),
        "missing": translate("LayerReasons", "把文件放回原处后点“重试”，或从地图上移除"),
        "unsupported": translate("LayerReasons", "请用 QGIS 转换为 GeoTIFF 或 MBTiles 再添加"),
        "not_local": translate("LayerReasons", "请把文件复制到本机再添加"),
        "no_place": translate("LayerReasons", "请在 QGIS 中指定坐标系，或补上坐标文件（.pgw、.jgw）"),
        "no_style": translate("LayerReasons", "请重新安装本程序"),
        "bad_style": translate("LayerReasons", "请 GIS 人员在 QGIS 中检查该图层的样式"),
    }
    return words.get(code, "")


def in_short(words: str, length: int = 90) -> str:
    """The same for a narrow place: the technical part cut where it is long."""
    return words if len(words) <= length else f"{words[: length - 1]}…"


def split(problem: str) -> tuple[str, str]:
    """Code and detail of ``code: detail``."""
    code, _, detail = problem.partition(":")
    return code.strip(), detail.strip()


def advice(hint: str) -> str:
    """What would make a layer faster; empty for no hint."""
    code, detail = split(hint)
    if code != "no_overviews":
        return ""
    return QCoreApplication.translate(
        "LayerReasons", "影像 {size} 像素，没有金字塔，全图时会慢：请用 QGIS 或 gdaladdo 建立金字塔"
    ).format(size=detail)
