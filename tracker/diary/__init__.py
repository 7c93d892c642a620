"""The diary: the one door to every question and every change."""
