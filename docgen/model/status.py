"""How a workspace stands after a build: what the status page is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from docgen.model.dates import Language
from docgen.problems import Problem

DocumentState = Literal["made", "beside", "held", "failed"]
"""`beside` stands beside one that a person has edited, `held` beside one that is open in another program."""

InputState = Literal["right", "refused", "settling", "asked"]
"""`settling` is still being written, `asked` waits for a person's answer."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of an input, and its PDF where there is one of it. Both are paths from the workspace, with `/`.

    `provisional` is of its case numbers.
    """

    file: str
    kind: str
    state: DocumentState
    provisional: bool = False
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class InputStatus:
    """An input with its documents. `date` is ISO, whole or partial; what is not known is empty."""

    file: str
    kind: str
    title: str
    body: str
    date: str
    state: InputState
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting that is to be held. `date` is ISO, `start` is `09:00` or empty, `status` as in the input."""

    body: str
    name: str
    date: str
    start: str
    place: str
    status: str
    input: str


@dataclass(frozen=True, slots=True)
class Status:
    """How the workspace stands. `looked` is in the time zone of those who read it.

    `left` are documents whose input is gone. `problems` are those of no input: docgen.toml, templates, the register.
    `folder` is where the page and the documents lie, from the workspace.
    """

    owner: str
    language: Language
    looked: datetime
    watching: bool
    inputs: tuple[InputStatus, ...]
    coming: tuple[Coming, ...] = ()
    left: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    folder: str = "output"
