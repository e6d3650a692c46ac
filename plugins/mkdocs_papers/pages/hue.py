"""The colours of venues and keywords: each name has its own, the same on all pages and in every build."""

HUES = 8
"""How many there are; ``assets/papers.css`` has one rule for each."""

# With these two, the venues that the field reads most stand apart: arXiv, ICML, ICLR, NeurIPS, ACL, CVPR, AAAI, MLSys.
_STEP = 340
_ROUND = 997


def hue(name: str) -> int:
    """The number of a name's colour, from 0 to `HUES` - 1. ``assets/browse/hue.js`` reckons the same."""
    sum_ = 0
    for character in name:
        sum_ = (sum_ * _STEP + ord(character)) % _ROUND
    return sum_ % HUES
