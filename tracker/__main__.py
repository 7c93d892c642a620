"""The command `calmtrack`."""

import sys


def main() -> None:
    """Runs the command line and ends with its exit code."""
    from tracker.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
