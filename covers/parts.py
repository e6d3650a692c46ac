"""The parts that all covers are made of, and what their colours mean.

A cover shows the one idea of a paper. Covers share a card, a palette and a
vocabulary of shapes, so that a reader who has understood one can read the next:

==========  ====================  ================================================
colour      shape                 meaning
==========  ====================  ================================================
KEPT        filled square         a weight (or block of weights) that stays as it is
PRUNED      hollow, grey          what is pruned, evicted, skipped or left out
QUANT       square with a stripe  what is stored in few bits
TOKEN       circle                a token, or an activation: what flows through
HIGHLIGHT   any                   what the method adds, learns, chooses or notices
CACHE       any                   memory: the KV cache, pages, a tier of storage
INK         line or letter        arrows, axes, labels
==========  ====================  ================================================

The hues are those of Okabe and Ito, darkened until each stands at 3:1 or more
against the card (labels: 4.5:1). No meaning rests on hue alone: weights are
squares, activations are circles (but square where they fill a map of attention or of
an image), pruned things are hollow, quantised ones striped.

The canvas is 320 by 200 units; drawings keep to 24..296 by 24..176. Strokes are
2 units or more, so that a cover can still be read when it is shown 120 pixels wide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from svg import HEIGHT, WIDTH, Shape, document, group, number, shape, words

CARD = "#f6f4ef"
EDGE = "#d6d2c8"
SHADE = "#e6e2d8"
INK = "#2b303b"
KEPT = "#1d5c9e"
PRUNED = "#787d86"
QUANT = "#ab7000"
TOKEN = "#0a7b62"
HIGHLIGHT = "#cf4a0a"
CACHE = "#96408a"

Point = tuple[float, float]


# Covers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cover:
    """A drawing, where its file lies, and its text alternative."""

    path: str
    title: str
    description: str
    draw: Callable[[], Iterable[Shape]]

    def svg(self) -> str:
        """Return the text of the SVG file."""
        card = shape(
            "rect",
            x=1,
            y=1,
            width=WIDTH - 2,
            height=HEIGHT - 2,
            rx=14,
            fill=CARD,
            stroke=EDGE,
            stroke_width=2,
        )
        name = self.path.removeprefix("notes/").removesuffix(".svg")
        return document(name, self.title, self.description, [card, *self.draw()])


def cover(path: str, title: str, description: str) -> Callable[[Callable[[], Iterable[Shape]]], Cover]:
    """Make a function that returns shapes into the cover at `path`."""

    def made(draw: Callable[[], Iterable[Shape]]) -> Cover:
        return Cover(path, title, description, draw)

    return made


# Grids: matrices of weights, masks, rows of tokens ---------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """How one kind of grid cell looks."""

    colour: str
    round: bool = False
    hollow: bool = False
    striped: bool = False


MARKS = {
    "#": Mark(KEPT),
    ".": Mark(PRUNED, hollow=True),
    "q": Mark(QUANT, striped=True),
    "!": Mark(HIGHLIGHT),
    "c": Mark(CACHE),
    "t": Mark(TOKEN),
    "o": Mark(TOKEN, round=True),
    "x": Mark(PRUNED, round=True, hollow=True),
    "*": Mark(HIGHLIGHT, round=True),
    "k": Mark(CACHE, round=True),
}


def pattern(rows: int, columns: int, mark: Callable[[int, int], str]) -> str:
    """Write the pattern of a grid from a rule: `mark(row, column)` names each cell."""
    return " ".join("".join(mark(r, c) for c in range(columns)) for r in range(rows))


def extent(count: int, cell: float = 16, gap: float = 4) -> float:
    """Return the length of `count` cells with gaps between them."""
    return count * cell + (count - 1) * gap


def grid(x: float, y: float, rows: str, cell: float = 16, gap: float = 4) -> Shape:
    """Draw a grid from a pattern: rows parted by spaces, a character of MARKS per cell.

    `_` leaves a cell empty. All cells of a kind become one path, which keeps files
    small; the round line join gives squares their soft corners. Without a gap, cells touch.
    """
    places: dict[str, list[Point]] = {}
    for r, row in enumerate(rows.split()):
        for c, kind in enumerate(row):
            if kind != "_":
                places.setdefault(kind, []).append((x + c * (cell + gap), y + r * (cell + gap)))
    join = "round" if gap else "miter"
    return group(*(_cells(MARKS[kind], places[kind], cell, join) for kind in MARKS if kind in places))


def _cells(mark: Mark, places: Sequence[Point], cell: float, join: str) -> Shape:
    stroke = 2.0
    inner = cell - stroke
    half = stroke / 2
    n = number
    if mark.round:
        r = inner / 2
        arc = f"a{n(r)} {n(r)} 0 1 0"
        d = "".join(f"M{n(px + half)} {n(py + cell / 2)}{arc} {n(inner)} 0{arc} {n(-inner)} 0z" for px, py in places)
    else:
        d = "".join(f"M{n(px + half)} {n(py + half)}h{n(inner)}v{n(inner)}h{n(-inner)}z" for px, py in places)
    body = shape(
        "path",
        d=d,
        fill=SHADE if mark.hollow else mark.colour,
        stroke=mark.colour,
        stroke_width=stroke,
        stroke_linejoin=join,
    )
    if not mark.striped:
        return body
    stripes = "".join(f"M{n(px)} {n(py + cell / 2)}h{n(cell)}" for px, py in places)
    return group(body, shape("path", d=stripes, stroke=CARD, stroke_width=max(2.0, cell / 7)))


# Blocks ------------------------------------------------------------------------------


def block(x: float, y: float, width: float, height: float, colour: str = KEPT, rx: float = 4) -> Shape:
    """Draw a filled block: a whole matrix, a layer, a bar."""
    return shape("rect", x=x, y=y, width=width, height=height, rx=rx, fill=colour)


def frame(
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str = INK,
    stroke: float = 3,
    fill: str = "none",
    rx: float = 6,
) -> Shape:
    """Draw an outline just inside the given rectangle: a container."""
    return shape(
        "rect",
        x=x + stroke / 2,
        y=y + stroke / 2,
        width=width - stroke,
        height=height - stroke,
        rx=rx,
        fill=fill,
        stroke=colour,
        stroke_width=stroke,
    )


def hollow(x: float, y: float, width: float, height: float, rx: float = 3) -> Shape:
    """Draw a block that is pruned."""
    return frame(x, y, width, height, PRUNED, 2, SHADE, rx)


def striped(x: float, y: float, width: float, height: float, pitch: float = 12) -> Shape:
    """Draw a block that is quantised: few levels, hence stripes `pitch` apart."""
    count = round(height / pitch)
    step = height / count
    stripes = "".join(f"M{number(x)} {number(y + step * i)}h{number(width)}" for i in range(1, count))
    return group(
        block(x, y, width, height, QUANT, 3),
        shape("path", d=stripes, stroke=CARD, stroke_width=3),
    )


def polygon(points: Iterable[Point], colour: str, **more: float | str) -> Shape:
    """Draw a filled polygon with soft corners."""
    path = " ".join(f"{number(px)} {number(py)}" for px, py in points)
    look: dict[str, float | str] = {
        "fill": colour,
        "stroke": colour,
        "stroke_width": 2,
        "stroke_linejoin": "round",
    }
    return shape("polygon", points=path, **{**look, **more})


def factors(x: float, y: float, side: float, rank: float, colour: str = HIGHLIGHT) -> Shape:
    """Draw two low-rank factors: a tall one, and a wide one beside its top."""
    return group(
        block(x, y, rank, side, colour),
        block(x + rank + 6, y, side, rank, colour),
    )


def adapter(x: float, y: float, width: float, height: float, colour: str = HIGHLIGHT) -> Shape:
    """Draw a low-rank adapter: two trapezia that narrow to the rank between them."""
    right, middle, third = x + width, y + height / 2, width / 3
    return group(
        *(
            polygon(
                [
                    (x + 1, edge),
                    (right - 1, edge),
                    (right - third, middle + gap),
                    (x + third, middle + gap),
                ],
                colour,
            )
            for edge, gap in [(y + 1, -4), (y + height - 1, 4)]
        )
    )


def layers(x: float, y: float, kept: Sequence[float], full: float, height: float = 18, gap: float = 6) -> Shape:
    """Draw a stack of layers: of each the kept width, and hollow the rest of `full`."""
    shapes = []
    for i, width in enumerate(kept):
        top = y + i * (height + gap)
        if width < full:
            shapes.append(hollow(x, top, full, height))
        if width:
            shapes.append(block(x, top, width, height))
    return group(*shapes)


def bars(
    x: float,
    base: float,
    heights: Sequence[float],
    colours: str | Sequence[str] = KEPT,
    width: float = 16,
    gap: float = 4,
) -> Shape:
    """Draw upright bars on a base line; one colour for all, or one for each.

    A bar in the colour PRUNED is hollow.
    """
    each = [colours] * len(heights) if isinstance(colours, str) else colours
    return group(
        *(
            hollow(x + i * (width + gap), base - height, width, height)
            if colour == PRUNED
            else block(x + i * (width + gap), base - height, width, height, colour, 3)
            for i, (height, colour) in enumerate(zip(heights, each, strict=True))
        )
    )


# Lines, arrows, curves ---------------------------------------------------------------


def _path(d: str, colour: str, width: float, *, dashed: bool = False) -> Shape:
    dash: dict[str, float | str] = {"stroke_dasharray": f"{number(width * 2)}"} if dashed else {}
    cap = "butt" if dashed else "round"
    return shape(
        "path",
        d=d,
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_linecap=cap,
        stroke_linejoin="round",
        **dash,
    )


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def line(*points: Point, colour: str = INK, width: float = 3, dashed: bool = False) -> Shape:
    """Draw a line through the points."""
    return _path("M" + "L".join(map(_at, points)), colour, width, dashed=dashed)


def lines(
    pairs: Iterable[tuple[Point, Point]],
    colour: str = INK,
    width: float = 3,
    *,
    dashed: bool = False,
) -> Shape:
    """Draw many separate lines as one path."""
    return _path("".join(f"M{_at(a)}L{_at(b)}" for a, b in pairs), colour, width, dashed=dashed)


def curve(*points: Point, colour: str = INK, width: float = 4, dashed: bool = False) -> Shape:
    """Draw a smooth curve through the points (a Catmull-Rom spline)."""
    d = "M" + _at(points[0])
    last = len(points) - 1
    for i in range(last):
        before, start, end, after = (points[max(0, min(last, i + k))] for k in (-1, 0, 1, 2))
        lead = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        trail = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        d += f"C{_at(lead)} {_at(trail)} {_at(end)}"
    return _path(d, colour, width, dashed=dashed)


def arrow(*points: Point, colour: str = INK, width: float = 4, bulge: float = 0, dashed: bool = False) -> Shape:
    """Draw an arrow along straight pieces, or, with a `bulge`, along one arc.

    The arc bends to the left of the way from the first point to the last when
    `bulge` is above zero (to the right when below), by about half its value.
    """
    *_, before, end = points
    bend = ""
    if bulge:
        start = points[0]
        span = math.dist(start, end)
        before = (
            (start[0] + end[0]) / 2 + bulge * (end[1] - start[1]) / span,
            (start[1] + end[1]) / 2 - bulge * (end[0] - start[0]) / span,
        )
        bend = f"Q{_at(before)} "
    length = math.dist(before, end)
    ux, uy = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    head, half = width * 2.6, width * 1.7
    neck = (end[0] - ux * head, end[1] - uy * head)
    shaft = "M" + _at(points[0]) + bend + _at(neck) if bulge else "M" + "L".join(map(_at, [*points[:-1], neck]))
    return group(
        _path(shaft, colour, width, dashed=dashed),
        polygon(
            [
                end,
                (neck[0] - uy * half, neck[1] + ux * half),
                (neck[0] + uy * half, neck[1] - ux * half),
            ],
            colour,
        ),
    )


def bell(
    x: float,
    base: float,
    width: float,
    height: float,
    colour: str = INK,
    *,
    stroke: float = 4,
    dashed: bool = False,
) -> Shape:
    """Draw a bell curve that stands on a base line and is `width` wide."""
    points = [(x + width * i / 16, base - height * math.exp(-(((i - 8) / 3.2) ** 2))) for i in range(17)]
    return curve(*points, colour=colour, width=stroke, dashed=dashed)


def axes(x: float, y: float, width: float, height: float) -> Shape:
    """Draw the two axes of a chart whose origin is at (x, y)."""
    return line((x, y - height), (x, y), (x + width, y))


# Small things --------------------------------------------------------------------------


def dot(x: float, y: float, r: float = 8, colour: str = TOKEN) -> Shape:
    """Draw a filled circle: a token, an activation, a point of a chart."""
    return shape("circle", cx=x, cy=y, r=r, fill=colour)


def ring(x: float, y: float, r: float = 8, colour: str = PRUNED, stroke: float = 2, fill: str = SHADE) -> Shape:
    """Draw an open circle: something left out, unless its colour says otherwise."""
    return shape("circle", cx=x, cy=y, r=r, fill=fill, stroke=colour, stroke_width=stroke)


def label(
    x: float,
    y: float,
    text: str,
    size: float = 18,
    colour: str = INK,
    anchor: Literal["start", "middle", "end"] = "middle",
) -> Shape:
    """Write a short label, centred on the height `y`."""
    return words(
        "text",
        text,
        x=x,
        y=y + size * 0.35,
        fill=colour,
        font_size=size,
        font_weight="600",
        font_family="system-ui, sans-serif",
        text_anchor=anchor,
    )


def plus(x: float, y: float, r: float = 8, colour: str = INK) -> Shape:
    """Draw a plus sign."""
    return lines([((x - r, y), (x + r, y)), ((x, y - r), (x, y + r))], colour, 4)


def times(x: float, y: float, r: float = 6, colour: str = INK) -> Shape:
    """Draw a multiplication sign."""
    return lines([((x - r, y - r), (x + r, y + r)), ((x - r, y + r), (x + r, y - r))], colour, 4)


def equals(x: float, y: float, r: float = 9, colour: str = INK) -> Shape:
    """Draw an equals sign."""
    return lines([((x - r, y - 5), (x + r, y - 5)), ((x - r, y + 5), (x + r, y + 5))], colour, 4)


def lock(x: float, y: float, colour: str = INK) -> Shape:
    """Draw a padlock centred on (x, y): these weights stay frozen."""
    return group(
        _path(f"M{_at((x - 6, y - 1))}v-5a6 6 0 0 1 12 0v5", colour, 3.5),
        block(x - 10, y - 2, 20, 15, colour, 3),
    )
