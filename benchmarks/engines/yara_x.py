"""YARA-X: one rule with all terms, all matches asked for; byte offsets."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from benchmarks.engines.protocol import Unable, serve

_MATCHES = 100_000_000  # for a pattern; the default would cut dense ones short


class Rule:
    """A scanner of one rule."""

    def __init__(self, terms: list[str]) -> None:
        """Compile.

        Raises:
            Unable: if the compiler refuses.
        """
        import yara_x

        self.version = version("yara-x")
        lines = (f'  $t{at} = "{_escaped(term)}"' for at, term in enumerate(terms))
        compiler = yara_x.Compiler()
        try:
            compiler.add_source(
                "rule terms {\n strings:\n" + "\n".join(lines) + "\n condition: any of them\n}"
            )
            rules = compiler.build()
        except yara_x.CompileError as problem:
            raise Unable(f"refuses the rule: {str(problem)[:60]}") from problem
        self._scanner = yara_x.Scanner(rules)
        self._scanner.max_matches_per_pattern(_MATCHES)

    def count(self, documents: Sequence[bytes]) -> int:
        """Return the number of matches."""
        total = 0
        for document in documents:
            for rule in self._scanner.scan(document).matching_rules:
                total += sum(len(pattern.matches) for pattern in rule.patterns)
        return total


def _escaped(term: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in term.encode())


def _build(terms: list[str], variant: str) -> Rule:
    return Rule(terms)


if __name__ == "__main__":
    serve(_build)
