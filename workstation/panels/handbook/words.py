"""The names of what handbooks hold, as the editor shows them; what a handbook names itself is asked of the handbook."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ...services.rules.handbooks import EditionInfo
from ...workflow.handbook import Handbook


def pages() -> dict[str, str]:
    """The pages of the editor, in order."""
    translate = QCoreApplication.translate
    return {
        "head": translate("HandbookEditor", "文件依据"),
        "posts": translate("HandbookEditor", "层级岗位"),
        "sources": translate("HandbookEditor", "来源"),
        "flow": translate("HandbookEditor", "流程"),
        "classes": translate("HandbookEditor", "类别与立案条件"),
        "clocks": translate("HandbookEditor", "时限"),
        "rules": translate("HandbookEditor", "规则"),
        "plans": translate("HandbookEditor", "应急预案与经费"),
        "coordination": translate("HandbookEditor", "协调裁定"),
        "accountability": translate("HandbookEditor", "问责"),
        "reports": translate("HandbookEditor", "报告与公布"),
        "labels": translate("HandbookEditor", "用语"),
    }


def tools() -> dict[str, str]:
    """What is done with an edition as a whole."""
    translate = QCoreApplication.translate
    return {
        "compare": translate("HandbookEditor", "与现行版本比较"),
        "proposals": translate("HandbookEditor", "案卷提出的规则"),
        "text": translate("HandbookEditor", "文本编辑"),
        "history": translate("HandbookEditor", "历史版本"),
    }


def parts() -> dict[str, str]:
    """The parts by which editions are compared."""
    translate = QCoreApplication.translate
    return {
        "head": translate("HandbookEditor", "手册"),
        "documents": translate("HandbookEditor", "依据文件"),
        "articles": translate("HandbookEditor", "条文"),
        "levels": translate("HandbookEditor", "层级"),
        "posts": translate("HandbookEditor", "岗位"),
        "sources": translate("HandbookEditor", "来源"),
        "flow": translate("HandbookEditor", "流程"),
        "classes": translate("HandbookEditor", "类别"),
        "conditions": translate("HandbookEditor", "立案条件"),
        "clocks": translate("HandbookEditor", "时限"),
        "milestones": translate("HandbookEditor", "处置节点"),
        "rules": translate("HandbookEditor", "规则"),
        "personal": translate("HandbookEditor", "个人信息"),
        "responsibilities": translate("HandbookEditor", "责任认定"),
        "plans": translate("HandbookEditor", "应急预案"),
        "budgets": translate("HandbookEditor", "经费"),
        "rapid": translate("HandbookEditor", "快速处置"),
        "bodies": translate("HandbookEditor", "协调机构"),
        "coordination": translate("HandbookEditor", "协调顺序"),
        "accountability": translate("HandbookEditor", "问责"),
        "reports": translate("HandbookEditor", "报告"),
        "publications": translate("HandbookEditor", "公布"),
        "meetings": translate("HandbookEditor", "例会"),
        "evaluation": translate("HandbookEditor", "评价"),
        "labels": translate("HandbookEditor", "用语"),
    }


def rules() -> dict[str, str]:
    """The switches and figures of ``[rules]``: "rule.key" → name."""
    translate = QCoreApplication.translate
    return {
        "return_within.amount": translate("HandbookEditor", "回退须在接到派遣后多久内提出"),
        "return_within.unit": translate("HandbookEditor", "回退时限的单位"),
        "extensions.at_most": translate("HandbookEditor", "延时最多几次"),
        "extensions.share": translate("HandbookEditor", "每次延时不超过原时限的几倍"),
        "suspensions.at_most": translate("HandbookEditor", "挂账最多几次"),
        "suspensions.days": translate("HandbookEditor", "挂账不超过几天"),
        "failures_until_overdue.count": translate("HandbookEditor", "核查第几次不合格计为逾期"),
        "lights.yellow": translate("HandbookEditor", "用去时限的几成起亮黄灯"),
        "duplicates.metres": translate("HandbookEditor", "多少米内的同类案卷提示可能重复"),
        "duplicates.hours": translate("HandbookEditor", "多少小时内的同类案卷提示可能重复"),
        "lead_waits_for_cooperating.on": translate("HandbookEditor", "协办单位全部反馈后主办单位才能反馈"),
        "filers_close.on": translate("HandbookEditor", "谁立案、谁结案"),
        "leader_approves.on": translate("HandbookEditor", "接收后须经分管领导批办"),
        "evidence_for_transfer.on": translate("HandbookEditor", "移送执法须附证据文件"),
        "endorsed_requests.kinds": translate("HandbookEditor", "须先经单位负责人同意的申请"),
        "endorsed_requests.post": translate("HandbookEditor", "由哪个岗位同意"),
        "emergency_classes.classes": translate("HandbookEditor", "按应急案件办理的类别（种类：代码开头）"),
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
    translate = QCoreApplication.translate
    return {
        "label": translate("HandbookEditor", "名称"),
        "title": translate("HandbookEditor", "名称"),
        "name": translate("HandbookEditor", "名称"),
        "place": translate("HandbookEditor", "地方"),
        "year": translate("HandbookEditor", "年份"),
        "numbering": translate("HandbookEditor", "条号写法"),
        "edition": translate("HandbookEditor", "版本号"),
        "approver": translate("HandbookEditor", "批准机关"),
        "valid_from": translate("HandbookEditor", "生效日期"),
        "class_edition": translate("HandbookEditor", "类别标准"),
        "note": translate("HandbookEditor", "说明"),
        "draft": translate("HandbookEditor", "草案"),
        "base": translate("HandbookEditor", "所依据的手册"),
        "edit_posts": translate("HandbookEditor", "可修订的岗位"),
        "approve_posts": translate("HandbookEditor", "可审批的岗位"),
        "over": translate("HandbookEditor", "上级"),
        "level": translate("HandbookEditor", "层级"),
        "hand": translate("HandbookEditor", "三分离"),
        "reporter": translate("HandbookEditor", "反映人信息"),
        "audit": translate("HandbookEditor", "可审计"),
        "keep_days": translate("HandbookEditor", "办结后保存天数"),
        "looks_per_hour": translate("HandbookEditor", "每小时查看多少次起提示"),
        "reasons": translate("HandbookEditor", "查看理由"),
        "needed_for": translate("HandbookEditor", "需要时查看的环节"),
        "erase_posts": translate("HandbookEditor", "可删除个人信息的岗位"),
        "family": translate("HandbookEditor", "分组"),
        "frm": translate("HandbookEditor", "从"),
        "to": translate("HandbookEditor", "到"),
        "posts": translate("HandbookEditor", "岗位"),
        "fields": translate("HandbookEditor", "填写"),
        "guards": translate("HandbookEditor", "条件"),
        "start": translate("HandbookEditor", "开始计时"),
        "stop": translate("HandbookEditor", "停止计时"),
        "pause": translate("HandbookEditor", "暂停计时"),
        "resume": translate("HandbookEditor", "恢复计时"),
        "asks": translate("HandbookEditor", "申请"),
        "of_request": translate("HandbookEditor", "答复"),
        "unit": translate("HandbookEditor", "单位"),
        "article": translate("HandbookEditor", "依据"),
        "main_name": translate("HandbookEditor", "大类"),
        "main_code": translate("HandbookEditor", "大类代码"),
        "basis": translate("HandbookEditor", "出处"),
        "limit": translate("HandbookEditor", "时限"),
        "by_area": translate("HandbookEditor", "分区域"),
        "text": translate("HandbookEditor", "内容"),
        "closing_standard": translate("HandbookEditor", "结案标准"),
        "milestones": translate("HandbookEditor", "处置节点"),
        "of_condition": translate("HandbookEditor", "按立案条件"),
        "emergency_from_acceptance": translate("HandbookEditor", "应急自受理起算"),
        "pause_in": translate("HandbookEditor", "不计时的状态"),
        "key_cases": translate("HandbookEditor", "只计重点案件"),
        "classes": translate("HandbookEditor", "适用类别"),
        "case": translate("HandbookEditor", "出自案卷"),
        "steps": translate("HandbookEditor", "步骤"),
        "ways": translate("HandbookEditor", "用于"),
        "period": translate("HandbookEditor", "周期"),
        "recipients": translate("HandbookEditor", "报送"),
        "copies": translate("HandbookEditor", "抄送"),
        "channel": translate("HandbookEditor", "渠道"),
        "agenda": translate("HandbookEditor", "议题"),
        "indicators": translate("HandbookEditor", "指标"),
        "weights": translate("HandbookEditor", "权重"),
        "bands": translate("HandbookEditor", "等级"),
        "uses": translate("HandbookEditor", "用途"),
    }


def choices(kind: str, handbook: Handbook) -> dict[str, str]:
    """The keys that may be chosen, with their names: hands, families, periods, topics, ways, or a group of labels."""
    translate = QCoreApplication.translate
    known = {
        "hands": {
            "": translate("HandbookEditor", "（不属三者）"),
            "supervise": translate("HandbookEditor", "监督"),
            "dispose": translate("HandbookEditor", "处置"),
            "evaluate": translate("HandbookEditor", "评价"),
        },
        "sights": {
            "seen": translate("HandbookEditor", "可申请查看"),
            "needed": translate("HandbookEditor", "需要时可申请查看"),
            "masked": translate("HandbookEditor", "不可查看"),
        },
        "families": {
            "patrol": translate("HandbookEditor", "巡查"),
            "hotline": translate("HandbookEditor", "热线"),
            "superior": translate("HandbookEditor", "上级交办"),
            "public": translate("HandbookEditor", "公众"),
            "sensor": translate("HandbookEditor", "感知"),
        },
        "periods": {
            "": translate("HandbookEditor", "按需"),
            "week": translate("HandbookEditor", "每周"),
            "two_weeks": translate("HandbookEditor", "每两周"),
            "month": translate("HandbookEditor", "每月"),
            "quarter": translate("HandbookEditor", "每季度"),
            "year": translate("HandbookEditor", "每年"),
        },
        "topics": {
            "overdue": translate("HandbookEditor", "超期"),
            "returned": translate("HandbookEditor", "退件"),
            "disputed": translate("HandbookEditor", "争议"),
            "key": translate("HandbookEditor", "重点"),
            "suspended": translate("HandbookEditor", "挂账"),
        },
        "ways": {
            "rapid": translate("HandbookEditor", "快速处置"),
            "first": translate("HandbookEditor", "先行处置"),
        },
        "scopes": {
            "inside": translate("HandbookEditor", "一个辖区或行业之内"),
            "across": translate("HandbookEditor", "跨辖区或跨部门"),
        },
        "accounts": {
            "late_receipt": translate("HandbookEditor", "未及时查阅接收"),
            "late_disposal": translate("HandbookEditor", "逾期处置或未处置"),
            "substandard": translate("HandbookEditor", "未按规范要求处置"),
        },
    }
    if kind in known:
        return known[kind]
    if kind == "levels" and handbook.levels:
        return {key: level.label for key, level in handbook.levels.items()}
    return dict(handbook.labels.get(kind, {}))


def groups() -> dict[str, str]:
    """The groups of labels."""
    translate = QCoreApplication.translate
    return {
        "states": translate("HandbookEditor", "状态"),
        "stages": translate("HandbookEditor", "环节"),
        "kinds": translate("HandbookEditor", "种类"),
        "area_classes": translate("HandbookEditor", "区域"),
        "units": translate("HandbookEditor", "时间单位"),
        "requests": translate("HandbookEditor", "申请"),
        "fields": translate("HandbookEditor", "填写项"),
        "refusals": translate("HandbookEditor", "不予办理的说明"),
        "causes": translate("HandbookEditor", "不计时的原因"),
    }


def status(info: EditionInfo) -> tuple[str, str]:
    """The status of an edition in a word, and the token of its colour."""
    translate = QCoreApplication.translate
    if info.holds:
        return translate("HandbookEditor", "现行"), "green"
    return {
        "draft": (translate("HandbookEditor", "草稿"), "accent"),
        "submitted": (translate("HandbookEditor", "待审批"), "yellow"),
        "approved": (translate("HandbookEditor", "已批准"), "text_2"),
        "kept": (translate("HandbookEditor", "曾用"), "text_3"),
        "shipped": (translate("HandbookEditor", "随程序提供"), "text_3"),
    }[info.status]


def yes() -> str:
    """A switch that is on."""
    return QCoreApplication.translate("HandbookEditor", "是")


def no() -> str:
    """A switch that is off."""
    return QCoreApplication.translate("HandbookEditor", "否")
