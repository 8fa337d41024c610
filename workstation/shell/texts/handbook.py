"""What is wrong with a handbook, in the user's language: file, line, key, the problem and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ...workflow.handbook import HandbookError


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
        "audits_itself": (
            translate("Handbook", "能看反映人信息的岗位不得审查谁看过"),
            translate("Handbook", '请写 audit = false，或者 reporter = "masked"。'),
        ),
        "unknown_sight": (translate("Handbook", "没有这一种查看反映人信息的方式"), reference),
        "unknown_arrow": (translate("Handbook", "没有这一流程"), reference),
        "bad_reason": (
            translate("Handbook", "查看理由为空，或者含有冒号"),
            translate("Handbook", "请写成几个字，不用冒号。"),
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
        "bad_count": (
            translate("Handbook", "次数没有依次增加"),
            translate("Handbook", "请按次数由少到多排列。"),
        ),
        "bad_numbering": (
            translate("Handbook", "条号的写法里没有数字的位置"),
            translate("Handbook", "请写一个 {}，如“第{}条”。"),
        ),
        "base_of_base": (
            translate("Handbook", "所依据的手册本身又依据另一部手册"),
            translate("Handbook", "请改为独立的手册。"),
        ),
        "level_cycle": (
            translate("Handbook", "层级的上下级关系成了环"),
            translate("Handbook", "请改正其中一个的上级。"),
        ),
        "missing_article": (
            translate("Handbook", "改动了所依据手册的规定，却没有写明依据"),
            translate("Handbook", "请写明条文编号；没有文件依据的写 PRACTICE。"),
        ),
        "no_arrow": (
            translate("Handbook", "规则用到的流程并不存在"),
            translate("Handbook", "请增加这一流程，或者改掉规则。"),
        ),
        "no_body": (translate("Handbook", "没有由谁裁定"), translate("Handbook", "请至少写一个协调机构。")),
        "no_classes": (
            translate("Handbook", "快速处置没有适用的类别"),
            translate("Handbook", "请在 around.toml 中写明 [rapid]，或者删去这一流程。"),
        ),
        "no_posts": (
            translate("Handbook", "没有由哪个岗位办理"),
            translate("Handbook", "请至少写一个岗位。"),
        ),
        "nothing_to_remove": (
            translate("Handbook", "所依据的手册中没有要删去的这一项"),
            translate("Handbook", "请去掉这一处。"),
        ),
        "unknown_accountability": (translate("Handbook", "没有这一种问责情形"), reference),
        "unknown_base": (translate("Handbook", "没有所依据的这部手册"), reference),
        "unknown_body": (translate("Handbook", "没有这一协调机构"), reference),
        "unknown_handbook": (translate("Handbook", "没有这部手册"), reference),
        "unknown_level": (translate("Handbook", "没有这一层级"), reference),
        "unknown_period": (translate("Handbook", "没有这一周期"), reference),
        "unknown_topic": (translate("Handbook", "没有这一种议题"), reference),
        "unknown_way": (translate("Handbook", "只有快速处置和先行处置两种方式"), reference),
        "unknown_column": (
            translate("Handbook", "程序不使用这一列"),
            translate("Handbook", "请检查列名，或者删去。"),
        ),
    }
