"""What a build tells of the register: numbers that were fixed, and versions that were locked, in a sentence each."""

from __future__ import annotations

import re

from docgen.messages import _, many
from docgen.model.bad_value import BadValue
from docgen.model.dates import Language, long_date, read_date
from docgen.model.record import Approved
from docgen.run.report import Fixed, Frozen, Report

_MINUTES = re.compile(r"protokoll (?P<body>.+) (?P<date>\d{4}-\d\d-\d\d)(?: .+)?")


def news(report: Report, language: Language, *, dry_run: bool = False) -> list[str]:
    """Return the sentences of a build; in a dry run, of what would be fixed and locked."""
    found = [_fixed(one, language, dry_run=dry_run) for one in report.fixed]
    for one in report.frozen:
        if not one.has_content:
            found.append(_row_only(one, language, dry_run=dry_run))
        elif minutes := _MINUTES.fullmatch(one.document):
            found.append(_minutes(one, _meeting(minutes, language), language, dry_run=dry_run))
        else:
            found.append(_locked(one, language, dry_run=dry_run))
    return list(dict.fromkeys(found))


def _fixed(one: Fixed, language: Language, *, dry_run: bool) -> str:
    cases = "; ".join(" ".join(part for part in case if part) for case in one.cases)
    meeting = f"{one.body} {_day(one.date, language)}"
    if dry_run:
        return _("Would be fixed for {meeting}: {cases}", meeting=meeting, cases=cases)
    return many(
        "Fixed case number for {meeting}: {cases}",
        "Fixed case numbers for {meeting}: {cases}",
        len(one.cases),
        meeting=meeting,
        cases=cases,
    )


def _locked(one: Frozen, language: Language, *, dry_run: bool) -> str:
    version, how = _version(one), _approval(one.approved, language)
    if dry_run:
        return _("Would be locked: {version}, as {how}.", version=_inner(version), how=how)
    return _("{version} is locked as {how}.", version=version, how=how)


def _row_only(one: Frozen, language: Language, *, dry_run: bool) -> str:
    """Return the sentence of a version that was approved before docgen saw the document."""
    if minutes := _MINUTES.fullmatch(one.document):
        version = _("The approval of the minutes of {meeting}", meeting=_meeting(minutes, language))
    else:
        version = _version(one)
    how = _approval(one.approved, language)
    if dry_run:
        return _("Would be registered without its text: {version}; {how}.", version=_inner(version), how=how)
    return _("{version} is registered without its text; {how}.", version=version, how=how)


def _minutes(one: Frozen, meeting: str, language: Language, *, dry_run: bool) -> str:
    """Return the sentence of minutes that were approved, or that were corrected afterwards."""
    when = _when(one.approved, language, case_first=True)
    if one.version == "1":
        approved = _("approved {when}", when=when) if when else _("approved")
        if dry_run:
            return _(
                "Would be locked: the minutes of {meeting}, as they were {approved}.",
                meeting=meeting,
                approved=approved,
            )
        return _("The minutes of {meeting} are locked as they were {approved}.", meeting=meeting, approved=approved)
    correction = _("the correction of {date}", date=when) if when else _("a correction")
    if dry_run:
        return _(
            "Would be locked anew: the minutes of {meeting}, with {correction}.", meeting=meeting, correction=correction
        )
    return _("The minutes of {meeting} are locked anew, with {correction}.", meeting=meeting, correction=correction)


def _meeting(minutes: re.Match[str], language: Language) -> str:
    return f"{minutes['body']} {_day(minutes['date'], language)}"


def _inner(version: str) -> str:
    """Return what began a sentence as it stands inside one."""
    return version[:1].lower() + version[1:]


def _version(one: Frozen) -> str:
    """Return `Versjon 2 av retningslinje 1`; a version with a name of its own keeps it."""
    kind, _space, title = one.document.partition(" ")
    document = f"«{title}»" if kind == "organisering" else one.document
    if one.version[:1].isdigit():
        return _("Version {version} of {document}", version=one.version, document=document)
    return _("«{version}» of {document}", version=one.version, document=document)


def _approval(approved: Approved, language: Language) -> str:
    """Return `Partnerskapet godkjente den 26. september 2024`."""
    when = _when(approved, language)
    if when:
        return _("{body} approved it {when}", body=approved.body, when=when)
    return _("{body} approved it", body=approved.body)


def _when(approved: Approved, language: Language, *, case_first: bool = False) -> str:
    day = _day(approved.date, language)
    if day and approved.date.count("-") != 2:
        day = _("in {month}", month=day)
    case = _("in case {number}", number=approved.case) if approved.case else ""
    parts = (case, day) if case_first else (day, case)
    return " ".join(part for part in (*parts, f"({approved.text.rstrip('.')})" if approved.text else "") if part)


def _day(iso: str, language: Language) -> str:
    try:
        return long_date(read_date(iso, partial=True), language)
    except BadValue:
        return iso
