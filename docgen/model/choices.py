"""Values that are one of a few words, written in bokmål, nynorsk or English."""

from __future__ import annotations

from typing import Any

from pydantic import PlainValidator, WithJsonSchema

from docgen.messages import _
from docgen.model.bad_value import BadValue, shown
from docgen.model.values import custom_error


def one_of(**choices: str) -> tuple[PlainValidator, WithJsonSchema]:
    """Return the annotations of a field that holds one of the keys; the values list other ways to write it.

    `Annotated[str, *one_of(utkast="draft", innkalt="innkalla, called")]`
    """
    table = {key: key for key in choices}
    for key, others in choices.items():
        table |= {other.strip(): key for other in others.split(",") if other.strip()}
    listed = ", ".join(choices)

    def read(value: Any) -> str:
        if isinstance(value, str) and (found := table.get(" ".join(value.casefold().split()))):
            return found
        # A group or a list shown whole would fill the screen.
        text = shown(value) if isinstance(value, str) else _("a group of keys")
        raise custom_error(
            BadValue(
                _("«{value}» can't be written here.", value=text), _("Write one of these: {choices}.", choices=listed)
            )
        )

    return PlainValidator(read), WithJsonSchema({"type": "string", "enum": list(table)})
