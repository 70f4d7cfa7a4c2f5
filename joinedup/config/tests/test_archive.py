"""An archive is taken whole, as it was written, or refused: no name leads elsewhere, no byte is off."""

import dataclasses
import gzip
import hashlib
import io
import json
import tarfile
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.config.backup.archive import FORMAT, BadArchive, Manifest, unpack, write

FILES = {
    "database.sqlite3": b"database " * 500,
    "media/images/river.png": b"picture",
    "media/logos/a b.png": b"",
}
Entry = tuple[tarfile.TarInfo, bytes]


def manifest() -> Manifest:
    return Manifest(
        FORMAT, "0.1.0", "2026-11-23T02:10:00+00:00", "sqlite", "0" * 8, [["a", "0001"]], {"a": 1}, []
    )


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    for name, data in FILES.items():
        path = tmp_path / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return {name: tmp_path / "sources" / name for name in FILES}


@pytest.fixture
def good(sources: dict[str, Path], tmp_path: Path) -> Path:
    write(tmp_path / "good.tar.gz", manifest(), sources)
    return tmp_path / "good.tar.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    return tmp_path / "deep" / "er"


def entry(name: str, data: bytes = b"x", **changes: Any) -> Entry:
    about = tarfile.TarInfo(name)
    about.size = len(data)
    for key, value in changes.items():
        setattr(about, key, value)
    return about, data


def forged(target: Path, entries: list[Entry], **changes: Any) -> Path:
    """An archive with a manifest that agrees with its entries, but for the changes."""
    made = manifest()
    made.files = {e.name: [len(d), hashlib.sha256(d).hexdigest()] for e, d in entries}
    about = {**dataclasses.asdict(made), **changes}
    with tarfile.open(target, "w:gz") as tar:
        for each, data in [entry("manifest.json", json.dumps(about).encode()), *entries]:
            tar.addfile(each, io.BytesIO(data))
    return target


DATABASE = entry("database.sqlite3", b"data")


def test_what_is_written_comes_back(good: Path, folder: Path) -> None:
    found = unpack(good, folder)
    assert found.rows == {"a": 1}
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES


def test_a_name_that_is_taken_is_left_alone(good: Path, sources: dict[str, Path]) -> None:
    before = good.read_bytes()
    with pytest.raises(FileExistsError):
        write(good, manifest(), sources)
    assert good.read_bytes() == before


def test_one_that_cannot_be_finished_leaves_nothing(sources: dict[str, Path], tmp_path: Path) -> None:
    made = manifest()
    sources["media/images/gone.png"] = tmp_path / "nowhere"
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "new.tar.gz", made, sources)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sources"]


class TestNamesThatLeadElsewhere:
    @pytest.mark.parametrize(
        "name",
        [
            "../evil", "media/../../evil", "/etc/evil", "media//evil", "media/./evil", "media/",
            "media", "evil", "media/a\\..\\..\\evil", "state.json", "media/" + "a" * 256, "media/\0evil",
            "database.dump",
        ],
    )  # fmt: skip
    def test_are_refused_before_anything_is_written(self, name: str, tmp_path: Path, folder: Path) -> None:
        archive = forged(tmp_path / "bad.tar.gz", [entry(name), DATABASE])
        with pytest.raises(BadArchive):
            unpack(archive, folder)
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["bad.tar.gz"]

    @pytest.mark.parametrize(
        ("kind", "target"),
        [
            (tarfile.SYMTYPE, "/etc/passwd"),
            (tarfile.LNKTYPE, "../../good.tar.gz"),
            (tarfile.CHRTYPE, ""),
            (tarfile.FIFOTYPE, ""),
            (tarfile.DIRTYPE, ""),
        ],
    )
    def test_so_is_everything_that_is_no_plain_file(
        self, kind: bytes, target: str, tmp_path: Path, folder: Path
    ) -> None:
        link = entry("media/images/link.png", b"", type=kind, linkname=target)
        with pytest.raises(BadArchive, match="no plain file"):
            unpack(forged(tmp_path / "bad.tar.gz", [DATABASE, link]), folder)

    def test_a_link_cannot_be_written_through(self, tmp_path: Path, folder: Path) -> None:
        link = entry("media/images", b"", type=tarfile.SYMTYPE, linkname=str(tmp_path))
        with pytest.raises(BadArchive):
            unpack(forged(tmp_path / "bad.tar.gz", [DATABASE, link, entry("media/images/evil")]), folder)
        assert not (tmp_path / "evil").exists()


class TestDamage:
    @pytest.mark.parametrize("length", range(12))
    def test_a_few_bytes_are_no_archive(self, length: int, good: Path, tmp_path: Path) -> None:
        (tmp_path / "few.tar.gz").write_bytes(good.read_bytes()[:length])
        (tmp_path / "into").mkdir()
        with pytest.raises(BadArchive):
            unpack(tmp_path / "few.tar.gz", tmp_path / "into")

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
    @given(data=st.data())
    def test_a_cut_off_archive_is_refused_unless_only_its_empty_end_is_missing(
        self, data: st.DataObject, good: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        whole = good.read_bytes()
        cut = tmp_path_factory.mktemp("cut") / "cut.tar.gz"
        length = data.draw(st.integers(0, len(whole) - 1))
        cut.write_bytes(whole[:length])
        folder = tmp_path_factory.mktemp("cut")
        try:
            unpack(cut, folder)
        except BadArchive:
            return
        assert length > len(whole) * 0.9
        assert {name: (folder / name).read_bytes() for name in FILES} == FILES

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
    @given(data=st.data())
    def test_an_altered_byte_is_refused_or_makes_no_difference(
        self, data: st.DataObject, good: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        whole = bytearray(good.read_bytes())
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] ^= data.draw(st.integers(1, 255))
        bad = tmp_path_factory.mktemp("bad") / "bad.tar.gz"
        bad.write_bytes(whole)
        folder = tmp_path_factory.mktemp("out")
        try:
            unpack(bad, folder)
        except BadArchive:
            return
        assert {name: (folder / name).read_bytes() for name in FILES} == FILES

    def test_another_content_of_the_same_length_is_refused(self, tmp_path: Path, folder: Path) -> None:
        files = {"database.sqlite3": [4, hashlib.sha256(b"else").hexdigest()]}
        with pytest.raises(BadArchive, match="checksum"):
            unpack(forged(tmp_path / "bad.tar.gz", [DATABASE], files=files), folder)

    def test_a_file_longer_than_said_is_refused(self, tmp_path: Path, folder: Path) -> None:
        files = {"database.sqlite3": [3, hashlib.sha256(b"data").hexdigest()]}
        with pytest.raises(BadArchive, match="not as long"):
            unpack(forged(tmp_path / "bad.tar.gz", [DATABASE], files=files), folder)

    def test_a_file_too_many_or_too_few_is_refused(self, tmp_path: Path, folder: Path) -> None:
        digest = hashlib.sha256(b"data").hexdigest()
        few = {"database.sqlite3": [4, digest], "media/images/lost.png": [4, digest]}
        with pytest.raises(BadArchive, match=r"lacks media/images/lost\.png"):
            unpack(forged(tmp_path / "few.tar.gz", [DATABASE], files=few), folder)
        more, only = entry("media/images/more.png"), {"database.sqlite3": [4, digest]}
        (tmp_path / "empty").mkdir()
        with pytest.raises(BadArchive, match="not in its manifest"):
            unpack(forged(tmp_path / "many.tar.gz", [DATABASE, more], files=only), tmp_path / "empty")

    def test_a_file_that_comes_twice_is_refused(self, tmp_path: Path, folder: Path) -> None:
        with pytest.raises(BadArchive):
            unpack(forged(tmp_path / "twice.tar.gz", [DATABASE, DATABASE]), folder)


class TestWhatIsNoArchive:
    @pytest.mark.parametrize("data", [b"", b"hello", b"\x1f\x8b\x08\x00rubbish"])
    def test_other_files_are_refused(self, data: bytes, tmp_path: Path, folder: Path) -> None:
        (tmp_path / "other").write_bytes(data)
        with pytest.raises(BadArchive):
            unpack(tmp_path / "other", folder)

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path: Path, folder: Path) -> None:
        with pytest.raises(BadArchive, match="There is no file"):
            unpack(tmp_path / "nowhere.tar.gz", folder)

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"format": FORMAT + 1}, "format 2"),
            ({"engine": "oracle"}, "names no database"),
            ({"files": {}}, "names no database"),
            ({"files": []}, "cannot be understood|names no database"),
            ({"files": {"database.sqlite3": "x"}}, "cannot be understood"),
            ({"files": {"database.sqlite3": [-1, "0" * 64]}}, "no size or checksum"),
            ({"files": {"database.sqlite3": [10**18, "0" * 64]}}, "no room"),
            ({"surprise": 1}, "cannot be understood"),
        ],
    )
    def test_a_manifest_that_makes_no_sense_is_refused(
        self, changes: dict[str, Any], reason: str, tmp_path: Path, folder: Path
    ) -> None:
        with pytest.raises(BadArchive, match=reason):
            unpack(forged(tmp_path / "bad.tar.gz", [DATABASE], **changes), folder)

    def test_one_without_a_manifest_is_refused(self, tmp_path: Path, folder: Path) -> None:
        with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as tar:
            tar.addfile(DATABASE[0], io.BytesIO(DATABASE[1]))
        with pytest.raises(BadArchive, match="does not begin with a manifest"):
            unpack(tmp_path / "bad.tar.gz", folder)


class TestTheCostOfRefusing:
    """Before anything of an archive is believed, little memory and time have gone into it."""

    def raw(self, target: Path, *parts: bytes) -> Path:
        with gzip.open(target, "wb", 1) as file:
            for part in parts:
                file.write(part)
        return target

    @pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
    def test_a_huge_head_is_not_read(self, kind: bytes, tmp_path: Path, folder: Path) -> None:
        head, _data = entry("x", type=kind, size=64 * 1024 * 1024)
        bomb = self.raw(tmp_path / "bomb.tar.gz", head.tobuf(tarfile.USTAR_FORMAT), bytes(head.size))
        tracemalloc.start()
        try:
            with pytest.raises(BadArchive):
                unpack(bomb, folder)
            assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
        finally:
            tracemalloc.stop()

    def test_heads_before_heads_are_refused(self, tmp_path: Path, folder: Path) -> None:
        head, _data = entry("x", type=tarfile.XHDTYPE, size=0)
        heads = head.tobuf(tarfile.USTAR_FORMAT) * 5000
        with pytest.raises(BadArchive, match="too deep"):
            unpack(self.raw(tmp_path / "deep.tar.gz", heads), folder)

    @pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000])
    def test_a_deep_manifest_is_refused(self, data: bytes, tmp_path: Path, folder: Path) -> None:
        with tarfile.open(tmp_path / "deep.tar.gz", "w:gz") as tar:
            tar.addfile(entry("manifest.json", data)[0], io.BytesIO(data))
        with pytest.raises(BadArchive, match="too deep"):
            unpack(tmp_path / "deep.tar.gz", folder)

    def test_a_file_with_gaps_is_refused(self, tmp_path: Path, folder: Path) -> None:
        gaps = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "manifest.json"}
        head, _data = entry("manifest.json", b"", pax_headers=gaps)
        target = self.raw(tmp_path / "gaps.tar.gz", head.tobuf(tarfile.PAX_FORMAT), bytes(10_000_000))
        with pytest.raises(BadArchive, match="gaps"):
            unpack(target, folder)


def test_names_of_any_length_and_script_come_back(tmp_path: Path, folder: Path) -> None:
    names = ["media/images/" + "\u09a8\u09a6\u09c0" * 20 + ".png", "media/" + "long/" * 40 + "name.png"]
    sources = {name: tmp_path / f"source{number}" for number, name in enumerate(["database.sqlite3", *names])}
    for path in sources.values():
        path.write_bytes(b"data")
    write(tmp_path / "good.tar.gz", manifest(), sources)
    unpack(tmp_path / "good.tar.gz", folder)
    assert all((folder / name).read_bytes() == b"data" for name in names)
