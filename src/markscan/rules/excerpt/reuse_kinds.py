"""What a file's share in registered documents amounts to: copy, excerpt, compilation.

The words in which findings speak of it stand here too: the id of the entry, the share, the
places in the original; never what either text says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from markscan.document import Span
from markscan.finding import ExcerptEvidence, MarkingEvidence, Role, Tier
from markscan.fingerprint import REACH
from markscan.marking import Level
from markscan.match.compilation import compilation_title
from markscan.match.excerpts import Reuse
from markscan.register import Entry
from markscan.rules.beside import ranks
from markscan.rules.rule import VISIBLE, Case
from markscan.wording import Text

_COPY_SHARE = 0.9  # of the registered document over which the passages reach
_COPY_HERE = 0.7  # of this file is of the registered document
_MEMBER_SHARE = 0.55  # of a document that is a member of a compilation, likewise
_TITLE = 8  # ideographs of a title that is looked for (register/names.py)
_SAME_STRETCH = 0.5  # of a stretch that two entries share, from which on they count as one
_BESIDE_POINT = 2 * REACH  # ideographs beside a 密点 that count for nothing
_RANGES = 3  # passages that a sentence names


def in_force(case: Case, reuse: Reuse) -> bool:
    """Return whether the registered document is still secret on the day of the case."""
    return reuse.entry.in_force(case.today)


def sure(reuse: Reuse) -> bool:
    """Return whether a passage is so much alike that it is no accident."""
    return reuse.tier is Tier.ALERT


def taken(case: Case) -> list[Reuse]:
    """Return what is surely taken from documents that are in force, most first."""
    return [reuse for reuse in case.reuse if sure(reuse) and in_force(case, reuse)]


def is_copy(reuse: Reuse) -> bool:
    """Return whether the file is the registered document, or a copy of it."""
    return sure(reuse) and reuse.reach >= _COPY_SHARE and reuse.here >= _COPY_HERE


def has_title(reuse: Reuse) -> bool:
    """Return whether the title of the registered document stands here, too, if it has one.

    A passage goes on over another title between the same lines; so the title itself must do.
    """
    title = reuse.entry.title_span
    if title.end - title.start < _TITLE:
        return True
    return any(seen.kind == "title" for seen in reuse.citations)


def is_excerpt(reuse: Reuse) -> bool:
    """Return whether passages are surely taken, and the file is no copy."""
    return sure(reuse) and not is_copy(reuse)


def members(case: Case) -> list[Reuse]:
    """Return the registered documents in force of which at least half stands here, most first.

    Of entries that share a stretch of this file, two versions of one document, the first counts.
    """
    found: list[Reuse] = []
    for reuse in taken(case):
        if reuse.reach >= _MEMBER_SHARE and not any(same_stretch(reuse, one) for one in found):
            found.append(reuse)
    return found


def is_compilation(case: Case) -> bool:
    """Return whether the file is a compilation: two registered documents, or one and the title.

    A document and its registered attachments are one.
    """
    families = {reuse.entry.parent or reuse.entry.id for reuse in members(case)}
    return len(families) > 1 or (
        len(families) == 1 and compilation_title(case.document) is not None
    )


def same_stretch(one: Reuse, other: Reuse) -> bool:
    """Return whether half of what `one` has here is what `other` has as well.

    A passage that goes on in later parts is known by its first part alone; so two that fill
    the file between them more than once share what is too much.
    """
    if one.here + other.here - 1 >= _SAME_STRETCH * one.here:
        return True
    shared = total = 0
    stretches = [(seen.part, seen.span) for seen in other.passages]
    for seen in one.passages:
        total += seen.span.end - seen.span.start
        shared += max(
            (_shared(seen.span, span) for part, span in stretches if part == seen.part), default=0
        )
    return total > 0 and shared >= _SAME_STRETCH * total


def _shared(one: Span, other: Span) -> int:
    return max(min(one.end, other.end) - max(one.start, other.start), 0)


def own_markings(case: Case) -> list[MarkingEvidence]:
    """Return the state markings of the file that a reader sees, in order; an exam's count."""
    return [
        seen
        for seen in case.markings
        if seen.marking.scheme == "cn-state"
        and seen.marking.level is not None
        and (seen.effective or seen.role is Role.EXAM)
        and seen.place.area in VISIBLE
    ]


def own_marking(case: Case) -> MarkingEvidence | None:
    """Return the highest of them, the first of equals; None where the file is unmarked."""
    rank = ranks(case)
    return max(
        own_markings(case), key=lambda seen: rank.get(seen.marking.level or "", -1), default=None
    )


def cover_marking(case: Case) -> MarkingEvidence | None:
    """Return the marking at the head of the file, which is a compilation's cover; None if none.

    Those behind it are of its members, and what each page repeats comes last.
    """
    found = own_markings(case)
    own = (seen for seen in found if not seen.place.is_repeated)
    return next(own, found[0] if found else None)


def own_rank(case: Case) -> int:
    """Return the rank of the file's highest marking; -1 where it is unmarked."""
    own = own_marking(case)
    return ranks(case).get(own.marking.level or "", -1) if own is not None else -1


def judged_otherwise(case: Case) -> bool:
    """Return whether the marking of the file is judged by other rules than the state's (军事)."""
    return bool(case.effective("cn-military"))


def level_taken(case: Case, reuse: Reuse) -> Level | None:
    """Return the level of what was taken; None where the register names none that is known.

    Where nothing but 密点 is taken, it is the highest of them, else that of the document, or
    of a 密点 that is higher (派生8).
    """
    found = [case.levels.find("cn-state", point.level) for point in reuse.points]
    if not found or _beyond_points(reuse):
        found.append(case.levels.find("cn-state", reuse.entry.level))
    return max((one for one in found if one is not None), key=_rank, default=None)


def _beyond_points(reuse: Reuse) -> bool:
    """Whether more is taken than 密点 and what a passage may reach beside them by accident."""
    outside = sum(
        seen.source.end
        - seen.source.start
        - sum(_shared(seen.source, point.span) for point in reuse.points)
        for seen in reuse.passages
    )
    return outside > _BESIDE_POINT * len(reuse.points)


def rank_taken(case: Case, reuse: Reuse) -> int:
    """Return the rank of the level of what was taken; -1 where it is not known."""
    level = level_taken(case, reuse)
    return level.rank if level is not None else -1


def _rank(level: Level) -> int:
    return level.rank


def surest_first(reuse: Reuse) -> tuple[ExcerptEvidence, ...]:
    """Return the passages, those that are sure before the others, each in order."""
    return tuple(sorted(reuse.passages, key=lambda seen: seen.tier is not Tier.ALERT))


def told(case: Case, reuse: Reuse) -> dict[str, object]:
    """Return what sentences say of a reuse: {entry}, {share}, {there}, {level}.

    `there` names lines or paragraphs of the registered document.
    """
    level = level_taken(case, reuse)
    return {
        "entry": reuse.entry.id,
        "share": share_of(reuse),
        "there": there(reuse.entry, (seen.source for seen in surest_first(reuse))),
        "level": level.zh if level is not None else "",
    }


def share_of(reuse: Reuse) -> str:
    """Return the part of the registered document that stands here, in percent."""
    return f"{max(reuse.share, 0.01):.0%}"


def there(entry: Entry, spans: Iterable[Span]) -> Text:
    """Return where passages stand in the registered document, as the end of a noun.

    By its lines or paragraphs, which people can count; where the register tells none, by the
    part of the document that stands before.
    """
    ordered = list(spans)
    more = len(ordered) > _RANGES
    etc_zh, etc_en = "等处" if more else "", " and further ones" if more else ""
    if not entry.lines:
        parts = dict.fromkeys(f"{s.start / max(entry.size, 1):.0%}" for s in ordered[:_RANGES])
        listed_zh, listed_en = "、".join(parts), ", ".join(parts)
        return Text(f"约全文 {listed_zh} 处{etc_zh and '等'}", f"about {listed_en} into it{etc_en}")
    named = [
        f"{first}–{last}" if last > first else f"{first}"
        for first, last in _joined(_lines(entry, span) for span in ordered[:_RANGES])
    ]
    listed_zh, listed_en = "、".join(named), ", ".join(named)
    kind = "line" if listed_en.isdigit() else "lines"
    return Text(f"第 {listed_zh} 段（行）{etc_zh}", f"{kind} {listed_en}{etc_en}")


def _lines(entry: Entry, span: Span) -> tuple[int, int]:
    """The first and the last line of a passage, from 1."""
    first = max(bisect_right(entry.lines, span.start), 1)
    return first, max(bisect_left(entry.lines, span.end), first)


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `ranges` of lines in order, those that share a line as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


def ids(reuses: Iterable[Reuse]) -> Text:
    """Return the ids of entries, listed, each once."""
    named = list(dict.fromkeys(reuse.entry.id for reuse in reuses))
    return Text("、".join(named), ", ".join(named))
