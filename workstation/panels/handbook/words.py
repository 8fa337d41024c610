"""The names of what handbooks hold, as the editor shows them; what a handbook names itself is asked of the handbook."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ...services.handbooks import EditionInfo
from ...workflow.handbook import Handbook


def pages() -> dict[str, str]:
    """The pages of the editor, in order."""
    t = QCoreApplication.translate
    return {
        "head": t("HandbookEditor", "文件依据"),
        "posts": t("HandbookEditor", "层级岗位"),
        "sources": t("HandbookEditor", "来源"),
        "flow": t("HandbookEditor", "流程"),
        "classes": t("HandbookEditor", "类别与立案条件"),
        "clocks": t("HandbookEditor", "时限"),
        "rules": t("HandbookEditor", "规则"),
        "plans": t("HandbookEditor", "应急预案与经费"),
        "coordination": t("HandbookEditor", "协调裁定"),
        "accountability": t("HandbookEditor", "问责"),
        "reports": t("HandbookEditor", "报告与公布"),
        "labels": t("HandbookEditor", "用语"),
    }


def tools() -> dict[str, str]:
    """What is done with an edition as a whole."""
    t = QCoreApplication.translate
    return {
        "compare": t("HandbookEditor", "与现行版本比较"),
        "proposals": t("HandbookEditor", "案件提出的规则"),
        "text": t("HandbookEditor", "文本编辑"),
        "history": t("HandbookEditor", "历史版本"),
    }


def parts() -> dict[str, str]:
    """The parts by which editions are compared."""
    t = QCoreApplication.translate
    return {
        "head": t("HandbookEditor", "手册"),
        "documents": t("HandbookEditor", "依据文件"),
        "articles": t("HandbookEditor", "条文"),
        "levels": t("HandbookEditor", "层级"),
        "posts": t("HandbookEditor", "岗位"),
        "sources": t("HandbookEditor", "来源"),
        "flow": t("HandbookEditor", "流程"),
        "classes": t("HandbookEditor", "类别"),
        "conditions": t("HandbookEditor", "立案条件"),
        "clocks": t("HandbookEditor", "时限"),
        "milestones": t("HandbookEditor", "处置节点"),
        "rules": t("HandbookEditor", "规则"),
        "responsibilities": t("HandbookEditor", "责任认定"),
        "plans": t("HandbookEditor", "应急预案"),
        "budgets": t("HandbookEditor", "经费"),
        "rapid": t("HandbookEditor", "快速处置"),
        "bodies": t("HandbookEditor", "协调机构"),
        "coordination": t("HandbookEditor", "协调顺序"),
        "accountability": t("HandbookEditor", "问责"),
        "reports": t("HandbookEditor", "报告"),
        "publications": t("HandbookEditor", "公布"),
        "meetings": t("HandbookEditor", "例会"),
        "evaluation": t("HandbookEditor", "评价"),
        "labels": t("HandbookEditor", "用语"),
    }


def rules() -> dict[str, str]:
    """The switches and figures of ``[rules]``: "rule.key" → name."""
    t = QCoreApplication.translate
    return {
        "return_within.amount": t("HandbookEditor", "回退须在接到派遣后多久内提出"),
        "return_within.unit": t("HandbookEditor", "回退时限的单位"),
        "extensions.at_most": t("HandbookEditor", "延时最多几次"),
        "extensions.share": t("HandbookEditor", "每次延时不超过原时限的几倍"),
        "suspensions.at_most": t("HandbookEditor", "挂账最多几次"),
        "suspensions.days": t("HandbookEditor", "挂账不超过几天"),
        "failures_until_overdue.count": t("HandbookEditor", "核查第几次不合格计为逾期"),
        "lights.yellow": t("HandbookEditor", "用去时限的几成起亮黄灯"),
        "duplicates.metres": t("HandbookEditor", "多少米内的同类案卷提示可能重复"),
        "duplicates.hours": t("HandbookEditor", "多少小时内的同类案卷提示可能重复"),
        "lead_waits_for_cooperating.on": t("HandbookEditor", "协办单位全部反馈后主办单位才能反馈"),
        "filers_close.on": t("HandbookEditor", "谁立案、谁结案"),
        "leader_approves.on": t("HandbookEditor", "接收后须经分管领导批办"),
        "evidence_for_transfer.on": t("HandbookEditor", "移送执法须附证据文件"),
        "endorsed_requests.kinds": t("HandbookEditor", "须先经单位负责人同意的申请"),
        "endorsed_requests.post": t("HandbookEditor", "由哪个岗位同意"),
        "emergency_classes.classes": t("HandbookEditor", "按应急案件办理的类别（种类:代码开头）"),
    }


RULE_FIELDS = {
    "return_amount": "return_within.amount",
    "return_unit": "return_within.unit",
    "extensions": "extensions.at_most",
    "extension_share": "extensions.share",
    "suspensions": "suspensions.at_most",
    "suspension_days": "suspensions.days",
    "failures_until_overdue": "failures_until_overdue.count",
    "lead_waits": "lead_waits_for_cooperating.on",
    "filers_close": "filers_close.on",
    "yellow_share": "lights.yellow",
    "leader_approves": "leader_approves.on",
    "evidence_needed": "evidence_for_transfer.on",
    "endorsed": "endorsed_requests.kinds",
    "endorser": "endorsed_requests.post",
    "duplicate_metres": "duplicates.metres",
    "duplicate_hours": "duplicates.hours",
    "emergency_classes": "emergency_classes.classes",
}
"""The fields of Rules by where they stand in handbook.toml."""


def fields() -> dict[str, str]:
    """The fields of things, as a comparison names them."""
    t = QCoreApplication.translate
    return {
        "label": t("HandbookEditor", "名称"),
        "title": t("HandbookEditor", "名称"),
        "name": t("HandbookEditor", "名称"),
        "place": t("HandbookEditor", "地方"),
        "year": t("HandbookEditor", "年份"),
        "numbering": t("HandbookEditor", "条号写法"),
        "edition": t("HandbookEditor", "版本号"),
        "approver": t("HandbookEditor", "批准机关"),
        "valid_from": t("HandbookEditor", "生效日期"),
        "class_edition": t("HandbookEditor", "类别标准"),
        "note": t("HandbookEditor", "说明"),
        "draft": t("HandbookEditor", "草案"),
        "base": t("HandbookEditor", "所依据的手册"),
        "edit_posts": t("HandbookEditor", "可修订的岗位"),
        "approve_posts": t("HandbookEditor", "可审批的岗位"),
        "over": t("HandbookEditor", "上级"),
        "level": t("HandbookEditor", "层级"),
        "hand": t("HandbookEditor", "三分离"),
        "family": t("HandbookEditor", "分组"),
        "frm": t("HandbookEditor", "从"),
        "to": t("HandbookEditor", "到"),
        "posts": t("HandbookEditor", "岗位"),
        "fields": t("HandbookEditor", "填写"),
        "guards": t("HandbookEditor", "条件"),
        "start": t("HandbookEditor", "开始计时"),
        "stop": t("HandbookEditor", "停止计时"),
        "pause": t("HandbookEditor", "暂停计时"),
        "resume": t("HandbookEditor", "恢复计时"),
        "asks": t("HandbookEditor", "申请"),
        "of_request": t("HandbookEditor", "答复"),
        "unit": t("HandbookEditor", "单位"),
        "article": t("HandbookEditor", "依据"),
        "main_name": t("HandbookEditor", "大类"),
        "main_code": t("HandbookEditor", "大类代码"),
        "basis": t("HandbookEditor", "出处"),
        "limit": t("HandbookEditor", "时限"),
        "by_area": t("HandbookEditor", "分区域"),
        "text": t("HandbookEditor", "内容"),
        "closing_standard": t("HandbookEditor", "结案标准"),
        "milestones": t("HandbookEditor", "处置节点"),
        "of_condition": t("HandbookEditor", "按立案条件"),
        "emergency_from_acceptance": t("HandbookEditor", "应急自受理起算"),
        "pause_in": t("HandbookEditor", "不计时的状态"),
        "key_cases": t("HandbookEditor", "只计重点案件"),
        "classes": t("HandbookEditor", "适用类别"),
        "case": t("HandbookEditor", "出自案卷"),
        "steps": t("HandbookEditor", "步骤"),
        "ways": t("HandbookEditor", "用于"),
        "period": t("HandbookEditor", "周期"),
        "recipients": t("HandbookEditor", "报送"),
        "copies": t("HandbookEditor", "抄送"),
        "channel": t("HandbookEditor", "渠道"),
        "agenda": t("HandbookEditor", "议题"),
        "indicators": t("HandbookEditor", "指标"),
        "weights": t("HandbookEditor", "权重"),
        "bands": t("HandbookEditor", "等级"),
        "uses": t("HandbookEditor", "用途"),
    }


def choices(kind: str, handbook: Handbook) -> dict[str, str]:
    """The keys that may be chosen, with their names: hands, families, periods, topics, ways, or a group of labels."""
    t = QCoreApplication.translate
    known = {
        "hands": {
            "": t("HandbookEditor", "（不属三者）"),
            "supervise": t("HandbookEditor", "监督"),
            "dispose": t("HandbookEditor", "处置"),
            "evaluate": t("HandbookEditor", "评价"),
        },
        "families": {
            "patrol": t("HandbookEditor", "巡查"),
            "hotline": t("HandbookEditor", "热线"),
            "superior": t("HandbookEditor", "上级交办"),
            "public": t("HandbookEditor", "公众"),
            "sensor": t("HandbookEditor", "感知"),
        },
        "periods": {
            "": t("HandbookEditor", "按需"),
            "week": t("HandbookEditor", "每周"),
            "two_weeks": t("HandbookEditor", "每两周"),
            "month": t("HandbookEditor", "每月"),
            "quarter": t("HandbookEditor", "每季度"),
            "year": t("HandbookEditor", "每年"),
        },
        "topics": {
            "overdue": t("HandbookEditor", "超期"),
            "returned": t("HandbookEditor", "退件"),
            "disputed": t("HandbookEditor", "争议"),
            "key": t("HandbookEditor", "重点"),
            "suspended": t("HandbookEditor", "挂账"),
        },
        "ways": {"rapid": t("HandbookEditor", "快速处置"), "first": t("HandbookEditor", "先行处置")},
        "scopes": {
            "inside": t("HandbookEditor", "一个辖区或行业之内"),
            "across": t("HandbookEditor", "跨辖区或跨部门"),
        },
        "accounts": {
            "late_receipt": t("HandbookEditor", "未及时查阅接收"),
            "late_disposal": t("HandbookEditor", "逾期处置或未处置"),
            "substandard": t("HandbookEditor", "未按规范要求处置"),
        },
    }
    if kind in known:
        return known[kind]
    if kind == "levels" and handbook.levels:
        return {key: level.label for key, level in handbook.levels.items()}
    return dict(handbook.labels.get(kind, {}))


def groups() -> dict[str, str]:
    """The groups of labels."""
    t = QCoreApplication.translate
    return {
        "states": t("HandbookEditor", "状态"),
        "stages": t("HandbookEditor", "环节"),
        "kinds": t("HandbookEditor", "种类"),
        "area_classes": t("HandbookEditor", "区域"),
        "units": t("HandbookEditor", "时间单位"),
        "requests": t("HandbookEditor", "申请"),
        "fields": t("HandbookEditor", "填写项"),
        "refusals": t("HandbookEditor", "不予办理的说明"),
        "causes": t("HandbookEditor", "不计时的原因"),
    }


def status(info: EditionInfo) -> tuple[str, str]:
    """The status of an edition in a word, and the token of its colour."""
    t = QCoreApplication.translate
    if info.holds:
        return t("HandbookEditor", "现行"), "green"
    return {
        "draft": (t("HandbookEditor", "草稿"), "accent"),
        "submitted": (t("HandbookEditor", "待审批"), "yellow"),
        "approved": (t("HandbookEditor", "已批准"), "text_2"),
        "kept": (t("HandbookEditor", "曾用"), "text_3"),
        "shipped": (t("HandbookEditor", "随程序提供"), "text_3"),
    }[info.status]


def yes() -> str:
    """A switch that is on."""
    return QCoreApplication.translate("HandbookEditor", "是")


def no() -> str:
    """A switch that is off."""
    return QCoreApplication.translate("HandbookEditor", "否")
