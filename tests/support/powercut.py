"""A machine that loses its power, simulated from the system calls of a process.

`strace` writes down what the process asks of the disk. `Disk` follows it and knows what a cut may leave at
any moment: of a file what was synced, of what was written since an arbitrary part or nothing; of a folder
the names that stood in it when it was synced. A killed process shows none of this, for the kernel keeps
what it wrote.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,mkdir,unlink"
OTHERS = "creat,writev,pwritev,fallocate,link,symlink,renameat,renameat2,unlinkat,mkdirat,rmdir,truncate"
SECTOR = 512
_LINE = re.compile(rb"\d+ +(\w+)\((.*)\) += (-?\d+)(?:<([^>]*)>)?")
_PATH = re.compile(rb"^\d+<([^>]*)>")
_TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')


def traceable() -> bool:
    """Whether processes can be traced here."""
    if shutil.which("strace") is None:
        return False
    return (
        subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0
    )


def failing(fault: str, command: Sequence[str], environment: dict[str, str], folder: Path) -> tuple[str, str]:
    """Runs `command` in `folder` on a disk that fails as `fault` says (strace inject); both its outputs."""
    done = subprocess.run(
        ["strace", "-f", "-o", os.devnull, "-e", f"inject={fault}", *command],
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    return done.stdout, done.stderr


def traced(command: Sequence[str], log: Path, environment: dict[str, str], folder: Path) -> None:
    """Runs `command` in `folder`, writing its system calls to `log`."""
    subprocess.run(
        [
            "strace",
            "-f",
            "-y",
            "-xx",
            "-s",
            "2000000",
            "-e",
            f"trace={CALLS},{OTHERS}",
            "-o",
            str(log),
            *command,
        ],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=240,
    )


@dataclass
class Content:
    """A file's bytes: what survives, and what was done since (offset and bytes, or a new length)."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.since:
            apply(self.safe, *change)
        self.since.clear()

    def after_a_cut(self, chance: random.Random | None) -> bytes:
        """What is left; with `chance` the changes since reached the disk up to some one, and of it a part."""
        left = bytearray(self.safe)
        if chance is not None and self.since:
            whole = chance.randrange(len(self.since) + 1)
            for change in self.since[:whole]:
                apply(left, *change)
            for offset, written in self.since[whole : whole + 1]:
                if written is not None:
                    apply(left, offset, written[: chance.randrange(len(written) + 1) // SECTOR * SECTOR])
        return bytes(left)


def apply(content: bytearray, offset: int, written: bytes | None) -> None:
    """Writes, or (None) cuts or lengthens to `offset`."""
    end = offset if written is None else offset + len(written)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if written is None:
        del content[offset:]
    else:
        content[offset:end] = written


class Disk:
    """What lies under `root` (a folder, safe when this begins), call by call."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._now: dict[str, Content | None] = {}
        for path in root.rglob("*"):
            self._now[str(path)] = Content(bytearray(path.read_bytes())) if path.is_file() else None
        self._safe = dict(self._now)
        self._position: dict[int, int] = {}

    def follow(self, log: Path, told: Callable[[bytes], None]) -> Iterator[str]:
        """The calls that touch the disk, as they happen; `told` gets what is written to standard output."""
        with log.open("rb") as lines:
            for line in lines:
                found = _LINE.match(line)
                if found is None:
                    assert b"unfinished" not in line, "two threads at once: the trace cannot be followed"
                    continue
                if int(found[3]) < 0:
                    continue
                call, arguments = found[1].decode(), found[2]
                if call == "write" and arguments.startswith(b"1<"):
                    told(_texts(arguments)[0])
                elif self._take(call, arguments, int(found[3]), _path(found[4] or b"")):
                    yield call

    def after_a_cut(self, target: Path, chance: random.Random | None = None) -> None:
        """Puts at `target` what a cut leaves now; with `chance` some of what nobody had synced besides."""
        names = self._now if chance is not None and chance.random() < 0.5 else self._safe
        for path in sorted(names):
            content, place = names[path], target / os.path.relpath(path, self._root)
            if not place.parent.is_dir() or path.endswith("-shm"):
                continue
            if content is None:
                place.mkdir(mode=0o700)
            else:
                place.write_bytes(content.after_a_cut(chance))
                place.chmod(0o600)

    def _take(self, call: str, arguments: bytes, result: int, opened: str) -> bool:
        if call in ("openat", "rename", "mkdir", "unlink"):
            paths = [text.decode() for text in _texts(arguments)]
            return self._name(call, arguments, result, opened or paths[0], paths)
        standing = _PATH.match(arguments)
        path = _path(standing[1]) if standing else ""
        if not path.startswith(self._root) or path.endswith("-shm"):
            return False
        number = int(arguments.split(b"<", 1)[0])
        if call in ("fsync", "fdatasync"):
            self._sync(path)
            return True
        content = self._now[path]
        assert content is not None
        if call == "ftruncate":
            content.since.append((int(arguments.rsplit(b", ", 1)[1]), None))
        elif call == "pwrite64":
            content.since.append((int(arguments.rsplit(b", ", 1)[1]), _texts(arguments)[0]))
        elif call == "write":
            written = _texts(arguments)[0]
            content.since.append((self._position[number], written))
            self._position[number] += len(written)
        else:
            raise AssertionError(f"{call} is not followed")
        return True

    def _name(self, call: str, arguments: bytes, result: int, path: str, paths: list[str]) -> bool:
        if not path.startswith(self._root):
            return False
        if call == "openat":
            self._position[result] = 0
            if b"O_CREAT" in arguments and path not in self._now:
                self._now[path] = Content()
                return True
            content = self._now.get(path)
            if b"O_TRUNC" in arguments and content is not None:
                content.since.append((0, None))
            return False
        if call == "rename":
            self._now[paths[1]] = self._now.pop(paths[0])
        elif call == "mkdir":
            self._now[path] = None
        else:
            self._now.pop(path, None)
        return True

    def _sync(self, path: str) -> None:
        content = self._now.get(path)
        if content is not None:
            content.sync()
            return
        for names in (self._now, self._safe):
            for name in [name for name in names if os.path.dirname(name) == path]:
                if name in self._now:
                    self._safe[name] = self._now[name]
                else:
                    del self._safe[name]


def _texts(arguments: bytes) -> list[bytes]:
    return [_path_bytes(text) for text in _TEXT.findall(arguments)]


def _path(text: bytes) -> str:
    return _path_bytes(text).decode("utf-8", "surrogateescape")


def _path_bytes(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())
