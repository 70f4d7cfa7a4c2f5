"""The file the sorter is shipped in: numpy's .npz, read without pickle, so that reading it runs no code."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "data" / "sorter.npz"
MOST_BYTES, MOST_UNPACKED = 40_000_000, 400_000_000
_FIRST_DAY = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # zip keeps a date for each part; always the same, so the same weights are the same file
_UNREADABLE = (
    *(OSError, ValueError, KeyError, EOFError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error),
)

Arrays = Mapping[str, NDArray[Any]]


class WeightsFault(ValueError):
    """The file of weights is missing, damaged or of another kind; the message says what to do."""


def save(path: Path, arrays: Arrays, about: Mapping[str, Any]) -> str:
    """Write the arrays and what is told about them; gives the SHA-256. The same input is the same file."""
    whole = {**arrays, "about": _bytes_of(json.dumps(about, sort_keys=True, ensure_ascii=True))}
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        for name in sorted(whole):
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(whole[name]), allow_pickle=False)
            bundle.writestr(
                zipfile.ZipInfo(f"{name}.npy", _FIRST_DAY), part.getvalue(), zipfile.ZIP_DEFLATED, 9
            )
    return digest(path)


def read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays and what is told about them. Raises WeightsFault."""
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            raise WeightsFault(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB. Fetch it again.")
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            if sum(part.file_size for part in bundle.infolist()) > MOST_UNPACKED:
                raise WeightsFault(f"{path.name} unpacks to more than a sorter holds. Fetch it again.")
            arrays = {part.filename.removesuffix(".npy"): _array(bundle, part) for part in bundle.infolist()}
        about = json.loads(arrays.pop("about").tobytes().decode("ascii"))
    except FileNotFoundError:
        raise WeightsFault(f"{path.name} is missing. Fetch it again or run manage.py train_sorter.") from None
    except WeightsFault:
        raise
    except _UNREADABLE as fault:
        message = f"{path.name} is damaged. Fetch it again or run manage.py train_sorter."
        raise WeightsFault(message) from fault
    return arrays, about


def _array(bundle: zipfile.ZipFile, part: zipfile.ZipInfo) -> NDArray[Any]:
    content = io.BytesIO(bundle.read(part))
    return np.asarray(np.lib.format.read_array(content, allow_pickle=False, max_header_size=10_000))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def words_to_bytes(words: list[str]) -> NDArray[np.uint8]:
    """Words in one array, a line each."""
    return _bytes_of("\n".join(words))


def words_from_bytes(array: NDArray[np.uint8]) -> list[str]:
    """The words again."""
    text = array.tobytes().decode("utf-8")
    return text.split("\n") if text else []


def _bytes_of(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
