"""Tests of the incremental room."""
