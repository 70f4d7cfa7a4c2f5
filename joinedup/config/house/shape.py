"""The measures of a good house: lengths of files and functions, imports, and names."""

import ast
from collections.abc import Iterator
from pathlib import Path

from joinedup.config.environment import ROOT

FILE_LINES, FUNCTION_LINES = 400, 50
BAGS = {"utils", "common", "base", "core", "helpers", "lib", "misc", "services"}


def source_files() -> Iterator[Path]:
    """Python files we wrote."""
    yield ROOT / "manage.py"
    yield ROOT / "conftest.py"
    yield from (p for p in sorted((ROOT / "joinedup").rglob("*.py")) if "migrations" not in p.parts)


def faults_of(text: str, name: str, *, is_test: bool) -> list[str]:
    """What strays from the measures in one file."""
    said = []
    if (lines := text.count("\n")) > FILE_LINES:
        said.append(f"{name}: {lines} lines, at most {FILE_LINES}")
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        size = (node.end_lineno or node.lineno) - node.lineno + 1
        if size > FUNCTION_LINES:
            said.append(f"{name}:{node.lineno} {node.name}: {size} lines, at most {FUNCTION_LINES}")
        if not is_test and any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node)):
            said.append(f"{name}:{node.lineno} {node.name}: import inside a function")
    return said


def faults() -> list[str]:
    """What strays from the measures, and bag names, in the whole house."""
    said = []
    for path in source_files():
        relative = path.relative_to(ROOT)
        is_test = "tests" in relative.parts or path.name == "conftest.py"
        said += faults_of(path.read_text(encoding="utf-8"), str(relative), is_test=is_test)
        if BAGS & {path.stem, *relative.parts[:-1]}:
            said.append(f"{relative}: a bag, not a name")
    return said
