"""docgen.toml, checked: where the folders are, and what holds for every document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field

from docgen.messages import _
from docgen.model.bad_value import BadValue, shown
from docgen.model.case_number import NumberForm
from docgen.model.context import COMPARISON, CONTEXTS
from docgen.model.document import Language
from docgen.model.file_names import file_name_safe
from docgen.model.house import COLOURS, KINDS_WITH_NUMBERS, LABELS, House, Label, Rule, label, rule
from docgen.model.inputs import Input, aka, nearest, shapes, typed
from docgen.model.values import Line, YesNo
from docgen.problems import Problem, WorkspaceError
from docgen.source import Source
from docgen.words import word_key, words


class Owner(Input):
    """Who owns the workspace."""

    shorthand = "name"

    name: Line = Field(validation_alias=aka("navn", "namn", "name"))
    trust: Line | None = Field(None, validation_alias=aka("helseforetak", "helseføretak", "health trust"))
    municipalities: tuple[Line, ...] = Field((), validation_alias=aka("kommuner", "kommunar", "municipalities"))


class Folders(Input):
    """The names of the workspace's folders, from the folder of docgen.toml."""

    templates: Line = Field("templates", validation_alias=aka("maler", "malar", "templates"))
    mandates: Line = Field("mandates", validation_alias=aka("mandater", "mandat", "mandates"))
    inputs: Line = Field("inputs", validation_alias=aka("inndata", "inputs"))
    output: Line = Field("output", validation_alias=aka("utdata", "output"))
    ledger: Line = Field(".docgen", validation_alias=aka("register"))


class Pdf(Input):
    """How PDF is made."""

    made: YesNo = Field(True, validation_alias=aka("lag", "make"))
    without: tuple[Line, ...] = Field((), validation_alias=aka("uten", "utan", "without"))
    """The kinds of document that no PDF is made of, as written."""

    @property
    def left_out(self) -> frozenset[str]:
        """The kinds of document that no PDF is made of."""
        return frozenset(map(_kind, self.without))


class Archive(Input):
    """Who delivers to the archive, and to which system."""

    creator: Line | None = Field(None, validation_alias=aka("arkivskaper", "arkivskapar", "creator"))
    system: Line | None = Field(None, validation_alias=aka("system"))


class Toml(Input):
    """docgen.toml as written."""

    owner: Owner = Field(validation_alias=aka("eier", "eigar", "owner"))
    language: Annotated[Language | None, Field(validation_alias=aka("målform", "maalform", "språk", "language"))] = None
    number: Line | None = Field(None, validation_alias=aka("saksnummer", "case number"))
    labels: dict[str, str] = Field({}, validation_alias=aka("følsomhet", "foelsomhet", "følsemd", "sensitivity"))
    folders: Folders = Field(Folders(), validation_alias=aka("mapper", "folders"))
    words: dict[str, str] = Field({}, validation_alias=aka("ord", "words"))
    approval: dict[str, str] = Field({}, validation_alias=aka("godkjenning", "approval"))
    pdf: Pdf = Field(Pdf(), validation_alias=aka("pdf"))
    archive: Archive = Field(Archive(), validation_alias=aka("arkiv", "archive"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What docgen.toml says. Folders are relative to the workspace, with `/`."""

    house: House
    folders: Folders
    pdf: Pdf
    archive: Archive


def settings(source: Source) -> Settings:
    """Return the settings that docgen.toml, read as `source`, holds. Raises WorkspaceError with every problem."""
    value, rest, problems = typed(source, Toml)
    toml = value or rest
    if toml is None:
        raise WorkspaceError(*problems)
    house = House(
        owner=toml.owner.name,
        trust=toml.owner.trust or "",
        municipalities=toml.owner.municipalities,
        language="nn" if toml.language == "nynorsk" else "nb",
        labels=_labels(source, toml, problems),
        words=_words(source, toml.words, problems),
        number_form=_number_form(source, toml, problems),
        rules=_rules(source, toml, problems),
    )
    problems += _folder_problems(source, toml.folders)
    problems += _pdf_problems(source, toml.pdf)
    if problems:
        raise WorkspaceError(*problems)
    return Settings(house, toml.folders, toml.pdf, toml.archive)


def _labels(source: Source, toml: Toml, problems: list[Problem]) -> tuple[Label, ...]:
    found = []
    for name, colour in toml.labels.items():
        if made := label(name, colour):
            found.append(made)
        else:
            problems.append(
                source.problem(
                    (_key(source, "følsomhet"), name),
                    _("docgen has no colour {colour}.", colour=colour),
                    _("Write one of these: {choices}.", choices=", ".join(COLOURS)),
                )
            )
    return tuple(found) or LABELS


def _words(source: Source, chosen: dict[str, str], problems: list[Problem]) -> dict[str, str]:
    problems += word_problems(source, (_key(source, "ord"),), chosen)
    return {key: word for key, word in chosen.items() if word_key(key) in words("nb")}


def word_problems(source: Source, path: tuple[str, ...], chosen: dict[str, str]) -> list[Problem]:
    """Return a problem for each of the chosen words that no document prints."""
    return [
        source.problem(
            (*path, key),
            _("No document prints the word {key}.", key=key),
            _("Did you mean {near}?", near=near)
            if (near := nearest(word_key(key), words("nb")))
            else _("The words are listed in docs/ord.md."),
        )
        for key in chosen
        if word_key(key) not in words("nb")
    ]


def _number_form(source: Source, toml: Toml, problems: list[Problem]) -> NumberForm:
    try:
        return NumberForm.by_example(toml.number or "01/22")
    except BadValue as bad:
        problems.append(source.problem((_key(source, "saksnummer"),), bad.what, bad.fix))
        return NumberForm.by_example("01/22")


def _rules(source: Source, toml: Toml, problems: list[Problem]) -> tuple[Rule, ...]:
    """Return who approves what. A rule that holds for nothing would let anybody approve, so it is told."""
    found = tuple(rule(text, body) for text, body in toml.approval.items())
    for text, one in zip(toml.approval, found, strict=True):
        if any(character.isdigit() for character in text) and (one.kind not in KINDS_WITH_NUMBERS or not one.first):
            what = _("«{text}» names no document that can be approved.", text=shown(text))
            fix = _("Write it like this: {example}.", example="retningslinje 2-12")
            problems.append(source.problem((_key(source, "godkjenning"), text), what, fix))
    return found


def _folder_problems(source: Source, folders: Folders) -> list[Problem]:
    """Return what is wrong with the folders: outside the workspace, badly named, or one in the other."""
    found = []
    names = {name: str(getattr(folders, name)) for name in Folders.model_fields if name != "ledger"}
    for name, folder in names.items():
        path = PurePosixPath(folder.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in folder or path == PurePosixPath("."):
            found.append(
                source.problem(
                    _folder_path(source, name),
                    _("The folder {folder} does not lie inside the workspace.", folder=folder),
                    _("Write the name of a folder beside docgen.toml."),
                )
            )
        elif (safe := "/".join(map(file_name_safe, path.parts))) != PurePosixPath(folder).as_posix():
            found.append(
                source.problem(
                    _folder_path(source, name),
                    _("A folder can't be called {folder} on every machine.", folder=folder),
                    _("Write {name}, and call the folder so.", name=safe),
                )
            )
    found += _register_problems(source, folders)
    for one in ("inputs", "mandates", "templates"):
        # Windows and macOS take inputs and Inputs for one folder.
        a, b = (PurePosixPath(names[name].casefold()) for name in (one, "output"))
        if a == b or a in b.parents or b in a.parents:
            found.append(
                source.problem(
                    _folder_path(source, one, "output"),
                    _("The folders {one} and {other} lie in each other.", one=names[one], other=names["output"]),
                    _("Give what docgen makes a folder of its own."),
                )
            )
    return found


def _pdf_problems(source: Source, pdf: Pdf) -> list[Problem]:
    """Return a problem for each kind of document without PDF that is none."""
    kinds = (*CONTEXTS, COMPARISON)
    key = _key(source, "pdf")
    written = source.tree.get(key)
    inner = next((name for name in (written if isinstance(written, dict) else ()) if name not in ("lag", "make")), "")
    return [
        source.problem(
            (key, inner),
            _("«{kind}» is no kind of document.", kind=shown(kind)),
            _("Did you mean {near}?", near=near)
            if (near := nearest(_kind(kind), kinds))
            else _("Write one of these: {choices}.", choices=", ".join(kinds)),
        )
        for kind in pdf.without
        if _kind(kind) not in kinds
    ]


def _kind(written: str) -> str:
    return written.casefold().replace("æ", "ae")


def _register_problems(source: Source, folders: Folders) -> list[Problem]:
    """Return what is wrong with where the register lies. It may lie anywhere on the machine but in what can be deleted.

    A folder of its own outside the workspace is what a workspace on a network drive needs.
    """
    path = PurePosixPath(folders.ledger.replace("\\", "/").casefold())
    inside = PurePosixPath(folders.output.replace("\\", "/").casefold())
    if path == inside or inside in path.parents:
        what = _("The register would lie in {folder}, which can be deleted at any time.", folder=folders.output)
    elif ".." in path.parts or path == PurePosixPath("."):
        what = _("The register can't lie in {folder}.", folder=folders.ledger)
    else:
        return []
    fix = _("Write .docgen, or a folder on your own machine such as C:/docgen/register.")
    return [source.problem(_folder_path(source, "ledger"), what, fix)]


def _key(source: Source, first: str) -> str:
    """Return the key of docgen.toml as it was written there."""
    shape = shapes(Toml)[word_key(first)]
    return next((key for key in source.tree if shapes(Toml).get(word_key(key)) == shape), first)


def _folder_path(source: Source, *names: str) -> tuple[str, ...]:
    """Return where the first of these folders that docgen.toml names is named."""
    first = _key(source, "mapper")
    written = source.tree.get(first)
    keys = {shapes(Folders)[word_key(key)].name: key for key in (written if isinstance(written, dict) else ())}
    return first, next((keys[name] for name in names if name in keys), names[0])
