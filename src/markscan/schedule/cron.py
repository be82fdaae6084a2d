"""A line for crontab(5).

The shell takes the command apart, so each argument is quoted for it; before that, cron itself
turns % into a line feed unless a backslash stands before it, which it takes away.
"""

from __future__ import annotations

import shlex

from markscan.schedule.plan import Plan, Written, refuse_controls


def cron(plan: Plan) -> list[Written]:
    """Return the line, at the end of which a line feed stands.

    Raises:
        Unsayable: an argument holds a line feed or another control character.
    """
    refuse_controls(*plan.command)
    hour, minute = map(int, plan.at.split(":"))
    command = shlex.join(("nice", "-n", "10", *plan.command)).replace("%", "\\%")
    text = f"# {plan.about}\n{minute} {hour} * * * {command}\n"
    return [Written(f"{plan.name}.cron", text)]
