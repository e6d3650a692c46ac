"""The command line: the same library, checked, mended or exported, without running MkDocs."""
