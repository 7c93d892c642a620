"""Simulates a power failure: which of the writes that SQLite asked for can be on the disk
afterwards.

Writes that were not synced are each there, gone or torn; names that were made or removed are
certain once their folder was synced, which SQLite asks for with a journal's first sync and,
with synchronous=EXTRA, with its removal.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
NAME = "recording"

Op = tuple[Any, ...]


class Recorder(apsw.VFS):
    """An SQLite VFS that forwards everything to the real disk and records each write operation."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> RecordedFile:  # noqa: N802
        return RecordedFile(self.ops, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self.ops.append(("delete", Path(filename).name, syncdir))


class RecordedFile(apsw.VFSFile):
    """An open file of a Recorder."""

    def __init__(self, ops: list[Op], name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._ops = ops
        self._name = Path(path).name if path else None
        is_new = path is not None and not Path(path).exists()
        super().__init__("", name, flags)
        if is_new:
            self._record("create")

    def _record(self, what: str, *more: Any) -> None:
        if self._name is not None:
            self._ops.append((what, self._name, *more))

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._record("write", offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._record("truncate", newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._record("sync")


@dataclass
class File:
    """The synced content of a file, and the operations since its last sync."""

    certain: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)


@dataclass
class Disk:
    """A simulated disk after some of the operations."""

    names: dict[str, File] = field(default_factory=dict)
    """The directory as programs see it."""
    certain: dict[str, File] = field(default_factory=dict)
    """The directory entries that are synced."""

    def do(self, op: Op) -> None:
        """Applies one operation."""
        what, name = op[0], op[1]
        if what == "create":
            self.names[name] = File()
        elif what == "delete":
            self.names.pop(name, None)
            if op[2]:
                self.certain = dict(self.names)
        elif what == "sync":
            file = self.names[name]
            for pending in file.pending:
                _apply(file.certain, pending)
            file.pending.clear()
            if name not in self.certain or self.certain[name] is not file:
                # The first sync of a journal syncs its folder, and so every name in it.
                self.certain = dict(self.names)
        else:
            self.names[name].pending.append(op)

    def cut(self, chance: random.Random, folder: Path) -> None:
        """Writes a possible state after a power cut into a folder."""
        for name in {*self.names, *self.certain}:
            written, certain = self.names.get(name), self.certain.get(name)
            file = written if written is certain else chance.choice([written, certain])
            if file is not None:
                (folder / name).write_bytes(_left_of(file, chance))


def _left_of(file: File, chance: random.Random) -> bytes:
    content = bytearray(file.certain)
    for op in file.pending:
        fate = chance.random()
        if fate < 0.4:
            _apply(content, op)
        elif fate < 0.6 and op[0] == "write":
            whole = op[3]
            torn = whole[: SECTOR * chance.randrange(1 + len(whole) // SECTOR)]
            _apply(content, ("write", op[1], op[2], torn))
    return bytes(content)


def _apply(content: bytearray, op: Op) -> None:
    if op[0] == "truncate":
        del content[op[2] :]
        return
    _, _, offset, data = op
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def disk_with(files: dict[str, bytes]) -> Disk:
    """A disk with these files, all synced."""
    names = {name: File(bytearray(content)) for name, content in files.items()}
    return Disk(dict(names), dict(names))


def replay(
    path: Path, recorder: Recorder, pragmas: Sequence[str], transactions: Sequence[Sequence[str]]
) -> None:
    """Executes the statements of each transaction on its own connection, and records its
    acknowledgement among the operations."""
    for number, statements in enumerate(transactions, start=1):
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=NAME)
        for pragma in pragmas:
            connection.execute(pragma).fetchall()
        for statement in statements:
            connection.execute(statement).fetchall()
        recorder.ops.append(("acknowledged", number))
        connection.close()
