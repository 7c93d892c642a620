"""The shipped practices and their evidence, from data/."""
