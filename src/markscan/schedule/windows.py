"""A task for the scheduler of Windows, as XML that `schtasks /Create /XML` takes.

Elements as in the task schema 1.2 ([MS-TSCH] 2.5). The scheduler replaces %NAME% and $(Arg0) in
commands and knows no way to write them as they are; such paths are refused.
"""

from __future__ import annotations

import re
import subprocess
from xml.etree import ElementTree

from markscan.schedule.plan import Plan, Unsayable, Written, refuse_controls

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_SYSTEM = "S-1-5-18"  # the account of the system itself
_REPLACED = re.compile(r"%[^%]+%|\$\(", re.S)
# In the past, so that the task runs from the next night on.
_FIRST_DAY = "2025-01-01"


def windows(plan: Plan) -> list[Written]:
    """Return the task.

    Raises:
        Unsayable: the scheduler would change an argument, or it holds a control character.
    """
    refuse_controls(*plan.command, plan.user)
    for argument in plan.command:
        if _REPLACED.search(argument):
            raise Unsayable(argument)
    program, *arguments = plan.command
    line = subprocess.list2cmdline(arguments)
    if _REPLACED.search(line):  # a % each in two arguments would do it, too
        raise Unsayable(line)
    task = ElementTree.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    _add(task, "RegistrationInfo", {"Description": plan.about, "URI": f"\\{plan.name}"})
    trigger = ElementTree.SubElement(ElementTree.SubElement(task, "Triggers"), "CalendarTrigger")
    ElementTree.SubElement(trigger, "StartBoundary").text = f"{_FIRST_DAY}T{plan.at}:00"
    _add(trigger, "ScheduleByDay", {"DaysInterval": "1"})
    principal = _add(ElementTree.SubElement(task, "Principals"), "Principal", _account(plan.user))
    principal.set("id", "Author")
    _add(task, "Settings", _SETTINGS)
    actions = ElementTree.SubElement(task, "Actions", {"Context": "Author"})
    _add(actions, "Exec", {"Command": program, "Arguments": line})
    ElementTree.indent(task)
    text = ElementTree.tostring(task, encoding="unicode")
    return [Written(f"{plan.name}.xml", text + "\n", encoding="utf-16")]


_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",  # a night for which the machine was off is made up for
    "ExecutionTimeLimit": "PT0S",  # none
    "Priority": "7",  # below normal, for the disk as well
}


def _account(user: str) -> dict[str, str]:
    if not user:
        return {"UserId": _SYSTEM, "RunLevel": "HighestAvailable"}
    # The password is asked for when the task is created.
    return {"UserId": user, "LogonType": "Password", "RunLevel": "HighestAvailable"}


def _add(parent: ElementTree.Element, name: str, texts: dict[str, str]) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    for key, text in texts.items():
        ElementTree.SubElement(element, key).text = text
    return element
