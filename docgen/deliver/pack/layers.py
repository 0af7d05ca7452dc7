"""Layers of the parts: what was hidden when a part was opened is hidden in the pack, and what was seen is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from docgen.deliver.pack.graph import Number, each, is_table

_MOST = 2000


@dataclass(slots=True)
class Layers:
    """The layers of the pack, as it grows."""

    pack: Pdf
    all: list[Object] = field(default_factory=list)
    hidden: list[Object] = field(default_factory=list)

    def take(self, envelope: Object | None) -> None:
        """Take in what `layers_of` found in a part, after its pages."""
        if envelope is not None:
            copied = self.pack.copy_foreign(envelope)
            self.all.extend(each(copied.All))
            self.hidden.extend(each(copied.Hidden))

    def finish(self) -> None:
        """Write into the pack which layers there are, all of them in the list that readers show (ISO 19005-2, 6.9)."""
        if self.all:
            shown = Dictionary(Name=String("Sakspakke"), Order=Array(self.all), OFF=Array(self.hidden))
            self.pack.Root.OCProperties = Dictionary(OCGs=Array(self.all), D=shown)

    def numbers(self) -> set[Number]:
        return {layer.objgen for layer in self.all}


def layers_of(pdf: Pdf) -> Object | None:
    """Return an envelope with a part's layers and those that are hidden, to copy, or None when it has none."""
    told = pdf.Root.get(Name.OCProperties)
    found = _layers(told.get(Name.OCGs)) if is_table(told) else {}
    if not is_table(told) or not 0 < len(found) <= _MOST:
        return None
    for layer in found.values():
        name = layer.get(Name.Name)
        for key in set(layer.keys()):
            del layer[key]
        layer.Type, layer.Name = Name.OCG, name if isinstance(name, String) else String("")
    at_first = told.get(Name.D)
    hidden: dict[Number, Object] = {}
    if is_table(at_first):
        named = _layers(at_first.get(Name.OFF))
        if at_first.get(Name.BaseState) == Name.OFF:
            named |= {number: layer for number, layer in found.items() if number not in _layers(at_first.get(Name.ON))}
        hidden = {number: layer for number, layer in named.items() if number in found}
    return pdf.make_indirect(Dictionary(All=Array(found.values()), Hidden=Array(hidden.values())))


def _layers(thing: object) -> dict[Number, Object]:
    return {layer.objgen: layer for layer in each(thing) if isinstance(layer, Dictionary) and layer.is_indirect}
