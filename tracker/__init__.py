"""calmtrack: a kind evening diary for the terminal."""

# Written out: reading it from the installed metadata would cost 30 ms at every start.
__version__ = "1.0.0"
