"""A browser to look at the page with: Chromium, as it is installed on the machine."""

import os
import shutil

import pytest

from docgen.messages import speak

# Without these, Chromium asks Google's servers for this and that at every start.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser():
    """Return a headless Chromium. Skips where there is none, but not in CI, where nobody would see it."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def nynorsk():
    """Say all messages in nynorsk, as a workspace of that language makes docgen do."""
    speak("nn")
    yield
    speak("nb")
