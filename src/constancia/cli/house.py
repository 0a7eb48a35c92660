"""How every command behaves: options that may stand anywhere, and help in the settled language."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from typer.core import TyperCommand, TyperGroup

from constancia.cli import failures, words
from constancia.domain.errors import InputRefused
from constancia.infra.once import LONGEST, AlreadyDone, sending

TAKES_VALUE = frozenset({"--home", "--lang", "--as", "--once"})
FLAGS = frozenset({"--json"})


def gathered(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The options that every command takes, wherever they stand in the line, and what is left of it."""
    front: list[str] = []
    rest: list[str] = []
    left = list(arguments)
    while left:
        token = left.pop(0)
        if token == "--":
            return front, [*rest, token, *left]
        if token in TAKES_VALUE and left:
            front += [token, left.pop(0)]
        elif token in FLAGS or token.split("=", 1)[0] in TAKES_VALUE:
            front.append(token)
        else:
            rest.append(token)
    return front, rest


class Group(TyperGroup):
    """A group of commands whose help is shown in the settled language; alone it shows its help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args or ["--help"])

    def get_params(self, ctx: Any) -> list[Any]:
        return _worded(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _word(self)
        for command in self.commands.values():
            _word(command)
        super().format_help(ctx, formatter)


class House(Group):
    """The outermost group: `--home`, `--lang`, `--as` and `--json` may stand before or after a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        front, rest = gathered(args)
        return super().parse_args(ctx, [*front, *(rest or ["--help"])])

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Runs one command line and exits: 0 on success only, else the family's code after one sentence."""
        arguments = list(sys.argv[1:] if args is None else args)
        words.use(words.wanted(arguments))
        if not all(_is_text(argument) for argument in arguments):
            sys.exit(failures.report(InputRefused("cli.encoding")))
        extra |= {"standalone_mode": False, "prog_name": "constancia"}
        try:
            with _once(arguments):
                code = super().main(arguments, *more, **extra)
            if code == failures.INTERRUPTED:  # the library turns Ctrl+C into a silent number
                code = failures.report(KeyboardInterrupt())
        except BrokenPipeError:
            sys.stderr.close()  # the reader has gone; the interpreter would complain of it at exit
            code = failures.INTERNAL
        except AlreadyDone as done:
            code = failures.already(done, as_json="--json" in arguments)
        except BaseException as problem:
            if isinstance(problem, SystemExit):
                raise
            code = failures.report(problem)
        sys.exit(code if isinstance(code, int) else 0)


class Command(TyperCommand):
    """A command whose help is shown in the settled language."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _worded(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _word(self)
        super().format_help(ctx, formatter)


def _once(arguments: list[str]) -> AbstractContextManager[object]:
    """The sending that `--once KEY` makes of this command line; without it, nothing."""
    front, rest = gathered(arguments)
    asked = dict(zip(["", *front], front, strict=False))
    key = asked.get("--once") or next(
        (one.partition("=")[2] for one in front if one.startswith("--once=")), ""
    )
    if not key:
        return nullcontext()
    if len(key) > LONGEST:
        raise InputRefused("cli.option", option="--once")
    said = json.dumps([asked.get("--as", ""), rest]).encode()
    return sending(json.dumps(["command", key]), lambda: said)


def _is_text(argument: str) -> bool:
    """Bytes that are no UTF-8 reach us as lone surrogates, which no database and no terminal takes."""
    return not any("\ud800" <= symbol <= "\udfff" for symbol in argument)


def _worded(params: list[Any]) -> list[Any]:
    for param in params:
        _word(param)
    return params


def _word(carrier: Any) -> None:
    """Puts the carrier's help in the settled language; its source is kept to translate from."""
    if getattr(carrier, "name", None) == "help":
        carrier.help = words.later("Esta ayuda, y nada más.")
    for name in ("help", "epilog", "metavar"):
        text = getattr(carrier, name, None)
        if text:
            source = vars(carrier).setdefault(f"_source_{name}", text)
            setattr(carrier, name, words.say(source))
