"""Which words of a paragraph were taken out and which were put in."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from rapidfuzz.distance import Indel

from docgen.render.names import w
from docgen.render.redline_align import ALIKE, words_of
from docgen.render.redline_side import Side
from docgen.render.redline_tokens import Token, in_words

Span = tuple[str, list[Token]]
"""Tokens that are kept (""), put in ("ins") or taken out ("del")."""

NotePair = tuple[str, str]

_Op = tuple[bool, int, int, int, int]
"""Whether it is kept, and from where to where in the old and the new tokens."""

_LITTLE = 3
"""Letters of a word that is not worth keeping between two changes."""


def changes(old: list[Token], new: list[Token], sides: tuple[Side, Side]) -> tuple[list[Span], list[NotePair]]:
    """Return the new tokens and the removed ones in order, and the footnotes that stand for each other."""
    before = [token for token in in_words(old) if token.key is not None]
    split = in_words(new)
    after = [token for token in split if token.key is not None]
    left, right = _keys(before, after, sides)
    marks = _marks(split)
    spans: list[Span] = []
    pairs: list[NotePair] = []
    for kept, i0, i1, j0, j1 in _joined(_ops(left, right), before, after):
        if not kept and i0 < i1:
            spans.append(("del", before[i0:i1]))
        for j in range(j0, j1):
            if j in marks:
                spans.append(("", marks[j]))
            spans.append(("" if kept else "ins", [after[j]]))
        if kept:
            notes = zip(before[i0:i1], after[j0:j1], strict=True)
            pairs += [(one.note, other.note) for one, other in notes if one.note and one.key != other.key]
    if len(after) in marks:
        spans.append(("", marks[len(after)]))
    return spans, pairs


def _marks(new: list[Token]) -> dict[int, list[Token]]:
    """Return the marks that say nothing, by how many other tokens stand before them."""
    marks: dict[int, list[Token]] = {}
    count = 0
    for token in new:
        if token.key is None:
            marks.setdefault(count, []).append(token)
        else:
            count += 1
    return marks


def _keys(before: list[Token], after: list[Token], sides: tuple[Side, Side]) -> tuple[list[int], list[int]]:
    """Return a number for each token; footnotes that are alike get the same, to be compared themselves."""
    left, right = [token.key for token in before], [token.key for token in after]
    known = set(left) & set(right)
    free = [at for at, token in enumerate(after) if token.note and token.key not in known]
    for at, token in enumerate(before):
        if not token.note or token.key in known:
            continue
        like = next((there for there in free if _alike(token, after[there], sides)), None)
        if like is not None:
            free = [there for there in free if there > like]
            left[at] = right[like] = ("notes", at, like)
    numbers: dict[Hashable, int] = {}
    return (
        [numbers.setdefault(key, len(numbers)) for key in left],
        [numbers.setdefault(key, len(numbers)) for key in right],
    )


def _alike(old: Token, new: Token, sides: tuple[Side, Side]) -> bool:
    words = [words_of(_text(side, token.note)) for side, token in zip(sides, (old, new), strict=True)]
    return Indel.normalized_similarity(*words) >= ALIKE


def _text(side: Side, note: str) -> str:
    found = side.notes.get(note)
    return " ".join(piece.text or "" for piece in found.iter(w("t"))) if found is not None else ""


def _ops(left: Sequence[int], right: Sequence[int]) -> Iterator[_Op]:
    """Yield what is kept and what changed, in turns."""
    i = j = 0
    for op in Indel.opcodes(left, right):
        if op.tag != "equal":
            continue
        if (i, j) != (op.src_start, op.dest_start):
            yield False, i, op.src_start, j, op.dest_start
        yield True, op.src_start, op.src_end, op.dest_start, op.dest_end
        i, j = op.src_end, op.dest_end
    if (i, j) != (len(left), len(right)):
        yield False, i, len(left), j, len(right)


def _joined(ops: Iterator[_Op], before: list[Token], after: list[Token]) -> list[_Op]:
    """Return the ops without the crumbs between changes: a reader sees one change, not three around a comma."""
    out: list[_Op] = []
    for op in ops:
        if out and not op[0] and not out[-1][0]:
            out[-1] = _both(out[-1], op)
        elif len(out) >= 2 and not op[0] and _is_crumb(out[-2], out[-1], op, before):
            crumb = out.pop()
            out[-1] = _both(_both(out[-1], crumb), op)
        else:
            out.append(op)
    return out


def _both(one: _Op, other: _Op) -> _Op:
    return False, one[1], other[2], one[3], other[4]


def _is_crumb(earlier: _Op, kept: _Op, later: _Op, before: list[Token]) -> bool:
    """Whether what is kept between two changes is a space, a stop or a little word between changes on both sides."""
    tokens = before[kept[1] : kept[2]]
    if not all(token.text for token in tokens):
        return False
    text = "".join(token.text for token in tokens).strip()
    if not any(letter.isalnum() for letter in text):
        return _is_replaced(earlier) and _is_replaced(later)
    return len(text) <= _LITTLE and min(_size(earlier), _size(later)) >= 4


def _is_replaced(op: _Op) -> bool:
    return op[1] < op[2] and op[3] < op[4]


def _size(op: _Op) -> int:
    return max(op[2] - op[1], op[4] - op[3])
