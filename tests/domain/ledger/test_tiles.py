"""The log as static files, and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.merkle import EMPTY, Frontier
from constancia.domain.ledger.tiles import Tile, content, leaf_hashes, tiles_of
from tests.domain.ledger.grown import Grown, refused

TREE = Grown(700)


def files(size: int) -> dict[str, bytes]:
    return {tile.path: content(tile, TREE.get) for tile in tiles_of(size)}


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(0, 1000), "tile/0/x001/000"),
        (Tile(1, 1234067), "tile/1/x001/x234/067"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(63, 1, 1), "tile/63/001.p/1"),
    ],
)
def test_paths_are_those_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path


def test_the_tiles_of_the_examples_of_the_specification() -> None:
    tiles = list(tiles_of(70_000))
    assert [(t.level, t.width) for t in tiles if t.width < 256] == [(0, 112), (1, 17), (2, 1)]
    assert [sum(t.level == level and t.width == 256 for t in tiles) for level in range(3)] == [273, 1, 0]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=4))
def test_what_was_not_there_before_is_what_is_written(sizes: list[int]) -> None:
    steps = sorted({0, *sizes})
    for older, newer in pairwise(steps):
        assert set(tiles_of(newer, older)) == set(tiles_of(newer)) - set(tiles_of(older))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 513, 700])
def test_the_leaves_are_read_back_from_the_files(size: int) -> None:
    assert leaf_hashes(size, TREE.roots[size], files(size).get) == TREE.leaves[:size]


def test_tiles_above_are_roots_of_the_tiles_below() -> None:
    found = files(700)
    for index in range(2):
        tree, below = Frontier(), found[Tile(0, index).path]
        for at in range(0, len(below), 32):
            tree.append(below[at : at + 32])
        assert found["tile/1/000.p/2"][32 * index : 32 * index + 32] == tree.root()


def test_a_full_tile_stands_in_for_a_partial_one_that_was_taken_away() -> None:
    later = files(512)
    assert "tile/0/001.p/44" not in later
    assert leaf_hashes(300, TREE.roots[300], later.get) == TREE.leaves[:300]


@pytest.mark.parametrize("data", [None, b"", bytes(32 * 43), bytes(32 * 44 - 1), bytes(32 * 45)])
def test_a_tile_that_is_missing_or_of_another_length_is_named(data: bytes | None) -> None:
    with refused("proof.tile") as _:
        leaf_hashes(300, TREE.roots[300], lambda path: data if path.endswith("44") else files(300).get(path))


def test_a_full_tile_cut_short_does_not_stand_in() -> None:
    short = {"tile/0/000": files(512)["tile/0/000"], "tile/0/001": files(512)["tile/0/001"][:-32]}
    with refused("proof.tile"):
        leaf_hashes(300, TREE.roots[300], short.get)


def test_files_that_were_changed_are_not_taken() -> None:
    changed = files(300)
    changed["tile/0/000"] = bytes(32) + changed["tile/0/000"][32:]
    with refused("proof.root"):
        leaf_hashes(300, TREE.roots[300], changed.get)
    with refused("proof.root"):
        leaf_hashes(0, TREE.roots[1], {}.get)
    assert leaf_hashes(0, EMPTY, {}.get) == []
