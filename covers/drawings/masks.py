"""Covers on which weights to remove, and what is done about the loss."""

from __future__ import annotations

from parts import (
    CARD,
    HIGHLIGHT,
    INK,
    KEPT,
    PRUNED,
    arrow,
    bars,
    block,
    cover,
    curve,
    dot,
    equals,
    frame,
    grid,
    hollow,
    label,
    line,
    lines,
    lock,
    pattern,
    ring,
    times,
)
from svg import Shape, shape


@cover(
    "notes/2020/movement_pruning/mp.svg",
    "Movement pruning",
    "Weights on a number line while they are fine-tuned: those that move away from zero"
    " are kept, however small; those that move towards zero are pruned, however large.",
)
def movement_pruning() -> list[Shape]:
    """Four weights as arrows about a line at zero."""
    away = [(40, 134, 36), (72, 192, 288)]
    towards = [(104, 284, 182), (136, 36, 138)]
    return [
        line((160, 24), (160, 152), dashed=True),
        label(160, 168, "0", 20),
        *(arrow((start, y), (end, y), width=6, colour=KEPT) for y, start, end in away),
        *(dot(start, y, 10, KEPT) for y, start, _ in away),
        *(arrow((start, y), (end, y), width=6, colour=PRUNED) for y, start, end in towards),
        *(ring(start, y, 9, stroke=3) for y, start, _ in towards),
    ]


@cover(
    "notes/2021/sr-ste/sr-ste.svg",
    "SR-STE",
    "Two groups of four weights, drawn as bars. In each the two largest are kept; arrows"
    " press the other two towards zero while training goes on.",
)
def sr_ste() -> list[Shape]:
    """Bars in groups of four, with a decay on those that the mask leaves out."""
    groups = [(32, [96, 44, 76, 24]), (176, [36, 84, 56, 104])]
    shapes = []
    for x, heights in groups:
        kept = sorted(heights)[2:]
        shapes += [
            bars(x, 140, heights, [KEPT if h in kept else PRUNED for h in heights], 22, 8),
            *(
                arrow((x + 11 + i * 30, 140 - h - 40), (x + 11 + i * 30, 140 - h - 6), colour=HIGHLIGHT, width=5)
                for i, h in enumerate(heights)
                if h not in kept
            ),
            line((x, 146), (x, 152), (x + 112, 152), (x + 112, 146)),
            label(x + 56, 168, "2 : 4", 20),
        ]
    return shapes


@cover(
    "notes/2023/smp/smp.svg",
    "SMP: pruning without fine-tuning",
    "A locked matrix of weights times a learned mask gives a sparse matrix: only the mask is trained.",
)
def smp() -> list[Shape]:
    """Frozen weights, a learned stencil, their product."""
    mask = "!!.! .!.. !.!! ..!."
    return [
        grid(24, 48, "#### #### #### ####", 14),
        times(109, 82, 7),
        grid(126, 48, mask, 14),
        equals(211, 82),
        grid(228, 48, mask.replace("!", "#"), 14),
        lock(58, 144),
        arrow((160, 168), (160, 126), colour=HIGHLIGHT, width=5),
    ]


@cover(
    "notes/2023/sms/sms.svg",
    "Sparse model soups",
    "Three sparse models that share one mask are poured into a bowl: their average keeps the mask.",
)
def sms() -> list[Shape]:
    """Three equal masks above, their average in a bowl below."""
    mask = "#.##. .##.# ##..#"
    return [
        *(grid(x, 28, mask, 11, 3) for x in (32, 126.5, 221)),
        arrow((66, 76), (106, 100), colour=HIGHLIGHT),
        arrow((160, 76), (160, 100), colour=HIGHLIGHT),
        arrow((254, 76), (214, 100), colour=HIGHLIGHT),
        shape(
            "path",
            d="M56 108h208c0 44-40 69-104 69s-104-25-104-69z",
            fill=CARD,
            stroke=INK,
            stroke_width=5,
            stroke_linejoin="round",
        ),
        grid(114.5, 115, mask, 15, 4),
    ]


@cover(
    "notes/2023/GBLM-Pruner/gblm-pruner.svg",
    "GBLM-Pruner",
    "Two weights of equal size on two loss curves. Where the loss is steep at the weight,"
    " the gradient is large and the weight is kept; where it is flat, it is pruned.",
)
def gblm_pruner() -> list[Shape]:
    """The same weight under a steep and under a flat loss."""
    return [
        curve((52, 28), (62, 56), (84, 90), (112, 112), (144, 120), width=5),
        line((54, 56), (114, 124), colour=HIGHLIGHT, width=5),
        dot(84, 90, 10, HIGHLIGHT),
        block(68, 142, 32, 32),
        line((160, 28), (160, 172), colour=PRUNED, width=2, dashed=True),
        curve((176, 98), (204, 114), (236, 120), (268, 114), (296, 98), width=5),
        line((192, 120), (280, 120), colour=HIGHLIGHT, width=5),
        dot(236, 120, 10, HIGHLIGHT),
        hollow(220, 142, 32, 32),
    ]


@cover(
    "notes/Plug-and-Play.svg",
    "RIA: relative importance and activations",
    "Left: one weight is judged against its whole row and its whole column. Right: the"
    " important channels are permuted so that each group of four holds two of them.",
)
def ria() -> list[Shape]:
    """A cross in a matrix; a permutation of channels into 2:4 groups."""
    goes = [0, 1, 4, 5, 2, 3, 6, 7]
    chosen = range(4)

    def middle(i: int) -> float:
        return 167 + (i // 4) * 71 + (i % 4) * 17

    return [
        grid(28, 51, pattern(5, 5, lambda r, c: "!" if (r, c) == (2, 3) else "#"), 16, 4),
        frame(22, 85, 108, 28, HIGHLIGHT),
        frame(82, 45, 28, 108, HIGHLIGHT),
        grid(160, 44, "####", 14, 3),
        grid(231, 44, "....", 14, 3),
        lines([((middle(i), 64), (middle(to), 128)) for i, to in enumerate(goes) if i not in chosen], PRUNED, 2),
        lines([((middle(i), 64), (middle(to), 128)) for i, to in enumerate(goes) if i in chosen], HIGHLIGHT, 3),
        grid(160, 134, "##..", 14, 3),
        grid(231, 134, "##..", 14, 3),
        lines([((160, 158), (225, 158)), ((231, 158), (296, 158))]),
    ]


@cover(
    "notes/2024/DSnoT/dsnot.svg",
    "Dynamic sparse, no training",
    "Three rows of a sparse weight matrix. In each, one kept weight is dropped and one"
    " pruned weight is grown in its place; nothing is trained.",
)
def dsnot() -> list[Shape]:
    """One swap for each row: an arc from what leaves to what comes back."""
    rows = [(46, "#.##!#..#", 1, 4), (98, "!##..#.##", 3, 0), (150, "#..##.#!#", 5, 7)]
    return [
        shape
        for y, row, out, back in rows
        for shape in (
            grid(33, y, row, 22, 7),
            arrow((44 + out * 29, y - 3), (44 + back * 29, y - 3), colour=HIGHLIGHT, bulge=32 if back > out else -32),
        )
    ]


@cover(
    "notes/2024/SDS/sds.svg",
    "Sparse-dense-sparse",
    "A sparse matrix is made dense again by growing the pruned weights back, and is then"
    " pruned a second time, to a better mask.",
)
def sds() -> list[Shape]:
    """Three matrices in a row."""
    first = "#.#.# .##.. #..## .#.#. ##..#"
    return [
        grid(24, 48, first, 12, 3),
        arrow((102, 84), (118, 84)),
        grid(124, 48, first.replace(".", "!"), 12, 3),
        arrow((202, 84), (218, 84)),
        grid(224, 48, "##..# #..#. .##.# #.#.. .#.##", 12, 3),
        *(label(x, 146, text, 18) for x, text in [(60, "sparse"), (160, "dense"), (260, "sparse")]),
    ]


@cover(
    "notes/2024/SPP/spp.svg",
    "SPP: sparsity-preserved fine-tuning",
    "A learned column and a learned row multiply a sparse matrix element by element: zeros stay zeros.",
)
def spp() -> list[Shape]:
    """A sparse matrix with one learned vector along each side."""
    return [
        times(94, 34, 7),
        grid(84, 56, "! ! ! ! ! !"),
        grid(116, 24, "!!!!!!"),
        grid(116, 56, "##..#. #.##.. .#..## ..##.# #..#.# .##.#."),
    ]


@cover(
    "notes/2024/Sparse-IFT/sparseIFT.svg",
    "Sparse iso-FLOP transformations",
    "A small dense matrix of sixteen weights equals, in arithmetic, a matrix four times"
    " as large of which sixteen weights are kept.",
)
def sparse_ift() -> list[Shape]:
    """Sixteen weights, packed and spread."""
    spread = "#....#.. ..#....# ...#.#.. #.....#. .#..#... ..#....# #..#.... ....#.#."
    return [
        grid(28, 58, "#### #### #### ####", 18, 4),
        equals(138, 100, 10),
        grid(164, 34, spread, 13, 4),
    ]


@cover(
    "notes/2022/ComplementarySparsity/cover.svg",
    "Complementary sparsity",
    "Four sparse kernels whose non-zero weights never fall on the same place are overlaid to make one dense kernel.",
)
def complementary_sparsity() -> list[Shape]:
    """Four kernels with disjoint masks, packed into one; one is followed by colour."""

    def kernel(k: int) -> str:
        """The places of kernel `k` in a four by four Latin square."""
        return pattern(4, 4, lambda r, c: "!#"[k > 0] if (c + 2 * r + r // 2) % 4 == k else ".")

    packed = pattern(4, 4, lambda r, c: "#" if (c + 2 * r + r // 2) % 4 else "!")
    return [
        *(grid(26 + 67 * (k % 2), 40 + 67 * (k // 2), kernel(k), 11, 3) for k in range(4)),
        arrow((158, 100), (184, 100), width=5),
        grid(196, 50.5, packed, 21, 5),
    ]


@cover(
    "notes/2024/owl/cover.svg",
    "OWL: outlier-weighed layerwise sparsity",
    "Six layers as bars. Layers with many outliers, drawn as dots, keep more of their"
    " weights; layers with few are pruned further.",
)
def owl() -> list[Shape]:
    """Outliers on the left decide how much of each bar on the right stays."""
    outliers = [4, 3, 1, 2, 1, 3]
    shapes = []
    for i, count in enumerate(outliers):
        y = 26 + i * 26
        shapes += [
            *(dot(88 - k * 18, y + 9, 7, HIGHLIGHT) for k in range(count)),
            hollow(112, y, 184, 18),
            block(112, y, 36 + 32 * count, 18),
        ]
    return shapes


@cover(
    "notes/2023/SquareHead/cover.svg",
    "SquareHead distillation",
    "A dense teacher beside its sparse student: every layer of the student is tied to the"
    " same layer of the teacher by a squared loss.",
)
def squarehead() -> list[Shape]:
    """Four layers, four links."""
    student = ["#.#.#", ".##.#", "#..##", "##.#."]
    return [
        shape
        for i, mask in enumerate(student)
        for y in [27 + i * 40]
        for shape in (
            block(28, y, 96, 26),
            line((130, y + 13), (190, y + 13), colour=HIGHLIGHT),
            block(149, y + 2, 22, 22, HIGHLIGHT, 2),
            grid(196, y + 5, mask, 16, 4),
        )
    ]


@cover(
    "notes/2022/spdy/cover.svg",
    "SPDY: pruning with speedup guarantees",
    "A lattice with a column for each layer and a row for each sparsity. A path picks one"
    " sparsity for each layer so that the layers' times just fill a budget.",
)
def spdy() -> list[Shape]:
    """A path of dynamic programming, and the budget it must meet."""
    levels = [1, 0, 2, 3, 2, 4]
    xs = [38 + 49 * i for i in range(6)]
    path = [(x, 32 + 24 * level) for x, level in zip(xs, levels, strict=True)]
    times_taken = [52, 62, 40, 30, 40, 20]
    starts = [24 + sum(times_taken[:i]) + 4 * i for i in range(6)]
    return [
        *(ring(x, 32 + 24 * j, 5) for x in xs for j in range(5) if (x, 32 + 24 * j) not in path),
        line(*path, colour=HIGHLIGHT, width=5),
        *(dot(x, y, 9, HIGHLIGHT) for x, y in path),
        *(block(x, 152, w, 20) for x, w in zip(starts, times_taken, strict=True)),
        line((294, 144), (294, 180), width=4),
    ]
