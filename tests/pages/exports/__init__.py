"""Tests of the exports, with other people's readers of the formats."""
