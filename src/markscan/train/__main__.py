"""`python -m markscan.train content|evaluate|golden|occurrence …`: makes the models that ship."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from markscan.data import folder

_COMMANDS = {
    "content": "markscan.train.content_command",
    "evaluate": "markscan.train.evaluate_command",
    "golden": "markscan.train.golden_command",
    "occurrence": "markscan.train.occurrence",
}
_NEEDED = ("sklearn", "threadpoolctl")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code, 2 if it cannot be run."""
    given = [*sys.argv[1:]] if arguments is None else [*arguments]
    if not given or given[0] not in _COMMANDS:
        print(f"usage: python -m markscan.train {'|'.join(_COMMANDS)} …", file=sys.stderr)
        return 2
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        print(
            f"训练需要附加组件：pip install markscan[train]（缺少 {', '.join(missing)}）\n"
            f"training needs an extra: pip install markscan[train] "
            f"({', '.join(missing)} not found)",
            file=sys.stderr,
        )
        return 2
    if not (folder("models") / "training").is_dir():
        print(
            "训练文本只在源代码仓库中，请在仓库里运行\n"
            "the texts to train on are in the source repository only: run it there",
            file=sys.stderr,
        )
        return 2
    command = import_module(_COMMANDS[given[0]])
    code: int = command.main(given[1:])
    return code


if __name__ == "__main__":
    raise SystemExit(main())
