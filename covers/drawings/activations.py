"""Covers on activations: zeros, outliers, and work that depends on the input."""

from __future__ import annotations

from parts import (
    HIGHLIGHT,
    PRUNED,
    SHADE,
    TOKEN,
    arrow,
    axes,
    block,
    cover,
    curve,
    dot,
    extent,
    grid,
    label,
    line,
    pattern,
    polygon,
)
from svg import Shape


@cover(
    "notes/2023/dejavu/dejavu.svg",
    "Deja Vu: contextual sparsity",
    "Two different inputs each pass through a small predictor, which picks the few neurons"
    " that this input needs; the two choices differ.",
)
def dejavu() -> list[Shape]:
    """The input decides which weights are used."""
    rows = [(56, "#..#.. .#...#"), (144, "..#..# #...#.")]
    return [
        shape
        for y, units in rows
        for shape in (
            dot(40, y, 14),
            arrow((58, y), (76, y)),
            polygon([(82, y - 10), (112, y - 26), (112, y + 26), (82, y + 10)], HIGHLIGHT),
            arrow((118, y), (138, y), colour=HIGHLIGHT),
            grid(148, y - 24, units, 21, 5),
        )
    ]


@cover(
    "notes/ReLU_Strikes_Back.svg",
    "ReLU strikes back",
    "A smooth activation function, dashed, is replaced by ReLU, which is exactly zero for"
    " every negative input: below, most activations are empty circles.",
)
def relu_strikes_back() -> list[Shape]:
    """A hinge, and the zeros it makes."""
    return [
        line((28, 122), (292, 122)),
        line((172, 28), (172, 132)),
        curve((32, 126), (80, 130), (120, 136), (146, 134), (172, 122), (204, 92), (240, 58), (268, 30),
              colour=PRUNED, width=4, dashed=True),
        line((32, 122), (172, 122), (264, 28), colour=HIGHLIGHT, width=7),
        grid(32, 148, "xxxxxooo", 22, 12),
    ]  # fmt: skip


@cover(
    "notes/2024/ReLU2/activation.svg",
    "ReLU² wins",
    "Quality against activation sparsity for four activation functions: three fall early, the"
    " squared ReLU holds its quality up to the highest sparsity.",
)
def relu2() -> list[Shape]:
    """One curve outlasts the others."""
    return [
        axes(36, 172, 260, 144),
        *(curve((44, 52), (a, 54), (a + 34, 84), (a + 54, 158), colour=PRUNED, width=5) for a in (64, 100, 136)),
        curve((44, 48), (160, 48), (220, 54), (262, 88), (284, 158), colour=HIGHLIGHT, width=7),
        label(236, 30, "ReLU²", 20),
    ]


@cover(
    "notes/2024/ProSparse/prosparse.svg",
    "ProSparse",
    "The strength of a sparsity penalty rises smoothly in stages, and with every stage fewer neurons stay active.",
)
def prosparse() -> list[Shape]:
    """Four stages, each sparser than the last."""
    stages = ["ooo ooo oxo ooo", "oxo xoo oox oxo", "xox oxx xxo xox", "xxo xxx oxx xxx"]
    return [
        *(grid(28 + i * 72, 24, units, 14, 3) for i, units in enumerate(stages)),
        curve((28, 172), (46, 170), (62, 162), (78, 158), (100, 158), (118, 156), (134, 146), (150, 142),
              (172, 142), (190, 140), (206, 130), (222, 126), (292, 126), colour=HIGHLIGHT, width=6),
    ]  # fmt: skip


@cover(
    "notes/2024/Q-Sparse/q-sparse.svg",
    "Q-Sparse",
    "Of eight activations the three largest are kept, so only three columns of the weights are"
    " read. A straight arrow takes the gradient past the selection.",
)
def q_sparse() -> list[Shape]:
    """Top-K activations choose columns; the gradient goes straight through."""
    row = "xoxxoxox"
    used = pattern(4, 8, lambda _, c: "#" if row[c] == "o" else ".")
    return [
        grid(28, 28, row, 22, 6),
        grid(28, 66, used, 22, 6),
        arrow((278, 172), (278, 28), colour=HIGHLIGHT, width=6, dashed=True),
    ]


@cover(
    "notes/2024/SAS/sas.svg",
    "SAS: structured activation sparsification",
    "Each dense activation is sent to one of four slots of a wider vector, and so picks one of"
    " four columns of weights: more weights, the same work.",
)
def sas() -> list[Shape]:
    """A dense vector becomes a wide one with one value in each group."""
    shapes = []
    for i, slot in enumerate([1, 3, 0]):
        x = 24 + i * 98
        centre = x + extent(4) / 2
        column = "." * slot + "#" + "." * (3 - slot)
        shapes += [
            dot(centre, 36, 12),
            arrow((centre, 50), (x + 8 + 20 * slot, 76), colour=HIGHLIGHT),
            grid(x, 80, column.translate({ord("."): "x", ord("#"): "o"})),
            grid(x, 110, " ".join([column] * 3)),
        ]
    return shapes


@cover(
    "notes/2024/massive-activations/massive_act.svg",
    "Massive activations",
    "A plane of small activations, from which two huge ones rise.",
)
def massive_activations() -> list[Shape]:
    """A landscape that is flat but for two spikes."""
    shapes: list[Shape] = [
        polygon([(92, 110), (296, 110), (228, 174), (24, 174)], SHADE, stroke=PRUNED),
    ]
    spikes = {(0, 6): 84, (2, 3): 124}
    for row in range(4):
        for column in range(9):
            x = 88 + column * 22 - row * 17
            y = 122 + row * 15
            height = spikes.get((row, column), 6 + (row * 5 + column * 3) % 7)
            tall = (row, column) in spikes
            shapes.append(block(x, y - height, 12, height, HIGHLIGHT if tall else TOKEN, 2))
    return shapes


@cover(
    "notes/2023/SparseViT/sparsevit.svg",
    "SparseViT",
    "An image cut into windows. Windows with little activation are skipped; the others are"
    " gathered into a small dense batch.",
)
def sparsevit() -> list[Shape]:
    """Windows that matter, gathered."""
    image = "...... ..tt.. .tttt. .tttt. .t..t. ......"
    return [
        grid(28, 36, image, 18, 4),
        arrow((170, 100), (198, 100), width=5),
        grid(212, 58, "ttt ttt ttt ttt", 18, 4),
    ]
