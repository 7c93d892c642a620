"""Modal dialogs, each of which returns a result to the screen below."""
