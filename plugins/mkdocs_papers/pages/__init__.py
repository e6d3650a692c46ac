"""Page sources, and files for other programs, from a library and its views."""
