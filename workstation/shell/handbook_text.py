"""What is wrong with a handbook, in the user's language: file, line, key, the problem and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ..workflow.handbook import HandbookError


def handbook_error_text(error: HandbookError) -> str:
    """One sentence that leads to the place in the handbook's files and says what to do there."""
    translate = QCoreApplication.translate
    problem, advice = _problems().get(error.code, (error.problem, error.advice))
    if error.line and error.key:
        place = translate("Handbook", "{file} 第 {line} 行“{key}”")
    elif error.line:
        place = translate("Handbook", "{file} 第 {line} 行")
    else:
        place = translate("Handbook", "{file}")
    where = place.format(file=error.file, line=error.line, key=error.key)
    return translate("Handbook", "指挥手册有错误：{where}：{problem}。{advice}").format(
        where=where, problem=problem, advice=advice
    )


def _problems() -> dict[str, tuple[str, str]]:
    """For each code of HandbookError the problem and the advice."""
    translate = QCoreApplication.translate
    reference = translate("Handbook", "请改成手册中已有的名称，或者先在手册中增加它。")
    return {
        "missing_file": (
            translate("Handbook", "缺少这个文件"),
            translate("Handbook", "请从全国通用手册复制一份再修改。"),
        ),
        "unknown_file": (
            translate("Handbook", "程序不使用这个文件"),
            translate("Handbook", "请把它移出手册。"),
        ),
        "not_utf8": (
            translate("Handbook", "文件编码不是 UTF-8"),
            translate("Handbook", "请另存为 UTF-8 编码。"),
        ),
        "not_toml": (
            translate("Handbook", "这一行不符合 TOML 格式"),
            translate("Handbook", "请检查引号、括号和等号。"),
        ),
        "duplicate_key": (
            translate("Handbook", "名称重复"),
            translate("Handbook", "请换一个名称，或者删去其中一处。"),
        ),
        "duplicate": (translate("Handbook", "同一项写了两次"), translate("Handbook", "请只保留一处。")),
        "missing_key": (translate("Handbook", "缺少这一项"), translate("Handbook", "请补上。")),
        "unknown_key": (
            translate("Handbook", "程序不使用这一项"),
            translate("Handbook", "请检查拼写，或者删去。"),
        ),
        "wrong_type": (
            translate("Handbook", "填写的类型不对"),
            translate("Handbook", "请参照全国通用手册的写法。"),
        ),
        "bad_limit": (
            translate("Handbook", "数值不能作为时限或次数"),
            translate("Handbook", "请填写大于零的合理数值。"),
        ),
        "bad_row": (
            translate("Handbook", "这一行的列数不对"),
            translate("Handbook", "请检查逗号是否多了或少了。"),
        ),
        "bad_code": (
            translate("Handbook", "类别代码与大类代码不符"),
            translate("Handbook", "请更正其中一个。"),
        ),
        "missing_column": (translate("Handbook", "缺少这一列"), translate("Handbook", "请补上表头和内容。")),
        "missing_field": (
            translate("Handbook", "这一流程缺少必填项"),
            translate("Handbook", "请把它加入 required。"),
        ),
        "missing_label": (
            translate("Handbook", "没有中文名称"),
            translate("Handbook", "请在 labels.toml 中补上。"),
        ),
        "mixed_hands": (
            translate("Handbook", "一个岗位不能兼有监督、处置、评价中的两项"),
            translate("Handbook", "请分成不同的岗位。"),
        ),
        "from_terminal": (
            translate("Handbook", "已经结束的案卷不能再流转"),
            translate("Handbook", "请改为未结束的状态。"),
        ),
        "unreachable": (
            translate("Handbook", "没有案卷能走到这一步"),
            translate("Handbook", "请增加通向这里的流程，或者删去。"),
        ),
        "no_way_out": (
            translate("Handbook", "案卷到这里就走不出去"),
            translate("Handbook", "请增加后续流程。"),
        ),
        "wrong_request": (
            translate("Handbook", "申请的种类与流程不符"),
            translate("Handbook", "请更正，或者给流程另取名称。"),
        ),
        "unknown_area_class": (translate("Handbook", "没有这一区域类别"), reference),
        "unknown_class": (translate("Handbook", "没有这一类别"), reference),
        "unknown_clock": (translate("Handbook", "没有这一计时"), reference),
        "unknown_document": (translate("Handbook", "没有这一依据文件"), reference),
        "unknown_family": (translate("Handbook", "没有这一来源分组"), reference),
        "unknown_field": (translate("Handbook", "没有这一字段"), reference),
        "unknown_guard": (translate("Handbook", "没有这一条件"), reference),
        "unknown_hand": (translate("Handbook", "只有监督、处置、评价三项"), reference),
        "unknown_kind": (translate("Handbook", "只有部件和事件两种"), reference),
        "unknown_milestone": (translate("Handbook", "没有这一处置节点"), reference),
        "unknown_post": (translate("Handbook", "没有这一岗位"), reference),
        "unknown_request": (translate("Handbook", "没有这一种申请"), reference),
        "unknown_role": (translate("Handbook", "只有主办和协办两种单位"), reference),
        "unknown_state": (translate("Handbook", "没有这一状态"), reference),
        "unknown_unit": (translate("Handbook", "没有这一时间单位"), reference),
    }
