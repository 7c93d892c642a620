"""The command line."""

PROGRAM = "calmtrack"

COMPLETION_VARIABLE = "_CALMTRACK_COMPLETE"
"""Environment variable in which a shell asks for completions, named as click derives it."""
