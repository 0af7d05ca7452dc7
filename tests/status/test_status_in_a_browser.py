"""The status page in Chromium: read by axe-core, at the widths of phone, tablet and desk, in light and dark."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docgen.deliver.status_page import PAGE, status_page
from tests.status.everything import LOOKED, everything
from tests.status.test_hostile_status import hostile

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE, TABLET, DESK = 320, 768, 1280


@pytest.fixture
def shown(browser, tmp_path):
    """Return a function that shows a status in a browser of its own, as if it were `after` docgen looked."""
    contexts = []

    def show(status, *, width=DESK, scheme="light", after=timedelta(), script=True):
        file = tmp_path / status.folder / PAGE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(status_page(status))
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.told = []
        page.on("console", lambda message: page.told.append(message.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.on("request", lambda request: page.told.append(request.url))
        page.clock.install(time=LOOKED + after)
        page.goto(file.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    "status", [everything(), everything(watching=False), hostile()], ids=["watched", "built", "hostile"]
)
def test_axe_finds_nothing_against_wcag(shown, status, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = shown(status, width=width, scheme=scheme, after=timedelta(minutes=6))
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")

    found = Axe().run(page, options={"runOnly": RULES})

    assert found.violations_count == 0, found.generate_report()
    assert found.response["incomplete"] == []
    assert len(found.response["passes"]) > 20


@pytest.mark.parametrize("status", [everything(), hostile()], ids=["everything", "hostile"])
@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_no_width_needs_scrolling_sideways(shown, status, width):
    page = shown(status, width=width, after=timedelta(minutes=6))

    needed = page.evaluate("document.documentElement.scrollWidth")

    assert needed == width


@pytest.mark.parametrize(("minutes", "warned"), [(4.9, False), (5.2, True), (600, True)])
def test_the_warning_shows_when_docgen_has_not_looked_for_five_minutes(shown, minutes, warned):
    page = shown(everything(), after=timedelta(minutes=minutes))

    alert = page.get_by_role("alert")

    assert alert.is_visible() == warned
    assert not warned or alert.inner_text().startswith("Det er over fem minutter siden docgen så etter")


def test_the_warning_comes_by_itself_on_a_page_that_stays_open(shown):
    page = shown(everything())

    before = page.get_by_role("alert").is_visible()
    page.clock.run_for(timedelta(minutes=5, seconds=15) // timedelta(milliseconds=1))

    assert (before, page.get_by_role("alert").is_visible()) == (False, True)


def test_without_scripts_a_sentence_says_how_to_judge(shown):
    page = shown(everything(), script=False)

    told = page.locator("header").inner_text()

    assert "Er det mer enn fem minutter siden? Vis siden på nytt." in told


@pytest.mark.parametrize("status", [everything(), hostile()], ids=["everything", "hostile"])
def test_the_page_asks_for_nothing_but_itself_and_breaks_no_policy(shown, status):
    page = shown(status)

    told = page.told

    assert [urlsplit(url).path.rpartition("/")[2] for url in told] == [PAGE]


@pytest.mark.parametrize("folder", ["output", "ut data/100 % #ferdig"])
def test_every_link_leads_to_the_document(shown, tmp_path, folder):
    status = everything(folder=folder)
    page = shown(status)

    addresses = page.evaluate(
        "[...document.querySelectorAll('main a')].map(a => a.href).filter(a => !a.includes('html#'))"
    )

    found = {Path(unquote(urlsplit(address).path)).relative_to(tmp_path).as_posix() for address in addresses}
    documents = [document for one in status.inputs for document in one.documents if document.state != "failed"]
    made = {document.file for document in documents} | {document.pdf for document in documents if document.pdf}
    assert found == made | set(status.left)


def test_the_first_stop_of_the_tab_key_is_the_way_past_the_head(shown):
    page = shown(everything())

    page.keyboard.press("Tab")
    words, is_seen = page.evaluate(
        "[document.activeElement.innerText, document.activeElement.getBoundingClientRect().left >= 0]"
    )
    page.keyboard.press("Enter")

    assert (words, is_seen) == ("Gå til innholdet", True)
    assert page.evaluate("document.activeElement.id") == "innhold"
