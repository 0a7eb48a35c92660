"""Makes `verificar.py`: the verifier as one readable file that needs Python and nothing else.

The modules that the command needs are found by following its imports, and written one after another, those
first that others need. Imports between them are left out, those of the standard library gathered at the top.
What is private in two modules is renamed in both, and so are constants that only their own modules use; any
other name in two modules is refused, as is any way of importing that this could not follow. The same sources
give the same bytes.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from constancia import __version__
from constancia.domain.catalogue import sentences
from constancia.verifier.onefile_words import HEADING, OLDEST, TOO_OLD

PACKAGE = "constancia"
START = "constancia.verifier.command"
_SOURCE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Module:
    """One module: its name, text, and top-level names; `needs`: those of ours that it imports."""

    name: str
    text: str
    tree: ast.Module

    @property
    def needs(self) -> list[str]:
        return [node.module for node in self._imports() if node.module and _is_ours(node.module)]

    @property
    def defined(self) -> set[str]:
        """What the module itself binds at its top."""
        found: set[str] = set()
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    found |= {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}
        return found

    @property
    def taken(self) -> set[str]:
        """The names that it imports from modules of ours."""
        found = [node.names for node in self._imports() if _is_ours(node.module or "")]
        return {one.name for names in found for one in names}

    def _imports(self) -> Iterator[ast.ImportFrom]:
        yield from (node for node in self.tree.body if isinstance(node, ast.ImportFrom))


@cache
def single_file() -> bytes:
    """The bytes of `verificar.py`. Raises ValueError where the modules cannot be joined."""
    modules = modules_of(START)
    text = "".join(module.text for module in modules)
    words = {code: dict(one) for code, one in sentences().items() if f'"{code}"' in text}
    return joined(modules, words).encode()


def modules_of(start: str, source: Path = _SOURCE) -> list[Module]:
    """The module `start` and all of ours that it needs, each after those that it needs itself."""
    found: dict[str, Module] = {}
    _gather(start, source, found)
    return list(found.values())


def joined(modules: list[Module], words: Mapping[str, Mapping[str, str]]) -> str:
    """The modules as one file that runs the last one's `main`. `words`: of the errors. Raises ValueError."""
    renamed = _renamed(modules)
    imports: dict[str, str] = {}
    bodies = []
    for module in modules:
        for line, names in _standard_imports(module):
            for name in names:
                if line == "import sys":
                    continue  # the file begins with it
                if imports.setdefault(name, line) != line or any(name in one.defined for one in modules):
                    raise ValueError(f"{name} means two things in {module.name}")
        bodies.append(_body(module, renamed[module.name]))
    titles = "\n\n".join(bodies)
    gathered = "\n".join(_gathered(set(imports.values())))
    told = "".join(f"    {code!r}: {dict(sorted(one.items()))!r},\n" for code, one in sorted(words.items()))
    return (
        f"{HEADING.format(version=__version__)}\n"
        "from __future__ import annotations\n\nimport sys\n\n"
        f"if sys.version_info < {OLDEST!r}:\n    sys.exit({TOO_OLD!r})\n\n"
        f"{gathered}\n\n{titles}\n\n\n"
        f"# The words of every refusal.\n\nSENTENCES = {{\n{told}}}\n\n\n"
        'if __name__ == "__main__":\n    sys.exit(main(sys.argv[1:], SENTENCES))\n'
    )


def _gather(name: str, source: Path, found: dict[str, Module]) -> None:
    if name in found:
        return
    path = source.joinpath(*name.split(".")[1:]).with_suffix(".py")
    text = path.read_text("utf-8")
    module = Module(name, text, ast.parse(text))
    _check_imports(module)
    for one in module.needs:
        _gather(one, source, found)
    found[name] = module


def _check_imports(module: Module) -> None:
    top = set(map(id, module.tree.body))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import) and any(_is_ours(one.name) for one in node.names):
            raise ValueError(f"{module.name} imports a module of ours whole")
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top:
            raise ValueError(f"{module.name} imports below its top")
        if isinstance(node, ast.ImportFrom):
            if node.level or any(one.name == "*" for one in node.names):
                raise ValueError(f"{module.name} imports in a way that cannot be followed")
            if _is_ours(node.module or "") and any(one.asname for one in node.names):
                raise ValueError(f"{module.name} renames what it imports")


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] == PACKAGE


def _standard_imports(module: Module) -> Iterator[tuple[str, list[str]]]:
    """The lines that import from the standard library, one name each, and the names that they bind."""
    for node in module.tree.body:
        if isinstance(node, ast.Import):
            for one in node.names:
                line = f"import {one.name}" + (f" as {one.asname}" if one.asname else "")
                yield line, [one.asname or one.name.split(".")[0]]
        elif (
            isinstance(node, ast.ImportFrom)
            and node.module != "__future__"
            and not _is_ours(node.module or "")
        ):
            for one in node.names:
                line = f"from {node.module} import {one.name}" + (f" as {one.asname}" if one.asname else "")
                yield line, [one.asname or one.name]


def _gathered(lines: set[str]) -> Iterator[str]:
    """The imports in order, those from one module in one line."""
    yield from sorted(line for line in lines if line.startswith("import "))
    found: dict[str, list[str]] = {}
    for line in sorted(lines):
        if line.startswith("from "):
            module, name = line.removeprefix("from ").split(" import ")
            found.setdefault(module, []).append(name)
    yield from (f"from {module} import {', '.join(names)}" for module, names in sorted(found.items()))


def _renamed(modules: list[Module]) -> dict[str, dict[str, str]]:
    """Module → name → what it is called in the single file, for names of several modules."""
    owners: dict[str, list[str]] = {}
    shared: set[str] = set()
    for module in modules:
        shared |= module.taken
        for name in module.defined:
            owners.setdefault(name, []).append(module.name)
    found: dict[str, dict[str, str]] = {module.name: {} for module in modules}
    for name, some in sorted(owners.items()):
        if len(some) > 1:
            if name in shared or not (name.startswith("_") or name.isupper()):
                raise ValueError(f"{name} stands in {' and '.join(some)}")
            for owner in some:
                found[owner][name] = f"_{owner.rpartition('.')[2]}_{name.lstrip('_')}"
    taken = [one for names in found.values() for one in names.values()]
    if len(set(taken)) != len(taken) or set(taken) & set(owners):
        raise ValueError("a private name cannot be made its own")
    return found


def _body(module: Module, names: Mapping[str, str]) -> str:
    """The text of a module without its imports and with its private names made its own."""
    lines = module.text.splitlines()
    for node in module.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for place in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[place] = ""
    doc = ast.get_docstring(module.tree)
    if doc is not None:
        first = module.tree.body[0]
        for place in range(first.lineno - 1, first.end_lineno or first.lineno):
            lines[place] = ""
    text = _with_names("\n".join(lines) + "\n", names)
    text = re.sub(r"\n{4,}", "\n\n\n", text).strip("\n")
    rule = "# " + "=" * 100
    told = "\n".join(f"# {line}".rstrip() for line in (doc or "").splitlines())
    return f"{rule}\n# {module.name.removeprefix(PACKAGE + '.')}\n#\n{told}\n{rule}\n\n\n{text}\n"


def _with_names(text: str, names: Mapping[str, str]) -> str:
    """Each name that is a word of its own replaced; attributes and what stands in strings are not."""
    if not names:
        return text
    lines = text.splitlines(keepends=True)
    changes: list[tuple[tuple[int, int], tuple[int, int], str]] = []
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME and token.string in names and before != ".":
            changes.append((token.start, token.end, names[token.string]))
        elif token.type == tokenize.STRING and "f" in token.string.split(token.string[-1])[0].lower():
            changes.append((token.start, token.end, _in_blanks(token.string, names)))
        before = token.string
    for (row, begin), (last, end), new in reversed(changes):
        tail = lines[last - 1][end:]
        lines[row - 1 : last] = [lines[row - 1][:begin] + new + tail]
    found = "".join(lines)
    left = {one.id for one in ast.walk(ast.parse(found)) if isinstance(one, ast.Name)} & set(names)
    if left:
        raise ValueError(f"{left} could not be renamed everywhere")
    return found


def _in_blanks(text: str, names: Mapping[str, str]) -> str:
    """An f-string with the names in its blanks replaced; Python up to 3.11 shows it as one word."""
    some = re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, names)) + r")(?!\w)")
    return re.sub(r"\{[^{}]*\}", lambda blank: some.sub(lambda one: names[one[1]], blank[0]), text)
