"""Benchmarks: the plugin beside plain MkDocs, in one run."""
