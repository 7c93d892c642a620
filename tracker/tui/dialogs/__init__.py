"""Modal screens that return a result to the screen below."""
