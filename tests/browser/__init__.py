"""Tests of what a reader sees, in a real Chromium."""
