"""Reads the files of calmtrack and of other trackers into a diary, and merges two diaries."""
