"""Rows to disk and back: the only room that knows SQL. What the rows mean is `docgen.model.record`."""

from docgen.register.backup import backup, move_aside, restore
from docgen.register.canonical import FIRST, digest_of
from docgen.register.chain import Head
from docgen.register.errors import RegisterError
from docgen.register.foreseen import Foreseen
from docgen.register.marker import opened, opened_to_read, set_marker
from docgen.register.place import check_place
from docgen.register.store import Clock, Register, Writing, create_or_open, open_to_read, utc_now
from docgen.register.verify import Verified, verify

__all__ = [
    "FIRST",
    "Clock",
    "Foreseen",
    "Head",
    "Register",
    "RegisterError",
    "Verified",
    "Writing",
    "backup",
    "check_place",
    "create_or_open",
    "digest_of",
    "move_aside",
    "open_to_read",
    "opened",
    "opened_to_read",
    "restore",
    "set_marker",
    "utc_now",
    "verify",
]
