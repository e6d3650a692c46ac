"""Covers on attention, context and the KV cache."""

from __future__ import annotations

import math

from parts import (
    CACHE,
    CARD,
    HIGHLIGHT,
    PRUNED,
    SHADE,
    TOKEN,
    Point,
    arrow,
    block,
    cover,
    dot,
    frame,
    grid,
    hollow,
    label,
    line,
    lines,
    pattern,
    polygon,
)
from svg import Shape, group


@cover(
    "notes/2022/flashattention/cover.svg",
    "FlashAttention",
    "The attention matrix is never stored: one tile at a time, from a block of queries and a"
    " block of keys, is worked on in small fast memory above large slow memory.",
)
def flash_attention() -> list[Shape]:
    """One tile of a matrix that is never written out."""
    tile = (2, 4)
    return [
        grid(28, 62, "t t t t t", 18, 5),
        grid(58, 32, "ttttt", 18, 5),
        grid(58, 62, pattern(5, 5, lambda r, c: "!" if (r, c) == tile else "."), 18, 5),
        arrow((174, 110), (208, 70), colour=HIGHLIGHT, width=5),
        block(212, 32, 84, 44, CACHE),
        label(254, 54, "SRAM", 20, CARD),
        arrow((242, 108), (242, 82)),
        arrow((266, 82), (266, 108)),
        block(196, 112, 100, 60, CACHE),
        label(246, 142, "HBM", 20, CARD),
    ]


@cover(
    "notes/2023/adaptively_sparse_attention/adaptively_sparse_attention.svg",
    "Dynamic context pruning",
    "A causal attention map, one row for each new token. Some tokens are dropped on the way:"
    " from then on their column stays empty for all later rows.",
)
def adaptively_sparse_attention() -> list[Shape]:
    """Columns of the causal triangle that end early."""
    dropped = {1: 4, 3: 6, 4: 7, 6: 8, 2: 9}

    def mark(row: int, column: int) -> str:
        if column > row:
            return "_"
        end = dropped.get(column, 10)
        return "t" if row < end else "!" if row == end else "."

    return [grid(87, 26, pattern(10, 10, mark), 12, 3)]


@cover(
    "notes/2023/diffuser/diffuser.svg",
    "Diffuser",
    "Tokens on a ring with a few links each. A message reaches a token far away in three hops"
    " along sparse links instead of one dense one.",
)
def diffuser() -> list[Shape]:
    """Many hops over a sparse graph."""
    at: list[Point] = [
        (160 + 118 * math.cos(math.tau * k / 12), 100 + 66 * math.sin(math.tau * k / 12)) for k in range(12)
    ]
    links = [(k, (k + 1) % 12) for k in range(12)] + [(8, 0), (4, 7), (11, 5)]
    route = [at[k] for k in (6, 9, 3, 1)]
    return [
        lines([(at[a], at[b]) for a, b in links], PRUNED, 3),
        *(dot(x, y, 10) for x, y in at),
        line(*route, colour=HIGHLIGHT, width=7),
        *(dot(x, y, 10, HIGHLIGHT) for x, y in route[1:3]),
        dot(*route[0], 15, HIGHLIGHT),
        dot(*route[3], 15, HIGHLIGHT),
    ]


@cover(
    "notes/2023/selective_context/selective_context.svg",
    "Selective Context",
    "Lines of text as blocks of words. Blocks that carry little information are left out, and"
    " the text that remains is much shorter.",
)
def selective_context() -> list[Shape]:
    """A text before and after filtering."""
    text = [
        [(44, 1), (40, 0), (48, 0)],
        [(28, 0), (40, 1), (64, 0)],
        [(66, 0), (30, 0), (36, 1)],
        [(70, 0), (28, 1), (34, 0)],
    ]
    shapes = []
    for i, words in enumerate(text):
        x = 24
        for width, told in words:
            y = 34 + i * 36
            shapes.append(block(x, y, width, 22, TOKEN) if told else hollow(x, y, width, 22))
            x += width + 6
    return [
        *shapes,
        arrow((174, 100), (198, 100), width=5),
        block(206, 70, 44, 22, TOKEN),
        block(256, 70, 40, 22, TOKEN),
        block(206, 106, 36, 22, TOKEN),
        block(248, 106, 28, 22, TOKEN),
    ]


def causal(x: float, y: float, count: int, cell: float, mark: str, chosen: list[set[int]]) -> Shape:
    """Draw a causal map as a triangle, with the chosen columns of each row filled."""
    side = count * cell
    return group(
        polygon([(x, y), (x + side, y + side), (x, y + side)], SHADE, stroke=PRUNED),
        grid(x, y, pattern(count, count, lambda r, c: mark if c in chosen[r] and c <= r else "_"), cell, 0),
    )


@cover(
    "notes/2024/MInference/MInference_3shape.svg",
    "MInference: three sparse shapes",
    "Three causal attention maps: an A shape of first tokens and a local band, a map of"
    " vertical and slanting lines, and one of scattered blocks.",
)
def minference() -> list[Shape]:
    """A shape, vertical and slash, blocks."""
    n, cell = 12, 7
    a_shape = [{0, 1} | {r, r - 1, r - 2} for r in range(n)]
    slash = [{2, 6} | {r, r - 4, r - 5} for r in range(n)]
    places = {(0, 0), (1, 1), (2, 2), (3, 3), (2, 0), (3, 1)}
    blocks = [{c for c in range(n) if (r // 3, c // 3) in places} for r in range(n)]
    return [causal(24 + i * 94, 58, n, cell, "t", chosen) for i, chosen in enumerate([a_shape, slash, blocks])]


@cover(
    "notes/2024/Quest/quest.svg",
    "Quest",
    "Six pages of the KV cache, each with a bar from the minimum to the maximum of its keys."
    " A query scores these bounds and reads only the two best pages.",
)
def quest() -> list[Shape]:
    """Pages with bounds, a query that picks two."""
    bounds = [(76, 110), (44, 92), (84, 118), (66, 96), (40, 104), (88, 112)]
    chosen = (1, 4)
    shapes: list[Shape] = []
    for i, (top, bottom) in enumerate(bounds):
        x = 26 + i * 46
        good = i in chosen
        colour = HIGHLIGHT if good else CACHE
        shapes += [
            frame(x, 24, 38, 106, colour, 5 if good else 3),
            line((x + 11, top), (x + 27, top), colour=colour, width=4),
            line((x + 11, bottom), (x + 27, bottom), colour=colour, width=4),
            line((x + 19, top), (x + 19, bottom), colour=colour, width=6),
        ]
    return [
        *shapes,
        arrow((160, 166), (95, 136), colour=HIGHLIGHT, width=4),
        arrow((160, 166), (224, 136), colour=HIGHLIGHT, width=4),
        dot(160, 166, 12),
    ]


@cover(
    "notes/2024/streaming-llm/cover.svg",
    "StreamingLLM",
    "The cache at four moments of a stream: the first two tokens, the attention sinks, always"
    " stay; a window of the latest four slides along; all between is evicted.",
)
def streaming_llm() -> list[Shape]:
    """Sinks stay, the window moves."""
    rows = ["**" + "x" * evicted + "kkkk" for evicted in (0, 2, 4, 6)]
    return [grid(28, 32 + 38 * i, row, 18, 4.35) for i, row in enumerate(rows)]
