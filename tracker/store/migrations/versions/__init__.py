"""One file per revision, named by its number: the same number as the file's user_version."""
