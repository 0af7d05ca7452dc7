"""What a row of the log adds to the tables whose constraints the database itself holds."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.model.record import LogRow


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows that a row of the log adds to the tables whose constraints the database itself holds."""

    case_numbers: tuple[tuple[str, int, int, str, str, str, int, int], ...] = ()
    """Sequence, year, number, suffix, body, key, meeting, row of the log."""
    editions: tuple[tuple[str, int, str, str, int], ...] = ()
    """Document, position, version, digest, row of the log."""
    files: tuple[str, ...] = ()
    """Digests of the files that must be there."""


def projection(row: LogRow) -> Projection:
    """Return what the row adds to the other tables. Writing and verifying ask this one function."""
    facts = row.facts
    if row.event == "meeting":
        return Projection(
            case_numbers=tuple(
                (
                    case["sequence"],
                    case["year"],
                    case["number"],
                    case["suffix"],
                    facts["body"].casefold(),
                    case["key"],
                    facts["meeting"],
                    row.number,
                )
                for case in facts["cases"]
                if case["given"]
            )
        )
    if row.event in ("edition", "content"):
        files = (digest for of in ("inputs", "pictures", "made") for _name, digest in facts[of])
        edition = (facts["document"], facts["position"], facts["version"], facts["digest"], row.number)
        return Projection(
            editions=(edition,) if row.event == "edition" else (),
            files=tuple(dict.fromkeys(files)),
        )
    return Projection()
