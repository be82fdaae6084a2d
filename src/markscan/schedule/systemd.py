"""A service and its timer, as systemd.service(5), systemd.exec(5) and systemd.timer(5) say.

The service may read everything and write nothing but its own folders: what it scans is
read-only to it whatever the program does. Findings (exit code 1) and files that could not be
examined (3) are results and no failures of the service; a failed program or self-test (4) and
a wrong configuration (2) are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markscan.schedule.plan import Plan, Written, refuse_controls

# What a private /tmp would hide.
_TEMPORARY = ("/tmp/", "/var/tmp/")

_SERVICE = """\
# {about}
[Unit]
Description={description}
Documentation=man:systemd.service(5)
{wants}
[Service]
Type=oneshot
ExecStart={command}
{user}
# 1: findings; 3: something could not be examined. Both are results, not failures.
SuccessExitStatus=1 3
TimeoutStartSec=infinity
# Stopping it is like Ctrl-C: what was found is kept.
KillSignal=SIGINT
KillMode=mixed
TimeoutStopSec=30

Nice=10
IOSchedulingClass=idle
CPUSchedulingPolicy=batch

StateDirectory={name}
StateDirectoryMode=0700
CacheDirectory={name}
CacheDirectoryMode=0700
Environment=MARKSCAN_CACHE=/var/cache/{name}
UMask=0077

ProtectSystem=strict
ProtectHome=read-only
{paths}
PrivateTmp={private}
PrivateDevices=true
{network}
NoNewPrivileges=true
{rights}
ProtectClock=true
ProtectControlGroups=true
ProtectHostname=true
ProtectKernelLogs=true
ProtectKernelModules=true
ProtectKernelTunables=true
LockPersonality=true
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
"""

_TIMER = """\
# {about}
[Unit]
Description={description}

[Timer]
OnCalendar=*-*-* {at}:00
# A night for which the machine was off is made up for when it is on again.
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


def own_store(name: str) -> str:
    """Return where the store of the service `name` lies if nobody names a place."""
    return f"/var/lib/{name}/scan.sqlite"


def systemd(plan: Plan) -> list[Written]:
    """Return the service and its timer.

    Raises:
        Unsayable: an argument or a path holds a line feed or another control character.
    """
    refuse_controls(*plan.command, *plan.reads, *plan.writes, plan.user)
    known = {"name": plan.name, "about": plan.about, "description": f"MarkScan {plan.name}"}
    service = _SERVICE.format(
        **known,
        command=" ".join(_arguments(plan.command)),
        wants="Wants=network-online.target\nAfter=network-online.target\n" if plan.network else "",
        user=f"User={_specifiers(plan.user)}" if plan.user else "# User: root; see below",
        paths="\n".join(_paths(plan)),
        private="false" if _in_temporary(plan) else "true",
        network="\n".join(_network(plan.network)),
        rights="\n".join(_rights(plan.user)),
    )
    timer = _TIMER.format(**known, at=plan.at)
    return [Written(f"{plan.name}.service", service), Written(f"{plan.name}.timer", timer)]


def _arguments(command: Iterable[str]) -> Iterator[str]:
    """Quote each argument. Only behind the program, $ would begin the name of a variable."""
    for number, argument in enumerate(command):
        quoted = _quoted(argument)
        yield quoted.replace("$", "$$") if number else quoted


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_specifiers(escaped)}"'


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")


def _paths(plan: Plan) -> Iterator[str]:
    for path in plan.reads:
        yield f"ReadOnlyPaths={_quoted(path)}"
    for path in plan.writes:
        yield f"ReadWritePaths={_quoted(path)}"


def _in_temporary(plan: Plan) -> bool:
    paths = [*plan.reads, *plan.writes, *plan.command]
    return any(f"{path}/".startswith(_TEMPORARY) for path in paths)


def _network(needed: bool) -> Iterator[str]:
    if needed:
        yield "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6"
    else:
        yield "PrivateNetwork=true"
        yield "RestrictAddressFamilies=AF_UNIX"


def _rights(user: str) -> Iterator[str]:
    if user:
        yield "CapabilityBoundingSet="
    else:
        yield "# Root, but only to read every file and to leave its time of access as it was."
        yield "CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_FOWNER"
