"""Covers on removing whole structures: heads, neurons, channels, layers, tokens' work."""

from __future__ import annotations

from parts import (
    CARD,
    HIGHLIGHT,
    INK,
    KEPT,
    PRUNED,
    SHADE,
    TOKEN,
    Point,
    arrow,
    axes,
    bell,
    block,
    cover,
    curve,
    dot,
    frame,
    grid,
    hollow,
    label,
    layers,
    line,
    lines,
    plus,
    polygon,
    ring,
)
from svg import Shape, group


@cover(
    "notes/2022/fisherpruning/cover.svg",
    "A fast post-training pruning framework",
    "A mask over heads and filters in three steps: found by search, rearranged by"
    " swapping, and tuned from ones and zeros to real values.",
)
def fisher_pruning() -> list[Shape]:
    """Search, rearrange, tune: the same seven units three times."""
    tuned = [34, 26, 0, 38, 0, 0, 30]
    x = 34
    return [
        grid(x, 24, "#.##..#", 30, 7),
        arrow((x + 52, 58), (x + 89, 86), colour=PRUNED),
        arrow((x + 89, 58), (x + 52, 86), colour=HIGHLIGHT),
        grid(x, 90, "##.#..#", 30, 7),
        *(
            block(x + i * 37, 174 - h, 30, h, HIGHLIGHT) if h else hollow(x + i * 37, 164, 30, 10)
            for i, h in enumerate(tuned)
        ),
    ]


@cover(
    "notes/2023/LLM-Pruner/cover.svg",
    "LLM-Pruner",
    "A small network of three columns of neurons. One hidden neuron is removed, and with it"
    " every weight that leads to it or from it: they depend on each other.",
)
def llm_pruner() -> list[Shape]:
    """A coupled structure: one neuron and all its edges."""
    left = [(44, y) for y in (52, 100, 148)]
    hidden = [(160, y) for y in (34, 78, 122, 166)]
    right = [(276, y) for y in (52, 100, 148)]
    gone = hidden[2]
    stay = [h for h in hidden if h != gone]
    edges = [(a, h) for a in left for h in stay] + [(h, b) for h in stay for b in right]
    coupled = [(a, gone) for a in left] + [(gone, b) for b in right]
    return [
        lines(edges, KEPT, 3),
        lines(coupled, HIGHLIGHT, 4, dashed=True),
        *(dot(x, y, 12) for x, y in [*left, *stay, *right]),
        ring(*gone, 12, HIGHLIGHT, 4),
    ]


@cover(
    "notes/2023/LLM_shearing/cover.svg",
    "Sheared LLaMA",
    "Left: a large stack of layers is cut down to a given smaller shape. Right: as training"
    " goes on, the mix of data shifts towards the domain that lags behind.",
)
def llm_shearing() -> list[Shape]:
    """A target shape inside a big one; a data mix that changes."""
    share = [26, 48, 66, 78]
    shapes = [layers(28, 31, [76, 76, 0, 76, 0, 76], 116)]
    for i, lagging in enumerate(share):
        x = 176 + i * 31
        rest = (138 - lagging - 8) / 2
        shapes += [
            block(x, 31, 23, rest, TOKEN),
            block(x, 35 + rest, 23, rest, TOKEN),
            block(x, 169 - lagging, 23, lagging, HIGHLIGHT),
        ]
    return shapes


@cover(
    "notes/2023/Compresso/cover.svg",
    "Compresso",
    "A speech bubble, the pruning prompt, is put before the input tokens and tells the"
    " model that it is being pruned, while masks remove a different share of each layer.",
)
def compresso() -> list[Shape]:
    """A model that is told what happens to it."""
    return [
        polygon(
            [(30, 36), (140, 36), (140, 104), (78, 104), (58, 126), (58, 104), (30, 104)], HIGHLIGHT, stroke_width=8
        ),
        lines([((46, 54), (124, 54)), ((46, 70), (124, 70)), ((46, 86), (94, 86))], CARD, 5),
        grid(28, 144, "**oooo", 16, 4),
        arrow((152, 152), (180, 152)),
        layers(190, 31, [84, 62, 74, 48, 66, 100], 102),
    ]


@cover(
    "notes/2023/ZipLM/cover.svg",
    "ZipLM",
    "A stopwatch beside four models, each pruned until it runs at a promised speed: once,"
    " twice, four and eight times that of the dense model.",
)
def ziplm() -> list[Shape]:
    """Measured time decides; a family of models comes out."""
    sizes = [(1, 112), (2, 74), (4, 48), (8, 30)]
    cx, cy = 76, 106
    shapes = [
        line((cx, 40), (cx, 60), width=6),
        line((cx - 12, 38), (cx + 12, 38), width=6),
        line((cx + 34, 62), (cx + 40, 56), width=6),
        ring(cx, cy, 46, INK, 6, CARD),
        line((cx, cy), (cx + 20, cy - 24), colour=HIGHLIGHT, width=6),
        dot(cx, cy, 6, HIGHLIGHT),
    ]
    for i, (speed, height) in enumerate(sizes):
        x = 150 + i * 38
        shapes += [
            hollow(x, 32, 30, 112),
            block(x, 144 - height, 30, height),
            label(x + 15, 162, f"{speed}×", 18),
        ]
    return shapes


@cover(
    "notes/nas_pruning/nas_pruning.svg",
    "Structural pruning via architecture search",
    "A chart of error against size: many sub-networks as rings, the best trade-offs joined"
    " to a Pareto front, and one of them drawn as a sub-network.",
)
def nas_pruning() -> list[Shape]:
    """Sub-networks of a super-network on a chart of two objectives."""
    front: list[Point] = [(58, 44), (76, 92), (112, 124), (168, 142), (248, 150)]
    beaten = [(96, 58), (126, 86), (160, 108), (206, 118), (144, 52), (262, 124)]
    return [
        axes(36, 172, 260, 144),
        curve(*front, colour=HIGHLIGHT, width=4),
        *(ring(x, y, 7) for x, y in beaten),
        *(dot(x, y, 9, HIGHLIGHT) for x, y in front),
        line((172, 136), (216, 84), width=2),
        grid(208, 28, "##.# #..# ##.#", 17, 4),
    ]


@cover(
    "notes/2023/gbdt/gbdt.svg",
    "Pruning via an accuracy predictor",
    "Three small decision trees are added up to predict the accuracy that a pruned architecture would have.",
)
def gbdt() -> list[Shape]:
    """A sum of trees, and the accuracy it predicts."""

    def tree(cx: float, leaf: int) -> Shape:
        root, inner = (cx, 36), [(cx - 20, 68), (cx + 20, 68)]
        leaves = [(cx + dx, 102) for dx in (-31, -10, 10, 31)]
        edges = [(root, node) for node in inner]
        edges += [(inner[i // 2], node) for i, node in enumerate(leaves)]
        return group(
            lines(edges, INK, 3),
            line(root, inner[leaf // 2], leaves[leaf], colour=HIGHLIGHT, width=5),
            *(dot(*node, 7, INK) for node in [root, *inner]),
            *(ring(*node, 8) for i, node in enumerate(leaves) if i != leaf),
            dot(*leaves[leaf], 9, HIGHLIGHT),
        )

    return [
        tree(64, 1),
        plus(112, 68),
        tree(160, 3),
        plus(208, 68),
        tree(256, 2),
        label(24, 155, "accuracy", 18, anchor="start"),
        hollow(132, 144, 164, 22),
        block(132, 144, 120, 22),
        line((252, 136), (252, 174), colour=HIGHLIGHT, width=5),
    ]


@cover(
    "notes/2023/grain/grain.svg",
    "GRAIN: gradient-based intra-attention pruning",
    "Four attention heads, each a frame around two columns of units. Single units inside the"
    " heads are pruned, so that the heads end up with different sizes.",
)
def grain() -> list[Shape]:
    """Pruning goes inside the heads."""
    heads = ["## #. ## ## .# ##", "#. .. #. .# .. #.", "## ## .# #. ## ##", ".. .. .. .. .. .."]
    return [
        shape
        for i, units in enumerate(heads)
        for x, edge in [(31 + i * 68, INK if "#" in units else PRUNED)]
        for shape in (
            frame(x, 32, 54, 136, edge),
            grid(x + 9, 42, units),
        )
    ]


@cover(
    "notes/2023/k_pruning/kp.svg",
    "Knowledge-preserving pruning",
    "Left: sub-layers are pruned one after another from the bottom up, the one in hand"
    " outlined. Right: the pruned model's output must stay close to the dense model's.",
)
def k_pruning() -> list[Shape]:
    """Sweep upwards; keep the outputs together."""
    return [
        layers(52, 31, [100, 100, 100, 60, 72, 52], 100),
        frame(45, 96, 114, 32, HIGHLIGHT, 4),
        arrow((32, 166), (32, 36), colour=HIGHLIGHT, width=5),
        line((184, 160), (296, 160)),
        bell(184, 156, 104, 112, KEPT, stroke=6),
        bell(192, 156, 104, 100, HIGHLIGHT, dashed=True),
    ]


@cover(
    "notes/2023/kcm/kcm.svg",
    "KCM: gradient-free structured pruning",
    "Neurons as points. Those at the corners of the convex hull are kept as"
    " representatives; those inside, which the corners can stand for, are pruned.",
)
def kcm() -> list[Shape]:
    """A convex hull, its corners kept."""
    hull = [(48, 116), (92, 40), (190, 30), (278, 78), (244, 160), (120, 168)]
    inside = [(112, 92), (150, 70), (148, 124), (194, 100), (206, 140), (232, 84), (104, 130)]
    return [
        polygon(hull, SHADE, stroke=HIGHLIGHT, stroke_width=4),
        *(ring(x, y, 8, fill=CARD) for x, y in inside),
        *(dot(x, y, 12, KEPT) for x, y in hull),
    ]


@cover(
    "notes/2023/simple/cover.svg",
    "SIMPLE: sparsity-induced mask learning",
    "Mask values during training: all start at one; some stay up and are kept, others sink"
    " to zero. A threshold then parts them.",
)
def simple() -> list[Shape]:
    """Curves that part ways."""
    kept = [(36, 34, 34), (44, 52, 56), (52, 70, 82)]
    gone = [(64, 108, 146), (76, 134, 158), (90, 154, 166)]
    return [
        axes(52, 172, 244, 146),
        label(36, 38, "1", 20),
        label(36, 168, "0", 20),
        line((58, 114), (296, 114), colour=HIGHLIGHT, width=4, dashed=True),
        *(curve((54, 38), (110, a), (190, b), (292, c), colour=PRUNED) for a, b, c in gone),
        *(curve((54, 38), (110, a), (190, b), (292, c), colour=KEPT, width=5) for a, b, c in kept),
    ]


@cover(
    "notes/2024/SliceGPT/sliceGPT.svg",
    "SliceGPT",
    "A matrix is first rotated by an orthogonal Q; then its last columns and rows, which now"
    " matter least, are sliced off.",
)
def slice_gpt() -> list[Shape]:
    """Rotate, then delete."""
    full = " ".join(["#####"] * 5)
    return [
        group(grid(41, 61, full, 14, 4), transform="rotate(-20 84 104)"),
        arrow((34, 48), (128, 40), colour=HIGHLIGHT, width=5, bulge=30),
        arrow((146, 104), (170, 104), width=5),
        grid(190, 54, "###.. ###.. ###.. ..... .....", 16, 4),
        line((248, 44), (248, 164), colour=HIGHLIGHT, width=4, dashed=True),
        line((180, 112), (296, 112), colour=HIGHLIGHT, width=4, dashed=True),
    ]


@cover(
    "notes/2024/Minitron/minitron.svg",
    "Minitron",
    "A large stack of layers is pruned in depth and width to a medium and then a small one;"
    " after each cut the larger model teaches the smaller.",
)
def minitron() -> list[Shape]:
    """A family of three, and who teaches whom."""

    def stack(x: float, count: int, width: float) -> Shape:
        return layers(x, 174 - count * 20, [width] * count, width, 15, 5)

    return [
        stack(24, 6, 100),
        stack(156, 5, 68),
        stack(256, 3, 40),
        arrow((78, 44), (188, 64), colour=HIGHLIGHT, width=5, bulge=34),
        arrow((200, 64), (276, 104), colour=HIGHLIGHT, width=5, bulge=34),
    ]


@cover(
    "notes/flap.svg",
    "FLAP",
    "Four channels over time. Channels that fluctuate keep their weight; channels that stay"
    " flat are pruned, and a constant bias takes their place.",
)
def flap() -> list[Shape]:
    """Fluctuation keeps a channel; a flat one becomes a bias."""
    shapes = []
    for i, (swing, lively) in enumerate([(18, True), (2, False), (15, True), (3, False)]):
        y = 44 + i * 38
        wave = [(28 + 18 * k, y + swing * (0, -1, 0.7, -0.5, 1)[k % 5]) for k in range(10)]
        shapes += [
            curve(*wave, colour=TOKEN if lively else PRUNED, width=5),
            block(212, y - 13, 26, 26) if lively else hollow(212, y - 13, 26, 26),
        ]
        if not lively:
            shapes += [plus(254, y, 7), block(270, y - 13, 12, 26, HIGHLIGHT)]
    return shapes


@cover(
    "notes/2022/TextPruner/textpruner.svg",
    "TextPruner",
    "Two places to prune a language model: unused rows of the vocabulary, left, and heads"
    " and neurons of the transformer's layers, right.",
)
def text_pruner() -> list[Shape]:
    """Vocabulary rows and transformer units."""
    rows = [
        (26, KEPT),
        (43, PRUNED),
        (60, KEPT),
        (77, KEPT),
        (94, PRUNED),
        (111, PRUNED),
        (128, KEPT),
        (145, PRUNED),
        (162, KEPT),
    ]
    heads = ["##.#", "#.##", "..##"]
    return [
        *((hollow if c == PRUNED else block)(28, y, 92, 12) for y, c in rows),
        arrow((134, 100), (162, 100), width=5),
        *(
            shape
            for i, mask in enumerate(heads)
            for shape in (
                frame(176, 26 + i * 51, 116, 46),
                grid(188, 38 + i * 51, mask, 22, 2),
            )
        ),
    ]


@cover(
    "notes/2024/MoD/mod.svg",
    "Mixture-of-depths",
    "Eight tokens rise through four layers. Every other layer works on all of"
    " them; at the rest a router lets two tokens through and the others pass by.",
)
def mod() -> list[Shape]:
    """Token lines through full and routed layers."""
    xs = [44 + 33 * i for i in range(8)]
    routed = {28: (2, 5), 96: (0, 6)}
    return [
        lines([((x, 20 + 4), (x, 164)) for x in xs], TOKEN, 3),
        *(block(28, y, 264, 24) for y in (62, 130)),
        *(block(xs[i] - 15, y, 30, 24, HIGHLIGHT) for y, chosen in routed.items() for i in chosen),
        *(dot(x, 168, 8) for x in xs),
    ]
