"""Tests of the site room: real builds by MkDocs."""
