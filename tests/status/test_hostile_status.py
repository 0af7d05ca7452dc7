"""Titles and names that mean harm, or are only odd, stay text on the status page."""

from urllib.parse import unquote

from docgen.model.status import Coming, Document, InputStatus, Status
from docgen.problems import Problem, Where
from tests.status.everything import LOOKED
from tests.status.page import Page

SCRIPT = "</title></style></script><script>document.title='x'</script>"
QUOTES = "\"'><img src=x onerror=alert(1)> & &amp; <!--looked-->"
TURNED = "Sak \u202efdp.exe\u2069 \u05e9\u05dc\u05d5\u05dd"
LONG = "Samarbeidsutvalgsmøteprotokollgodkjenningsprosedyre" * 20
ODD = (SCRIPT, QUOTES, TURNED, LONG, "æøå ÆØÅ", "{0} {file} %s %(a)s")


def hostile(language="nb"):
    """Return a status in which every text is one that could break the page."""
    inputs, coming, problems, left = [], [], [], []
    for at, odd in enumerate(ODD):
        file = f"inputs/{at} {odd.replace('/', '')}.yaml"
        document = Document(f"output/{at}/{odd.replace('/', '')}.docx", odd, "made", True)
        wrong = Problem(odd, odd, Where(file, (odd, 0), 3))
        inputs.append(InputStatus(file, odd, odd, odd, "2026-12-03", "refused", (document,), (wrong,)))
        coming.append(Coming(odd, odd + odd, "2026-12-03", "09:00", odd, odd, file))
        problems.append(Problem(odd, odd, Where(odd)))
        left.append(f"output/{odd.replace('/', '')} gammel.docx")
    owner = SCRIPT + QUOTES
    return Status(owner, language, LOOKED, True, tuple(inputs), tuple(coming), tuple(left), tuple(problems))


def test_no_text_of_a_person_becomes_markup():
    page = Page(hostile())

    found = page.root.xpath("//img | //@onerror"), page.root.xpath("//script"), page.root.xpath("//style")

    assert [len(one) for one in found] == [0, 1, 1]
    assert SCRIPT in page.root.xpath("string(//title)")


def test_the_title_of_an_input_stands_as_it_was_written():
    page = Page(hostile())

    titles = [title.text_content() for title in page.root.xpath("//ul[@class='files']/li/p[1]/strong")]

    assert titles == list(ODD)


def test_text_that_is_written_from_right_to_left_is_kept_by_itself():
    page = Page(hostile())

    loose = page.root.xpath("//body//text()[contains(., '\u202e')][not(ancestor::bdi)]")

    assert loose == []


def test_links_are_encoded_and_lead_to_the_very_name():
    page = Page(hostile())

    links = page.links()

    assert [unquote(address) for address in links.values()] == [
        *(f"{odd.replace('/', '')} gammel.docx" for odd in ODD),
        *(f"{at}/{odd.replace('/', '')}.docx" for at, odd in enumerate(ODD)),
    ]
    assert all(address.isascii() and not set(address) & set(" <>\"'#?:") for address in links.values())


def test_a_name_that_is_no_text_has_a_link_to_its_bytes():
    one = InputStatus(
        "inputs/a\udce5.yaml", "møte", "", "", "", "right", (Document("output/a\udce5.docx", "", "made"),)
    )

    page = Page(Status("Eier", "nb", LOOKED, False, (one,)))

    assert page.links() == {"a?.docx": "a%E5.docx"}
