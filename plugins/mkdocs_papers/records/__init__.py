"""The text of one record file, and the `Record` that it holds."""
