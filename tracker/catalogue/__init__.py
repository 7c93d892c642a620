"""The shipped practices and their evidence, read from `data/`."""
