"""Says in words what may lie in a location."""

from __future__ import annotations

from markscan.policy import Location
from markscan.wording import Text


def bars_state_secrets(location: Location) -> bool:
    """Return whether no state secret may lie here: unlisted, public or internal places."""
    return not location.listed or location.ceiling("cn-state") is None


def internal(location: Location) -> bool:
    """Return whether the policy lets internal papers lie here (内部文件)."""
    return location.listed and location.ceiling("cn-internal") is not None


def allowed_here(location: Location, scheme: str) -> Text:
    """Return what the place admits of `scheme`, as the end of a sentence about the place."""
    ceiling = location.ceiling(scheme)
    if ceiling is not None:
        return Text(f"最高只能存放“{ceiling.zh}”", f"admits at most “{ceiling.zh}”")
    if not location.listed:
        return Text(
            "未列入存放位置策略，不得存放涉密文件",
            "is not in the location policy and admits no classified files",
        )
    if location.kind == "public":
        return Text("是公开位置，不得存放此类文件", "is public and admits no such files")
    return Text("不得存放此类文件", "admits no such files")


def kind_of_place(location: Location | None) -> Text:
    """Return what sort of place it is, as a noun."""
    if location is None or not location.listed:
        return Text("未列入存放位置策略的位置", "a place not in the location policy")
    if location.kind == "public":
        return Text("公开位置", "a public place")
    return Text("不得存放国家秘密的位置", "a place that admits no state secrets")
