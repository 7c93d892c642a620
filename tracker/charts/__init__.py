"""Numbers in, rows of text out: shared by the screens and the command line."""
