"""Logs one entry with the same libraries and nothing else: the baseline of `log`."""

from __future__ import annotations

import argparse

import pendulum
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, create_engine
from sqlalchemy.dialects.sqlite import insert

ENTRY = Table(
    "entry",
    MetaData(),
    Column("day", Date, primary_key=True),
    Column("practice_id", String, primary_key=True),
    Column("amount", Integer),
)


def main() -> None:
    """Adds one to today's amount."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("practice")
    chosen = parser.parse_args()
    engine = create_engine(f"sqlite:///{chosen.file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA synchronous=EXTRA")
        ENTRY.create(connection, checkfirst=True)
        today = pendulum.today().date()  # noqa: TID251
        row = {"day": today, "practice_id": chosen.practice, "amount": 1}
        more = {"amount": ENTRY.c.amount + 1}
        connection.execute(insert(ENTRY).on_conflict_do_update(set_=more), row)
    print(f"{chosen.practice} logged")


if __name__ == "__main__":
    main()
