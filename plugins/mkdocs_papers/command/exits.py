"""What the program exits with; each command's help says when."""

DONE = 0
NOTHING = 1
"""Nothing was to be done, or something is left to a person."""

UNUSABLE = 2
"""It cannot do what it was asked, as argparse says it."""

SOME_FAILED = 3
INTERRUPTED = 130
"""Somebody stopped it, as shells count."""
