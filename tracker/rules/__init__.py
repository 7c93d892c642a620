"""The rules: which day it is, what a streak is, how calm moves. Plain functions, plain values."""
