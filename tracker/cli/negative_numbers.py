"""Commands to which `-1` is a number."""

from __future__ import annotations

import re

import click

_NEGATIVE = re.compile(r"-[0-9].*")


class AllowsNegativeNumbers(click.Command):
    """A command to which `-1` is a number or a day, and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Lets words that look like numbers through, and only then unknown options with them."""
        ctx.ignore_unknown_options = any(_NEGATIVE.fullmatch(word) for word in args)
        return super().parse_args(ctx, args)
