"""Which paragraph, table or row of the old document is which of the new one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

Match = tuple[int | None, int | None]
"""Places in the old and in the new sequence; None where one side has nothing."""

ALIKE = 0.4
"""How much of their words two paragraphs must share to be shown as one that was changed."""

_MATRIX = 4_000
"""Comparisons in a gap that are all made; in a bigger one only those with a rare word in common."""
_RARE = 8
_CANDIDATES = 4
_SHORT = 12
_SURE = 3
"""Words that equal paragraphs must hold together to be taken as the same ones, between others that changed."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Item:
    """A block or row to align: `key` is the same for equal ones; only those of one `kind` and `style` may be paired."""

    key: Hashable
    kind: Hashable
    words: tuple[str, ...]
    style: Hashable = None

    @property
    def is_row(self) -> bool:
        return isinstance(self.kind, tuple) and self.kind[0] == "tr"


def words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def align(old: Sequence[Item], new: Sequence[Item]) -> list[Match]:
    """Return every place of both, in order; in a gap what is old comes before what is new."""
    pairs: list[tuple[int, int]] = []
    for i0, i1, j0, j1, same in _parts(old, new):
        if same:
            pairs += zip(range(i0, i1), range(j0, j1), strict=True)
        else:
            pairs += _paired_in_gap(old, new, (i0, i1, j0, j1))
    return _filled(pairs, len(old), len(new))


def _filled(pairs: Sequence[tuple[int, int]], olds: int, news: int) -> list[Match]:
    out: list[Match] = []
    i = j = 0
    for a, b in [*pairs, (olds, news)]:
        out += [(each, None) for each in range(i, a)]
        out += [(None, each) for each in range(j, b)]
        if a < olds:
            out.append((a, b))
        i, j = a + 1, b + 1
    return out


def _parts(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield stretches that are the same, and the gaps between them."""
    numbers: dict[Hashable, int] = {}
    left = [numbers.setdefault((each.kind, each.key), len(numbers)) for each in old]
    right = [numbers.setdefault((each.kind, each.key), len(numbers)) for each in new]
    i = j = 0
    for op in Indel.opcodes(left, right):
        if op.tag != "equal":
            continue
        said = sum(len(each.words) for each in old[op.src_start : op.src_end])
        at_an_end = op.src_start == op.dest_start == 0 or (op.src_end, op.dest_end) == (len(old), len(new))
        if said < _SURE and not at_an_end:
            continue
        if (i, j) != (op.src_start, op.dest_start):
            yield i, op.src_start, j, op.dest_start, False
        yield op.src_start, op.src_end, op.dest_start, op.dest_end, True
        i, j = op.src_end, op.dest_end
    if (i, j) != (len(old), len(new)):
        yield i, len(old), j, len(new), False


def _paired_in_gap(
    old: Sequence[Item], new: Sequence[Item], gap: tuple[int, int, int, int]
) -> Iterator[tuple[int, int]]:
    i0, i1, j0, j1 = gap
    if i0 == i1 or j0 == j1:
        return
    chain = _heaviest_chain(list(_candidates(old, new, gap)))
    i, j = i0, j0
    for a, b in [*chain, (i1, j1)]:
        if 0 < a - i == b - j and (a - i == 1 or old[i].is_row):
            yield from (each for each in zip(range(i, a), range(j, b), strict=True) if _may_stand_for(old, new, each))
        if a < i1:
            yield a, b
        i, j = a + 1, b + 1


def _may_stand_for(olds: Sequence[Item], news: Sequence[Item], pair: tuple[int, int]) -> bool:
    """Whether two that stand alone between others are one that was rewritten: a heading, a fact, a row, a table."""
    old, new = olds[pair[0]], news[pair[1]]
    if (old.kind, old.style) != (new.kind, new.style):
        return False
    sizes = len(old.words), len(new.words)
    return old.kind != "p" or (min(sizes) > 0 and max(sizes) <= _SHORT)


def _candidates(
    old: Sequence[Item], new: Sequence[Item], gap: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs that are alike, with their weight."""
    i0, i1, j0, j1 = gap
    few = (i1 - i0) * (j1 - j0) <= _MATRIX
    near = None if few else _sharing_rare_words(old, new, gap)
    for i in range(i0, i1):
        one = old[i]
        for j in range(j0, j1) if near is None else near[i]:
            other = new[j]
            if (one.kind, one.style) != (other.kind, other.style):
                continue
            if one.key == other.key:
                alike = 1.0
            elif one.words and other.words:
                alike = Indel.normalized_similarity(one.words, other.words, score_cutoff=ALIKE)
            else:
                continue
            if alike:
                yield i, j, alike * (len(one.words) + len(other.words) + 1)


def _sharing_rare_words(
    old: Sequence[Item], new: Sequence[Item], gap: tuple[int, int, int, int]
) -> dict[int, list[int]]:
    i0, i1, j0, j1 = gap
    holders: dict[str, list[int]] = defaultdict(list)
    for j in range(j0, j1):
        for word in set(new[j].words):
            holders[word].append(j)
    near = {}
    for i in range(i0, i1):
        rare = (holders.get(word, []) for word in sorted(set(old[i].words)))
        shared = Counter(j for places in rare if len(places) <= _RARE for j in places)
        near[i] = sorted(j for j, _count in shared.most_common(_CANDIDATES))
    return near


def _heaviest_chain(candidates: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Return the pairs of greatest weight together of which none cross."""
    # The best chains so far by where they end in the new sequence: both ends and weights only grow.
    ends: list[int] = []
    best: list[tuple[float, int]] = []
    came_from: list[int] = [-1] * len(candidates)
    at = 0
    while at < len(candidates):
        row = at
        while row < len(candidates) and candidates[row][0] == candidates[at][0]:
            row += 1
        # From the last to the first, so that no chain takes two pairs of one old paragraph.
        for number in range(row - 1, at - 1, -1):
            _i, j, weight = candidates[number]
            place = bisect_left(ends, j)
            total = weight
            if place:
                total, came_from[number] = best[place - 1][0] + weight, best[place - 1][1]
            _keep(ends, best, place, j, (total, number))
        at = row
    chain = []
    number = best[-1][1] if best else -1
    while number >= 0:
        chain.append(candidates[number][:2])
        number = came_from[number]
    return chain[::-1]


def _keep(ends: list[int], best: list[tuple[float, int]], place: int, j: int, found: tuple[float, int]) -> None:
    """Write down a chain that ends at `j`, and forget those that end later and weigh no more."""
    after = place
    if place < len(ends) and ends[place] == j and best[place][0] >= found[0]:
        return
    while after < len(ends) and best[after][0] <= found[0]:
        after += 1
    if place and best[place - 1][0] >= found[0]:
        return
    ends[place:after] = [j]
    best[place:after] = [found]
