"""Nearest vectors: exact for few, by codes and exact similarities for many."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.dense import DenseIndex, RoundedIndex

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

COUNT, DIMENSION, FLAT = 6000, 64, 500
MAKE = (
    "import sys, numpy as np; from index.dense import DenseIndex\n"
    "vectors = np.load(sys.argv[1]); DenseIndex.build(vectors, 500).save(__import__('pathlib').Path(sys.argv[2]))"
)


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    """Clumped, as vectors of sentences are."""
    draw = np.random.default_rng(1)
    centres = draw.normal(size=(60, DIMENSION))
    found = centres[draw.integers(0, len(centres), COUNT)] + 0.7 * draw.normal(size=(COUNT, DIMENSION))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def many(vectors: NDArray[np.float32]) -> DenseIndex:
    return DenseIndex.build(vectors, flat_up_to=FLAT)


def best(vectors, vector, k, rows=None):
    rows = np.arange(len(vectors)) if rows is None else rows
    return rows[np.argsort(-(vectors[rows] @ vector), kind="stable")[:k]].tolist()


def test_few_are_compared_exactly(vectors):
    index = DenseIndex.build(vectors[:300])
    found, similar = index.nearest(vectors[7], 20)
    assert found.tolist() == best(vectors[:300], vectors[7], 20)
    assert np.allclose(similar, vectors[found] @ vectors[7], atol=1e-6)
    assert len(index.nearest(vectors[7], 1000)[0]) == 300
    assert index.nearest(vectors[7], 0)[0].tolist() == []


def test_many_are_found_nearly_always_and_with_their_exact_similarity(vectors, many):
    wanted = [set(best(vectors, vectors[i], 10)) for i in range(40)]
    found = [many.nearest(vectors[i], 10) for i in range(40)]
    assert np.mean([len(one & set(rows)) / 10 for one, (rows, _) in zip(wanted, found, strict=True)]) >= 0.98
    for i, (rows, similar) in enumerate(found):
        assert np.allclose(similar, vectors[rows] @ vectors[i], atol=1e-5)
        assert sorted(similar, reverse=True) == similar.tolist()
    assert many.nearest_exactly(vectors[3], 10)[0].tolist() == best(vectors, vectors[3], 10)


@pytest.mark.parametrize("rows", [np.array([5]), np.arange(40, 140), np.arange(0, COUNT, 13)])
def test_among_few_of_many_nothing_is_lost(vectors, many, rows):
    for i in range(10):
        assert many.nearest(vectors[i], 10, rows)[0].tolist() == best(vectors, vectors[i], 10, rows)


def test_among_many_of_many_nearly_nothing_is_lost(vectors, many, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.dense._DEPTH", 500)
    rows = np.arange(1, COUNT, 3)
    shares = []
    for i in range(20):
        wanted = set(best(vectors, vectors[i], 10, rows))
        shares.append(len(wanted & set(many.nearest(vectors[i], 10, rows)[0])) / 10)
    assert np.mean(shares) >= 0.98


def test_what_a_filter_leaves_is_found_however_far_it_is(vectors, many, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.dense._DEPTH", 100)
    far = np.sort(np.argsort(vectors @ vectors[0])[: COUNT // 3])
    rows, _ = many.nearest(vectors[0], 50, far)
    assert len(set(rows)) == 50
    assert set(rows) <= set(far)


def test_an_index_is_the_same_after_it_was_stored(vectors, many, tmp_path: Path):
    many.save(tmp_path / "dense")
    again = DenseIndex.load(tmp_path / "dense")
    for one, other in zip(many.nearest(vectors[3], 30), again.nearest(vectors[3], 30), strict=True):
        assert np.array_equal(one, other)


def test_two_builds_are_equal_byte_for_byte_whatever_the_number_of_threads(vectors, many, tmp_path: Path):
    np.save(tmp_path / "vectors.npy", vectors)
    many.save(tmp_path / "here")
    for threads in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", MAKE, tmp_path / "vectors.npy", tmp_path / threads],
            env={**os.environ, "OMP_NUM_THREADS": threads},
            check=True,
        )
        assert (tmp_path / threads).read_bytes() == (tmp_path / "here").read_bytes()


def test_an_odd_dimension_is_no_error(vectors):
    odd = np.ascontiguousarray(vectors[:, :33])
    assert DenseIndex.build(odd, flat_up_to=FLAT).nearest(odd[9], 1)[0].tolist() == [9]


def test_rounded_ones_are_found_in_their_order_and_with_their_exact_cosine(vectors):
    rounded = np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    exact = rounded / np.linalg.norm(rounded, axis=1, keepdims=True)
    index = RoundedIndex(rounded)
    for vector in vectors[:40]:
        found, similar = index.nearest(vector, 100)
        assert found[:40].tolist() == best(exact, vector, 40)
        assert np.allclose(similar, exact[found] @ vector, atol=1e-6)
    assert len(RoundedIndex(rounded[:30]).nearest(vectors[7], 100)[0]) == 30
