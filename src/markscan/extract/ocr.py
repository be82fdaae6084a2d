"""Reads the text of pictures, where the extra `ocr` is installed.

The engine is RapidOCR with the PP-OCRv6 models that lie in its own package: nothing is
fetched, nothing is written, one thread works. A picture is read in bands, the top one
first, which holds the marking of an official document (GB/T 9704—2012, 7.2): a band is
shown to the detector larger than a whole page could be. Boxes are found on a smaller copy,
characters are read at full size. What is read with too little trust is left out; the rest
comes as read, for a star that was taken for another sign is no business of the reader.
"""

from __future__ import annotations

import hashlib
import io
import math
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markscan.document import Area, Box, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer
from markscan.extract.extractor import Budget, Recogniser

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_SHORT_SIDE = 1800  # pixels: a page at 215 dpi; a finer picture is made smaller
_LONGEST_SIDE = 20_000  # pixels of the other side, once made smaller
_SMALLEST = 16  # pixels: nothing is written on less
_FLAT = 24  # of 255: how much a picture without writing may differ from one colour
_SHARP, _PLAIN = 0.6, 0.43  # how large the detector sees the top band and the others, within ...
_DETECTOR_SIDES = (736, 1600)  # ... these bounds, in pixels
_TOP = 3  # the first band is one third of the picture
_TALLEST = 1.3  # height of a band by its width
_UNCUT = 1000  # pixels: a lower picture is one band
_OVERLAP = 0.03  # of the height of a picture, above and below a cut, but at least ...
_LINE = 64  # ... so many pixels
_NEAR = 40  # lines among which one found twice is looked for
_MANY_FRAMES = 2000
_TRUST = 0.5  # below it the words are guesses, on drawings and photographs mostly
_APART = 1.2  # a wider gap parts two pieces of a line, in heights of the line
_REMEMBERED = 256  # pictures, for the emblem that stands on every slide


class Line(NamedTuple):
    """One line of a picture: the trust in it, and its box in shares of width and height."""

    text: str
    trust: float
    left: float
    top: float
    right: float
    bottom: float


@cache
def load() -> Recogniser:
    """Return what reads pictures in this process; the models come with the first picture."""
    return _Reader()


class _Reader:
    """Reads pictures, and remembers what stood on the last ones."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, list[list[Line]]] = OrderedDict()

    def __call__(self, draw: Callable[[], bytes], place: Place, budget: Budget) -> list[Part]:
        """Return the lines of the picture that `draw` gives. See `Recogniser`."""
        _charge(budget)
        data = draw()
        key = hashlib.blake2b(data, digest_size=16).digest()
        frames = self._known.get(key)
        if frames is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Pillow's are about sizes and odd metadata
                frames = [_read(frame) for frame in _frames(data, budget)]
            self._known[key] = frames
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        else:
            budget.pictures -= 1
            self._known.move_to_end(key)
        return [
            _part(line, _framed(place, index, len(frames)))
            for index, lines in enumerate(frames)
            for line in lines
        ]


def _charge(budget: Budget) -> None:
    if budget.pictures >= budget.limits.pictures:
        raise LimitExceeded("limit.pictures", allowed=budget.limits.pictures)
    budget.pictures += 1


def _framed(place: Place, index: int, count: int) -> Place:
    """Return the place of one frame: the frames of a picture are its pages."""
    return place if count == 1 else place._replace(page=(place.page or 1) + index)


def _part(line: Line, place: Place) -> Part:
    box = None
    if place.box is not None:
        left, top = place.box.left, place.box.top
        width, height = place.box.right - left, place.box.bottom - top
        box = Box(
            round(left + line.left * width, 2),
            round(top + line.top * height, 2),
            round(left + line.right * width, 2),
            round(top + line.bottom * height, 2),
        )
    label = f"{place.label} ocr {line.trust:.2f}".lstrip()
    return Part(line.text, Place(Area.IMAGE, place.page, label, box))


# Pictures.


def _frames(data: bytes, budget: Budget) -> Iterator[Image.Image]:
    """Yield the frames of a picture that differ from the one before, ready to be read.

    Each after the first is charged as a picture of its own.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            before = None
            for index in range(min(getattr(picture, "n_frames", 1), _MANY_FRAMES)):
                if index:
                    picture.seek(index)
                frame = _decoded(picture, budget)
                print_of = frame.resize((32, 32)).convert("L").tobytes()
                if index and not _differs(print_of, before):
                    continue
                if before is not None:
                    _charge(budget)
                before = print_of
                yield frame
    except Image.DecompressionBombError:
        raise LimitExceeded("limit.pixels", allowed=budget.limits.picture_pixels) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError):
        raise DamagedFile("picture.damaged") from None
    except (TypeError, IndexError, ArithmeticError, AttributeError, RuntimeError):
        # What Pillow lets out for headers that contradict themselves.
        raise DamagedFile("picture.damaged") from None


def _differs(one: bytes, other: bytes | None) -> bool:
    return other is None or any(abs(a - b) > _FLAT for a, b in zip(one, other, strict=True))


def _decoded(picture: Image.Image, budget: Budget) -> Image.Image:
    """Return the current frame upright, in colours, on white, no larger than is of use.

    Raises:
        LimitExceeded: it has too many pixels; nothing has been decoded then.
    """
    from PIL import Image, ImageFile, ImageOps

    width, height = picture.size
    if width * height > budget.limits.picture_pixels:
        raise LimitExceeded("limit.pixels", allowed=budget.limits.picture_pixels)
    scale = min(1.0, _SHORT_SIDE / max(min(width, height), 1), _LONGEST_SIDE / max(width, height))
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    if scale <= 0.5:
        picture.draft(None, size)  # a JPEG is decoded smaller then
    patient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = patient
    frame: Image.Image = picture.copy()
    if frame.mode.startswith("I"):  # 16 bits of grey
        frame = frame.convert("I").point(lambda value: value / 256).convert("L")
    elif frame.mode in ("1", "F"):
        frame = frame.convert("L")
    elif "transparency" in frame.info or frame.mode in ("LA", "PA", "RGBA", "La", "RGBa"):
        frame = frame.convert("RGBA")
        ground = Image.new("RGBA", frame.size, "white")
        frame = Image.alpha_composite(ground, frame)
    if frame.mode not in ("L", "RGB"):
        frame = frame.convert("RGB")
    if frame.size != size and scale < 1:
        frame = frame.resize(
            size, Image.Resampling.BOX if scale < 0.5 else Image.Resampling.BICUBIC
        )
    return ImageOps.exif_transpose(frame.convert("RGB"))


# Lines.


def _read(frame: Image.Image) -> list[Line]:
    import numpy as np

    width, height = frame.size
    grey = np.asarray(frame.convert("L"))
    if min(width, height) < _SMALLEST or int(grey.max()) - int(grey.min()) < _FLAT:
        return []
    pixels = np.asarray(frame)[:, :, ::-1]  # the models know blue, green, red
    found: list[Line] = []
    overlap = max(round(height * _OVERLAP), _LINE)
    cuts = _cuts(grey)
    for start, end in pairwise(cuts):
        first = max(start - overlap, 0)
        last = min(end + overlap, height)
        scale = _PLAIN if start else _SHARP
        for text, trust, left, top, right, bottom in _pieces(pixels[first:last], scale):
            line = Line(text, trust, left, top + first, right, bottom + first)
            middle = (line.top + line.bottom) / 2
            inside = (start == 0 or middle >= start) and (end == height or middle < end + 4)
            if inside and not any(_same(line, other) for other in found[-_NEAR:]):
                found.append(line)
    return [
        line._replace(
            left=line.left / width,
            top=line.top / height,
            right=line.right / width,
            bottom=line.bottom / height,
        )
        for line in _joined(found)
    ]


def _cuts(grey: Any) -> list[int]:
    """Return where the bands of a picture end: after its top third, then in even steps.

    Each cut goes through the calmest row nearby, between two lines if it can.
    """
    height, width = grey.shape
    if height < _UNCUT:
        return [0, height]
    top = min(height // _TOP, round(width * _TALLEST))
    steps = math.ceil((height - top) / (width * _TALLEST))
    cuts = [0]
    for step in range(steps):
        at = top + (height - top) * step // steps
        start = max(at - _LINE, cuts[-1] + 1)
        calm = grey[start : at + _LINE].std(axis=1)
        cuts.append(start + int(calm.argmin()) if len(calm) else at)
    return [*cuts, height]


def _same(line: Line, other: Line) -> bool:
    """Tell whether a line was found in the band above too."""
    across = min(line.right, other.right) - max(line.left, other.left)
    down = min(line.bottom, other.bottom) - max(line.top, other.top)
    return across > 0.7 * (line.right - line.left) and down > 0.6 * (line.bottom - line.top)


def _pieces(pixels: Any, scale: float) -> Iterator[tuple[str, float, float, float, float, float]]:
    """Yield text, trust and box of what the engine finds in one band."""
    engine, faults = _engine()
    low, high = _DETECTOR_SIDES
    side = round(min(max(max(pixels.shape[:2]) * scale, low), high))
    engine.cfg.Det.limit_side_len = side
    if engine.text_det is not None:  # it is there after the first picture
        engine.text_det.limit_side_len = side
    try:
        found = engine(pixels)
    except faults:
        raise DamagedFile("picture.ocr-failed") from None
    if getattr(found, "txts", None) is None or found.boxes is None:
        return
    for corners, text, trust in zip(found.boxes, found.txts, found.scores, strict=True):
        if text.strip():
            left, top = corners.min(axis=0).tolist()
            right, bottom = corners.max(axis=0).tolist()
            yield text.strip(), float(trust), left, top, right, bottom


def _joined(found: list[Line]) -> list[Line]:
    """Return the lines in reading order, with the pieces of one line made into one."""
    rows: list[list[Line]] = []
    for piece in sorted(found, key=lambda line: line.top + line.bottom):
        row = rows[-1] if rows else None
        if row is not None and _level(row[-1], piece):
            row.append(piece)
        else:
            rows.append([piece])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda line: line.left)
        start = len(lines)
        for piece in row:
            height = piece.bottom - piece.top
            if (
                len(lines) > start
                and 0 <= piece.left - lines[-1].right + height / 3 <= _APART * height
            ):
                lines[-1] = _together(lines[-1], piece)
            else:
                lines.append(piece)
    return lines


def _level(one: Line, other: Line) -> bool:
    height = min(one.bottom - one.top, other.bottom - other.top)
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.6 * height


def _together(one: Line, other: Line) -> Line:
    words = one.text[-1].isascii() and other.text[0].isascii()
    return Line(
        one.text + (" " if words else "") + other.text,
        min(one.trust, other.trust),
        one.left,
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


@cache
def _engine() -> tuple[Any, tuple[type[Exception], ...]]:
    """Return the engine and the exceptions it lets out.

    Raises:
        NoTextLayer: it is installed, but this machine cannot run it.
    """
    try:
        import cv2
        import onnxruntime
        import rapidocr
        from rapidocr.inference_engine.onnxruntime import ONNXRuntimeError

        onnxruntime.disable_telemetry_events()
        cv2.setNumThreads(1)
        models = Path(rapidocr.__file__).parent / "models"
        engine = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": _TRUST,
                "Global.max_side_len": 2 * _LONGEST_SIDE,
                "Det.limit_type": "max",
                # Named by path, the models are never looked for elsewhere.
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
    except (ImportError, OSError, ValueError, RuntimeError) as error:
        raise NoTextLayer("picture.ocr-unusable", error=type(error).__name__) from None
    return engine, (ONNXRuntimeError, cv2.error, ValueError, ArithmeticError, IndexError)
