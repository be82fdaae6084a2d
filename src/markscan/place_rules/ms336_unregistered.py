"""MS336 unregistered: a root was scanned to which no location of the policy applies."""

from __future__ import annotations

from markscan.finding import Severity
from markscan.place_rules.rule import PlaceRule
from markscan.wording import Text

RULE = PlaceRule(
    code="MS336",
    name=Text("未登记的位置或介质", "Location not in the location register"),
    trigger=Text(
        "有存放位置策略时，检查的位置既不在策略列明的位置中，其下也没有列明的位置；每个位置一条",
        "where there is a location policy, a root of the scan neither lies in a location that it "
        "lists nor holds one; one for each root",
    ),
    severity=Severity.MEDIUM,
    basis=Text(
        "《保守国家秘密法》第31条；本单位保密工作制度（计算机和介质建立台账，登记、编号、标识）",
        "Secrets law art. 31; the office's rules (computers and media are listed, numbered and "
        "labelled)",
    ),
    message=Text(
        "检查的位置没有列入存放位置策略，不知道允许存放什么密级、由谁负责",
        "the policy does not list this place: which level it admits and who answers for it is "
        "not told",
    ),
    fix=Text(
        "请登记该位置或者介质，在 markscan.toml 中用 [[location]] 写明密级、类型和责任部门。",
        "Register the place or medium, and state its level, kind and owner as a [[location]] of "
        "markscan.toml.",
    ),
)
