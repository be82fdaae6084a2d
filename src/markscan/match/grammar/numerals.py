"""Reads Chinese numerals: 十, 廿五, 贰拾, 一百二十, 二〇三〇."""

from __future__ import annotations

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_FUSED = {"廿": 20, "卅": 30, "卌": 40}
_ZEROS = frozenset("零〇○")

# One character of a numeral; a numeral does not begin with a circle, which may be a hole.
HEAD = "[" + "".join([*_DIGITS, *_TENS, *_FUSED]).replace("〇", "").replace("○", "") + "]"
SIGN = "[" + "".join([*_DIGITS, *_TENS, *_FUSED]) + "]"
NUMERAL = f"(?:{HEAD}{SIGN}{{0,8}})"


def read(numeral: str) -> int | None:
    """Return the value of a Chinese numeral; None if its signs make no number."""
    if all(sign in _DIGITS for sign in numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total, digit, last = 0, None, 10_000
    for sign in numeral:
        if sign in _ZEROS:
            if digit is not None:
                return None
            continue
        if sign in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[sign]
            continue
        unit = 10 if sign in _FUSED else _TENS[sign]
        if unit >= last or (sign in _FUSED and digit is not None):
            return None
        last = unit
        total += _FUSED.get(sign, unit * (1 if digit is None else digit))
        digit = None
    return total + (digit or 0)


def value(text: str) -> int | None:
    """Return the value of Arabic digits or of a Chinese numeral."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    return read(text)
