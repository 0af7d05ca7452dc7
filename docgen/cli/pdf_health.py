"""What this machine makes PDF with, whether it works, and what it lacks."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from docgen.cli.finding import Finding, apt
from docgen.deliver.pdf import AtHand, at_hand, tried
from docgen.messages import _


def pdf() -> Iterator[Finding]:
    """Give what was found of the converter. It is tried with a small document: that it is there is no proof."""
    found = at_hand()
    yield _converter(found)
    if found.missing:
        fix = _(
            "Attached sheets or slides do not become PDF. On Debian and Ubuntu: {apt}. "
            "Elsewhere, install all of LibreOffice.",
            apt=apt(" ".join(found.missing)),
        )
        yield Finding(_("Parts of LibreOffice"), _("some are missing"), fix)


def _converter(found: AtHand) -> Finding:
    name = _("PDF")
    logging.getLogger("docgen").addHandler(logging.NullHandler())  # else what is meant for a log is printed
    if problem := tried():
        fix = _("Install LibreOffice anew, from libreoffice.org, or as it was installed on this machine.")
        return Finding(name, f"{_shown(found)}: {problem.what.rstrip('.')}", fix, needed=True)
    if found.is_for_archive:
        return Finding(name, _("{converter}, works, fit for the archive", converter=_shown(found)))
    return Finding(name, _("{converter}, works", converter=_shown(found)), found.fix)


def _shown(found: AtHand) -> str:
    return f"{found.name} ({found.place})" if found.place else found.name
