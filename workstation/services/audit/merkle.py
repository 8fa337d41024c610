"""Merkle trees as in RFC 6962, section 2.1: what a seal is over. Leaves and nodes are hashed apart, with SHA-256.

The tree of n leaves has the largest power of two below n on its left. A run of ``PART`` leaves that begins at a
multiple of ``PART`` is therefore a subtree of its own: a tree may be kept, and proved, part by part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

PART = 1024
"""Leaves of a part: a power of two."""
EMPTY = hashlib.sha256(b"").digest()
"""The root over nothing."""


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """A root that grows leaf by leaf (or part by part), in memory of the tree's height."""

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []
        self.count = 0

    def add(self, digest: bytes) -> None:
        """One more leaf, by its hash. All but the last subtree that is added so must be full and of one size."""
        size = 1
        while self._peaks and self._peaks[-1][0] == size:
            _, left = self._peaks.pop()
            digest, size = node_hash(left, digest), 2 * size
        self._peaks.append((size, digest))
        self.count += 1

    @property
    def root(self) -> bytes:
        """The root over what was added."""
        if not self._peaks:
            return EMPTY
        root = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            root = node_hash(left, root)
        return root


def root_of(digests: Iterable[bytes]) -> bytes:
    """The root over leaves, given by their hashes, or over the roots of parts."""
    tree = Growing()
    for digest in digests:
        tree.add(digest)
    return tree.root


def path(digests: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root, the nearest first."""
    if len(digests) <= 1:
        return []
    half = 1 << (len(digests) - 1).bit_length() - 1
    if index < half:
        return [*path(digests[:half], index), root_of(digests[half:])]
    return [*path(digests[half:], index - half), root_of(digests[:half])]


def root_from_path(digest: bytes, index: int, count: int, steps: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its path make (RFC 9162, section 2.1.3.2); None when the path is none of such a tree."""
    if not 0 <= index < count:
        return None
    place, last = index, count - 1
    for step in steps:
        if last == 0:
            return None
        if place & 1 or place == last:
            digest = node_hash(step, digest)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        place, last = place >> 1, last >> 1
    return digest if last == 0 else None
