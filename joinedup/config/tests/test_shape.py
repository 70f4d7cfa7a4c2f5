"""The measures of a good house."""

from joinedup.config.house import shape


def test_files_functions_imports_and_names_keep_the_measures() -> None:
    assert shape.faults() == []


def test_a_long_file_is_caught() -> None:
    assert shape.faults_of("x = 1\n" * 401, "long.py", is_test=False) == ["long.py: 401 lines, at most 400"]


def test_a_long_function_is_caught() -> None:
    text = "def f():\n" + "    x = 1\n" * 50
    assert shape.faults_of(text, "long.py", is_test=False) == ["long.py:1 f: 51 lines, at most 50"]


def test_an_import_inside_a_function_is_caught() -> None:
    text = "def f():\n    import os\n"
    assert shape.faults_of(text, "late.py", is_test=False) == ["late.py:1 f: import inside a function"]
