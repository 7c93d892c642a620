"""The diary: the one service that reads and changes it."""
