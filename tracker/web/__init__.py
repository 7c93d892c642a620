"""The screens in a browser: the only room that opens a port, and only when it is asked to."""
