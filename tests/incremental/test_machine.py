"""Whatever is done in a workspace: what a build makes of the changes is what it would have made of everything."""

from __future__ import annotations

import os
from copy import deepcopy
from itertools import count
from typing import Any, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from docgen.run import build as builds
from docgen.run.memory import BATCH, MANY
from tests.incremental.secretariat import BODIES, OTHER, TOML, USUAL, guideline, meeting, picture, secretariat, text
from tests.incremental.twin import (
    REPOSITORY,
    Built,
    Twin,
    answers,
    told_otherwise,
    unlike,
    unlike_pages,
    with_paragraph,
)

CI_EXAMPLES = 15

pick = st.integers(0, 999)
bodies = st.sampled_from(BODIES)
dates = st.builds(
    "{}-{:02}-{:02}".format, st.sampled_from((2025, 2026, 2026, 2027)), st.integers(1, 4), st.integers(1, 3)
)
statuses = st.sampled_from(("utkast", "innkalt", "innkalt", "avholdt", "godkjent"))
titles = st.sampled_from(("Budsjett", "Plan", "Høring", "Skjema", "Innleggelse", "Plan/mål", "Plan:mål", "Eldre"))
words = st.sampled_from(("Kort tekst.", "En annen tekst.", "Se ![Kart](kart.png).", "", "- ett\n- to"))
folders = st.sampled_from(("inputs", "inputs/2026", "inputs/arkiv/gammelt"))
suffixes = st.sampled_from(("yaml", "json", "md", "toml", "yml"))
numbers = st.sampled_from(("1", "1.1", "1.2", "2", "2.1", "3", ""))
kinds = st.sampled_from(
    ("innkalling", "saksframlegg", "protokoll", "mandat", "organisering", "retningslinje", "vedlegg")
)
references = st.sampled_from(
    ("01/26", "02/26", "1/2026", "FSU 1/2026", "SSU 01/26", "BU 2026/003", "OU 5/26", "SSU 01/25")
)


class Turn(NamedTuple):
    """How what was written is built, and how the twin is begun anew: of nothing known, or of nothing made.

    `ahead` is made ready before it is built, by a builder that lives on.
    """

    wait: bool
    long_lived: bool
    without_output: bool
    ahead: bool


turns = st.builds(Turn, st.sampled_from((False, False, True)), st.booleans(), st.booleans(), st.booleans())


class Incremental(RuleBasedStateMachine):
    """Anything is written in any order; all that is held is that two ways of building it agree."""

    def __init__(self) -> None:
        super().__init__()
        self.twin = Twin()
        self.inputs = secretariat()
        self.away: dict[str, Any] = {}
        self.damaged: set[str] = set()
        self.edited: set[str] = set()
        self.broken: dict[str, bytes] = {}
        self.toml = dict(USUAL)
        self.own = count(1)

    @initialize(turn=turns, many=st.sampled_from([0, 1000]))
    def begin(self, turn: Turn, many: int) -> None:
        # Of a large workspace, what was just written is made before the rest is looked at.
        builds.MANY, builds.BATCH = many, many or 2
        self.twin.write("docgen.toml", TOML.format(**self.toml))
        self.twin.write("inputs/kart.png", picture(0))
        self.twin.write("inputs/notat.pdf", "%PDF")
        for name in self.inputs:
            self._write(name)
        # A new register gets a mark that is no other's, and so the first to fix a number are not alike.
        self.twin.build()
        self._turn(turn._replace(wait=False))

    def teardown(self) -> None:
        self.twin.close()
        builds.MANY, builds.BATCH = MANY, BATCH

    # What is written

    def _write(self, name: str) -> None:
        self.twin.write(name, "{[\x01" if name in self.damaged else text(name, self.inputs[name]))

    def _any(self, at: int, *kinds: str) -> str | None:
        found = [name for name, told in self.inputs.items() if not kinds or told["type"] in kinds]
        return found[at % len(found)] if found else None

    def _case(self, at: int, place: int) -> tuple[str, dict[str, Any]] | None:
        name = self._any(at, "møte")
        cases: Any = self.inputs[name]["saker"] if name else []
        return (name, cases[place % len(cases)]) if name and cases else None

    def _set(self, name: str | None, turn: Turn, **told: Any) -> None:
        """Write some keys of an input; None takes a key away."""
        if name:
            self.inputs[name] |= told
            self.inputs[name] = {key: value for key, value in self.inputs[name].items() if value is not None}
            self._write(name)
        self._turn(turn)

    # What docgen makes of it

    def _turn(self, turn: Turn, files: tuple[str, ...] = ()) -> None:
        """Build what was written, twice, and a twin of it from nothing: they must agree, and come to rest."""
        if turn.wait:
            return
        # While a template is broken, a builder that lives on uses the last good one, and a new one can't.
        lives = turn.long_lived and not self.broken
        other = self.twin.copied()
        # What a person edited is in output/ alone, and there too stands what a file made that can't be read now.
        anew = "output/.docgen/built.db" if self.edited or self.damaged or not turn.without_output else "output"
        other.remove(anew)
        early, told = self.twin.at_rest(), answers(self.twin)
        now, clean = self.twin.build(files, long_lived=lives, ahead=turn.ahead), other.build(files)
        alike([*unlike(self.twin, now, other, clean, by_state=anew != "output")])
        if early and not files:
            assert now.rendered == ()
            assert sorted(map(str, early.problems)) == sorted(map(str, now.report.problems))
            assert (early.inputs, early.documents) == (len(now.report.inputs), now.report.count("unchanged"))
        if files:
            beside = {f"{name}.FEIL.txt" for name in self.inputs.keys() - set(files)} & told.keys()
            assert beside <= answers(self.twin).keys(), "an answer beside another file is gone"
        again = self.twin.build(files, long_lived=not lives and not self.broken)
        alike([*unlike(self.twin, again, other, clean, by_state=False)])
        # A warning of a case in another input comes with the build after the one that fixed it, or moved it.
        other.remove("output/.docgen/built.db")
        alike([*told_otherwise(self.twin, again, other, other.build(files))])
        # Of an input that is refused only the cache knows which documents are its own.
        if not (files or self.broken or again.report.refused) and anew != "output":
            alike([*unlike_pages(self.twin, other)])
        self._comes_to_rest(again, files)

    def _comes_to_rest(self, again: Built, files: tuple[str, ...]) -> None:
        """Hold that a second build had nothing to do."""
        assert again.report.count("made") == 0
        done = {one.file for one in again.report.documents if one.state == "unchanged"}
        assert done.isdisjoint(again.rendered)
        if not files and len(done) == len(again.report.documents) and not self.broken:
            assert self.twin.at_rest() or (self.twin.build() and self.twin.at_rest())

    # Meetings

    @rule(body=bodies, date=dates, status=statuses, title=titles, words=words, suffix=suffixes, turn=turns)
    def call_a_meeting(
        self, body: str, date: str, status: str, title: str, words: str, suffix: str, turn: Turn
    ) -> None:
        if len(self.inputs) > 24:
            return
        name = f"inputs/N{next(self.own)}.{suffix}"
        told: Any = meeting(body, date, status, title, f"Sak {next(self.own)}")
        told["saker"][0]["bakgrunn"] = words
        self.inputs[name] = told
        if status == "godkjent":
            told["godkjent"] = {"sak": "01/27", "dato": "2027-01-01"}
        self._set(name, turn)

    @rule(
        at=pick, place=pick, key=st.sampled_from(("bakgrunn", "forslag", "vedtak", "merknad")), words=words, turn=turns
    )
    def write_in_a_case(self, at: int, place: int, key: str, words: str, turn: Turn) -> None:
        if found := self._case(at, place):
            found[1][key] = words
            self._set(found[0], turn)

    @rule(at=pick, place=pick, title=titles, turn=turns)
    def retitle_a_case(self, at: int, place: int, title: str, turn: Turn) -> None:
        if found := self._case(at, place):
            found[1]["tittel"] = title
            self._set(found[0], turn)

    @rule(
        at=pick,
        place=pick,
        key=st.sampled_from(("fra", "utsatt fra", "nr", "id", "utfall", "unntatt", "vedlegg")),
        reference=references,
        turn=turns,
    )
    def say_more_of_a_case(self, at: int, place: int, key: str, reference: str, turn: Turn) -> None:
        if found := self._case(at, place):
            name, case = found
            said = {
                "utfall": "utsatt",
                "unntatt": {"hjemmel": "offl. § 14", "tittel": "Unntatt"},
                "vedlegg": ["notat.pdf"],
            }
            if key in case:
                del case[key]
            else:
                case[key] = said.get(key, reference)
            self._set(name, turn)

    @rule(at=pick, place=pick, there=pick, turn=turns)
    def bring_a_case_back(self, at: int, place: int, there: int, turn: Turn) -> None:
        """In a meeting of the same or another body, under its title, named by a number that may be right."""
        found, other = self._case(at, place), self._any(there, "møte")
        if found and other:
            cases: Any = self.inputs[other]["saker"]
            cases.append({"tittel": found[1]["tittel"], "utsatt fra": f"{self.inputs[found[0]]['organ']} 1/26"})
            self._set(other, turn)

    @rule(at=pick, turn=turns)
    def add_a_case(self, at: int, turn: Turn) -> None:
        if name := self._any(at, "møte"):
            cases: Any = self.inputs[name]["saker"]
            cases.append({"tittel": f"Sak {next(self.own)}"})
            self._set(name, turn)

    @rule(at=pick, place=pick, turn=turns)
    def remove_a_case(self, at: int, place: int, turn: Turn) -> None:
        if found := self._case(at, place):
            name, case = found
            cases: Any = self.inputs[name]["saker"]
            self._set(name, turn, saker=[one for one in cases if one is not case])

    @rule(at=pick, turn=turns)
    def turn_the_cases_round(self, at: int, turn: Turn) -> None:
        if name := self._any(at, "møte"):
            cases: Any = self.inputs[name]["saker"]
            self._set(name, turn, saker=cases[::-1])

    @rule(at=pick, status=statuses, turn=turns)
    def go_on_with_a_meeting(self, at: int, status: str, turn: Turn) -> None:
        approved = {"sak": "02/26", "dato": "2026-02-02"} if status == "godkjent" else None
        self._set(self._any(at, "møte"), turn, status=status, godkjent=approved)

    @rule(at=pick, date=dates, turn=turns)
    def move_the_date(self, at: int, date: str, turn: Turn) -> None:
        self._set(self._any(at, "møte"), turn, dato=date)

    @rule(at=pick, body=bodies, turn=turns)
    def change_the_body(self, at: int, body: str, turn: Turn) -> None:
        self._set(self._any(at, "møte"), turn, organ=body)

    # Guidelines, mandates, the organisation document

    @rule(kind=st.sampled_from(("retningslinje", "vedlegg")), number=numbers, title=titles, turn=turns)
    def write_a_guideline(self, kind: str, number: str, title: str, turn: Turn) -> None:
        if len(self.inputs) > 24:
            return
        name = f"inputs/G{next(self.own)}.yaml"
        self.inputs[name] = guideline(kind, number, title)
        self._set(name, turn)

    @rule(at=pick, number=numbers, turn=turns)
    def renumber(self, at: int, number: str, turn: Turn) -> None:
        self._set(self._any(at, "retningslinje", "vedlegg"), turn, nummer=number or None)

    @rule(at=pick, title=titles, turn=turns)
    def retitle(self, at: int, title: str, turn: Turn) -> None:
        self._set(self._any(at, "retningslinje", "vedlegg", "organisering"), turn, tittel=title)

    @rule(at=pick, numbers=st.lists(numbers, max_size=2), title=st.one_of(st.just(""), titles), turn=turns)
    def list_attachments(self, at: int, numbers: list[str], title: str, turn: Turn) -> None:
        listed = [f"{number} {title}".strip() for number in numbers if number]
        self._set(self._any(at, "retningslinje"), turn, vedlegg=listed)

    @rule(at=pick, words=words, turn=turns)
    def write_in_a_chapter(self, at: int, words: str, turn: Turn) -> None:
        if name := self._any(at, "retningslinje", "vedlegg", "mandat"):
            chapters: Any = deepcopy(self.inputs[name]["kapitler"])
            chapters[0]["tekst"] = words or "Nytt."
            self._set(name, turn, kapitler=chapters)

    @rule(at=pick, turn=turns)
    def go_on_with_the_log(self, at: int, turn: Turn) -> None:
        """Begin a new version, or approve the one that was begun."""
        if name := self._any(at, "retningslinje", "vedlegg", "mandat", "organisering"):
            log: Any = deepcopy(self.inputs[name].get("versjonslogg", []))
            if log and "godkjent" not in log[-1]:
                log[-1]["godkjent"] = {"organ": "SSU", "dato": "2026-01-15", "sak": "02/26"}
            else:
                log.append({"versjon": f"{len(log) + 1}.0", "beskrivelse": "Endret."})
            self._set(name, turn, versjonslogg=log)

    @rule(at=pick, place=pick, turn=turns)
    def change_a_member(self, at: int, place: int, turn: Turn) -> None:
        if name := self._any(at, "mandat"):
            members: Any = self.inputs[name]["medlemmer"]
            members[place % len(members)]["navn"] = f"Person {next(self.own)}"
            self._set(name, turn)

    @rule(
        at=pick,
        told=st.sampled_from(
            (
                {"saksnummer": {"form": "1/22"}},
                {"saksnummer": {"form": "2022/01", "serie": "felles"}},
                {"ord": {"saksliste": "Sakliste", "protokoll": "Referat"}},
                {"ord": None},
                {"overordnet": "OU"},
                {"overordnet": "SUS"},
                {"overordnet": None},
                {"målform": "nynorsk"},
                {"målform": None},
                {"navn": "Det nye utvalget"},
                {"følsomhet": "Intern"},
                {"følsomhet": "Ukjent"},
                {"følsomhet": None},
                {"ukjent nøkkel": "x"},
                {"ukjent nøkkel": None},
            )
        ),
        turn=turns,
    )
    def change_a_mandate(self, at: int, told: dict[str, Any], turn: Turn) -> None:
        self._set(self._any(at, "mandat"), turn, **told)

    @rule(chosen=st.lists(bodies, unique=True, min_size=1), turn=turns)
    def organise(self, chosen: list[str], turn: Turn) -> None:
        self._set(self._any(0, "organisering"), turn, organer=[{"organ": body} for body in chosen])

    # Files

    @rule(at=pick, folder=folders, turn=turns)
    def move_a_file(self, at: int, folder: str, turn: Turn) -> None:
        name = self._any(at, "møte", "retningslinje", "vedlegg", "organisering")
        if name and (to := f"{folder}/{name.rpartition('/')[2]}") != name:
            self.twin.move(name, to)
            self._rename(name, to)
            self._turn(turn)

    @rule(at=pick, suffix=suffixes, turn=turns)
    def change_the_format(self, at: int, suffix: str, turn: Turn) -> None:
        name = self._any(at)
        if name and (to := f"{name.rpartition('.')[0]}.{suffix}") not in self.inputs:
            self.twin.remove(name)
            self._rename(name, to)
            self._write(to)
            self._turn(turn)

    def _rename(self, name: str, to: str) -> None:
        self.inputs[to] = self.inputs.pop(name)
        if name in self.damaged:
            self.damaged = self.damaged - {name} | {to}

    @rule(at=pick, turn=turns)
    def take_a_file_away(self, at: int, turn: Turn) -> None:
        if name := self._any(at):
            self.twin.remove(name)
            self.away[name] = self.inputs.pop(name)
            self.damaged.discard(name)
            self._turn(turn)

    @rule(at=pick, turn=turns)
    def put_a_file_back(self, at: int, turn: Turn) -> None:
        if self.away and (name := sorted(self.away)[at % len(self.away)]) not in self.inputs:
            self.inputs[name] = self.away.pop(name)
            self._set(name, turn)

    @rule(at=pick, turn=turns)
    def copy_a_file(self, at: int, turn: Turn) -> None:
        if (name := self._any(at)) and len(self.inputs) <= 24:
            other = f"inputs/dobbel{next(self.own)}.yaml"
            self.inputs[other] = deepcopy(self.inputs[name])
            self._set(other, turn)

    @rule(at=pick, turn=turns)
    def break_a_file(self, at: int, turn: Turn) -> None:
        if name := self._any(at):
            self.damaged.add(name)
            self._set(name, turn)

    @rule(at=pick, turn=turns)
    def mend_a_file(self, at: int, turn: Turn) -> None:
        if self.damaged:
            name = sorted(self.damaged)[at % len(self.damaged)]
            self.damaged.discard(name)
            self._set(name, turn)

    @rule(at=pick, turn=turns)
    def touch_a_file(self, at: int, turn: Turn) -> None:
        if name := self._any(at):
            self.twin.touch(name)
            self._turn(turn)

    @rule(colour=st.integers(0, 3), turn=turns)
    def change_the_picture(self, colour: int, turn: Turn) -> None:
        if colour:
            self.twin.write("inputs/kart.png", picture(colour))
        else:
            self.twin.remove("inputs/kart.png")
        self._turn(turn)

    @rule(there=st.booleans(), folder=folders, turn=turns)
    def change_an_attachment(self, there: bool, folder: str, turn: Turn) -> None:
        if there:
            self.twin.write(f"{folder}/notat.pdf", f"%PDF {next(self.own)}")
        else:
            self.twin.remove(f"{folder}/notat.pdf")
        self._turn(turn)

    # Settings and templates

    @rule(key=st.sampled_from(sorted(USUAL)), turn=turns)
    def change_a_setting(self, key: str, turn: Turn) -> None:
        self.toml[key] = (OTHER if self.toml[key] == USUAL[key] else USUAL)[key]
        self.twin.write("docgen.toml", TOML.format(**self.toml))
        self._turn(turn)

    @rule(kind=kinds, said=st.sampled_from(("Ny mal", "{{ ord.saksframlegg }}", "{{ dokument.eier }}")), turn=turns)
    def change_a_template(self, kind: str, said: str, turn: Turn) -> None:
        name = f"templates/{kind}.docx"
        if name not in self.broken:
            self.twin.write(name, with_paragraph(original(kind), said))
            self._turn(turn)

    @rule(kind=kinds, body=bodies, turn=turns)
    def give_a_body_its_own_template(self, kind: str, body: str, turn: Turn) -> None:
        name = f"templates/{body}/{kind}.docx"
        if name not in self.broken:
            self.twin.write(name, with_paragraph(original(kind), f"Mal for {body}"))
            self._turn(turn)

    @rule(at=pick, turn=turns)
    def take_a_template_away(self, at: int, turn: Turn) -> None:
        own = sorted(self.twin.root.glob("templates/*/*.docx"))
        if own:
            name = own[at % len(own)].relative_to(self.twin.root).as_posix()
            self.twin.remove(name)
            self.broken.pop(name, None)
            self._turn(turn)

    @rule(kind=kinds, how=st.sampled_from(("{{ finnes_ikke }}", "{{ hei", "")), turn=turns)
    def break_a_template(self, kind: str, how: str, turn: Turn) -> None:
        name = f"templates/{kind}.docx"
        file = self.twin.root / name
        self.broken.setdefault(name, file.read_bytes())
        self.twin.write(name, with_paragraph(original(kind), how) if how else b"ingen mal")
        self._turn(turn)

    @rule(turn=turns)
    def mend_the_templates(self, turn: Turn) -> None:
        for name, data in self.broken.items():
            self.twin.write(name, data)
        self.broken = {}
        self._turn(turn)

    # What was made

    @rule(at=pick, turn=turns)
    def delete_a_document(self, at: int, turn: Turn) -> None:
        if documents := sorted(self.twin.documents()):
            self.twin.remove(documents[at % len(documents)])
            self._turn(turn)

    @rule(at=pick, turn=turns)
    def edit_a_document(self, at: int, turn: Turn) -> None:
        if documents := sorted(self.twin.documents()):
            name = documents[at % len(documents)]
            self.twin.edit(name)
            self.edited.add(name)
            self._turn(turn)

    @rule(turn=turns)
    def delete_output(self, turn: Turn) -> None:
        self.twin.remove("output")
        self.edited = set()
        self._turn(turn)

    @rule(turn=turns)
    def delete_the_cache(self, turn: Turn) -> None:
        self.twin.remove("output/.docgen/built.db")
        self._turn(turn)

    @rule(at=pick, turn=turns)
    def build_one_file(self, at: int, turn: Turn) -> None:
        if name := self._any(at):
            self._turn(turn._replace(wait=False), (name,))

    @rule(turn=turns)
    def build_all(self, turn: Turn) -> None:
        self._turn(turn._replace(wait=False))


def alike(found: list[str]) -> None:
    assert found == [], "\n".join(found)


def original(kind: str) -> bytes:
    return (REPOSITORY / "templates" / f"{kind}.docx").read_bytes()


EXAMPLES = int(os.environ.get("DOCGEN_SOAK_EXAMPLES", CI_EXAMPLES))

Incremental.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class TestIncremental(Incremental.TestCase):
    """What changed, built alone, is what everything built anew would be."""
