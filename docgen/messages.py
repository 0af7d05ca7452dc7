"""What docgen says to people: English msgids in the code, Norwegian from the gettext catalogues.

Bokmål is the default. English is the msgids themselves. The words printed in documents are not here but in words/.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = ("nb", "nn", "en")

_language = "nb"


def speak(language: str) -> None:
    """Say all later messages in `language`, one of LANGUAGES."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def spoken() -> str:
    """Return the language that messages are said in, for another process to speak it too."""
    return _language


def _(msgid: str, /, **values: object) -> str:
    """Return the message in the chosen language, with `{name}` places filled from `values`."""
    text = _catalogue(_language).gettext(msgid)
    return text.format(**values) if values else text


def many(one: str, more: str, /, count: int, **values: object) -> str:
    """Return the message for `count` things, which may stand in it as `{count}`."""
    return _catalogue(_language).ngettext(one, more, count).format(count=count, **values)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = Path(__file__).with_name("locale")
    return gettext.translation("docgen", folder, [language], fallback=language == "en")
