"""age (age-encryption.org/v1) as streams: nothing of the plaintext is held whole, nothing touches a disk.

The library pushes; archives push and pull. A pipe and one thread join them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage
from pyrage import x25519

from constancia.domain.errors import ConstanciaError, InputRefused, IntegrityBroken, StoreRefused

LEAST_RECIPIENTS = 2
"""So that one lost or seized identity neither loses the backups nor is the only one."""
SECRET = "AGE-SECRET-KEY-"
VERSION = b"age-encryption.org/v1\n"
LARGEST_HEADER = 64 * 1024
LARGEST_LIST = 100_000
NOT_FOR_US = "No matching keys found"
BUFFER = 1024 * 1024


@dataclass(slots=True)
class Sink:
    """Passes bytes on to a file, counts and hashes them, and remembers why it could not."""

    target: BinaryIO
    size: int = 0
    problem: BaseException | None = None
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> int:
        try:
            self.target.write(data)
        except OSError as error:
            self.problem = error  # the library would make a sentence of it
            raise
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self.target.flush()

    @property
    def sha256(self) -> str:
        """64 hex digits."""
        return self.digest.hexdigest()


def recipients(text: str) -> list[x25519.Recipient]:
    """The recipients of a list as age has them: one "age1…" a line, "#" begins a comment.

    Raises InputRefused: `backup.recipient` (its line is none), `backup.recipient_twice`,
    `backup.recipient_secret` (an identity, which must never come near this machine),
    `backup.recipients_few`.
    """
    found: dict[str, x25519.Recipient] = {}
    for number, line in enumerate(text[:LARGEST_LIST].splitlines(), start=1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        if SECRET in written.upper():
            raise InputRefused("backup.recipient_secret", line=number)
        try:
            one = x25519.Recipient.from_str(written)
        except pyrage.RecipientError:
            raise InputRefused("backup.recipient", line=number) from None
        if str(one) in found:
            raise InputRefused("backup.recipient_twice", line=number)
        found[str(one)] = one
    if len(found) < LEAST_RECIPIENTS:
        raise InputRefused("backup.recipients_few", least=LEAST_RECIPIENTS, found=len(found))
    return list(found.values())


def identities(path: Path) -> list[x25519.Identity]:
    """The identities of a file as `age-keygen` writes it. Raises InputRefused `backup.identity`."""
    try:
        with path.open("rb") as file:
            lines = file.read(LARGEST_LIST).decode().splitlines()
        found = [
            x25519.Identity.from_str(line.strip())
            for line in lines
            if line.strip() and line.strip()[0] != "#"
        ]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        raise InputRefused("backup.identity") from None
    if not found:
        raise InputRefused("backup.identity")
    return found


def new_identity() -> tuple[str, str]:
    """A new identity: the secret line, and the recipient that goes with it."""
    made = x25519.Identity.generate()
    return str(made), str(made.to_public())


@contextmanager
def encrypting(target: BinaryIO, to: Sequence[x25519.Recipient]) -> Iterator[tuple[BinaryIO, Sink]]:
    """A stream whose bytes reach `target` encrypted; the sink knows size and hash after the block.

    An error in the block leaves a file that must be thrown away: write to one that has no name yet.
    """
    sink, problems = Sink(target), []
    reading, writing = os.pipe()

    def work() -> None:
        try:
            with os.fdopen(reading, "rb") as source:
                pyrage.encrypt_io(source, sink, list(to))
        except BaseException as error:
            problems.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        with os.fdopen(writing, "wb", buffering=BUFFER) as stream:
            yield stream, sink
    except BrokenPipeError:
        pass  # the other end says why
    finally:
        thread.join()
    if problems:
        raise sink.problem or problems[0]


@contextmanager
def decrypting(path: Path, by: Sequence[x25519.Identity], sha256: str) -> Iterator[BinaryIO]:
    """The plaintext of a file as a stream. It is authentic only once the block has ended without error: then
    it was read to its end, and the file is the one with this hash.

    Raises StoreRefused `backup.wrong_identity`, IntegrityBroken `backup.damaged`, `backup.file_changed`.
    """
    problems: list[BaseException] = []
    digest = hashlib.sha256()
    reading, writing = os.pipe()

    def work() -> None:
        try:
            with path.open("rb") as source, os.fdopen(writing, "wb", buffering=BUFFER) as stream:
                pyrage.decrypt_io(_Hashed(source, digest), stream, list(by))
        except BaseException as error:
            problems.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    block: BaseException | None = None
    try:
        with os.fdopen(reading, "rb", buffering=BUFFER) as stream:
            try:
                yield stream
                while stream.read(BUFFER):
                    pass
            except ConstanciaError as error:
                block = error
    finally:
        thread.join()
    # What the archive made of a stream that broke off matters less than why it did.
    if problems and not isinstance(problems[0], BrokenPipeError):
        raise _explained(problems[0], path)
    if block is not None:
        raise block
    if digest.hexdigest() != sha256:
        raise IntegrityBroken("backup.file_changed", file=path.name)


def recipients_in(path: Path) -> int:
    """For how many X25519 recipients a file says it is. Raises IntegrityBroken `backup.not_age`."""
    with path.open("rb") as file:
        head = file.read(LARGEST_HEADER)
    body, mark, _ = head.partition(b"\n--- ")
    if not head.startswith(VERSION) or not mark:
        raise IntegrityBroken("backup.not_age", file=path.name)
    return sum(line.startswith(b"-> X25519 ") for line in body.split(b"\n"))


@dataclass(slots=True)
class _Hashed:
    source: BinaryIO
    digest: hashlib._Hash

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


def _explained(problem: BaseException, path: Path) -> BaseException:
    if isinstance(problem, pyrage.DecryptError) and NOT_FOR_US in str(problem):
        return StoreRefused("backup.wrong_identity")
    # A piece that does not hold comes as an error of the system without a number.
    of_age = isinstance(problem, OSError) and problem.errno is None
    if of_age or isinstance(problem, pyrage.DecryptError):
        return IntegrityBroken("backup.damaged", file=path.name)
    return problem
