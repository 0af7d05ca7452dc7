"""What structure elements are called in a file, made to mean the same in the pack: their types and classes."""

from __future__ import annotations

from pikepdf import Dictionary, Name, Object

_STANDARD = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody
    Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu RB RT RP WT WP
    Figure Formula Form
"""
STANDARD = frozenset(f"/{name}" for name in _STANDARD.split())
"""The types that PDF 1.7 knows (ISO 32000-1, 14.8.4), which must mean what they say."""


NEWER = {"/Title": "/P", "/Em": "/Span", "/Strong": "/Span", "/Sub": "/Span", "/Aside": "/Div", "/FENote": "/Note"}
"""What the types of PDF 2.0 come nearest to in 1.7; another that a part does not explain means nothing by itself."""


class Names:
    """What the types and classes of the parts taken so far mean in the pack."""

    def __init__(self) -> None:
        self.roles: dict[str, str] = {}
        self._classes: dict[str, bytes] = {}

    def take_roles(self, root: Object) -> dict[str, str]:
        """Take in the types that a part explains. Return what each is called in the pack."""
        found = root.get(Name.RoleMap)
        own = {key: str(value) for key, value in found.items()} if isinstance(found, Dictionary) else {}
        called = {}
        for name in sorted(own):
            meant = _meant(name, own)
            if meant is None or meant == name:
                continue
            free, count = name, 1
            while free in STANDARD or self.roles.get(free, meant) != meant:
                count += 1
                free = f"{name}_{count}"
            self.roles[free] = meant
            called[name] = free
        return called

    def take_classes(self, root: Object) -> tuple[dict[str, Object], dict[str, str]]:
        """Take in the classes of a part. Return the new ones, and what those that mean something else are called."""
        found = root.get(Name.ClassMap)
        new, renamed = {}, {}
        for name, value in sorted(found.items()) if isinstance(found, Dictionary) else ():
            text = value.unparse(resolved=True)
            free, count = name, 1
            while self._classes.get(free, text) != text:
                count += 1
                free = f"{name}_{count}"
            if free not in self._classes:
                self._classes[free] = text
                new[free] = value
            if free != name:
                renamed[name] = free
        return new, renamed


def _meant(name: str, roles: dict[str, str]) -> str | None:
    """Return the standard type that a type stands for, or None when its map leads nowhere or in a circle."""
    meant = roles[name]
    seen = {name}
    while meant not in STANDARD and meant in roles and meant not in seen:
        seen.add(meant)
        meant = roles[meant]
    return meant if meant in STANDARD else None
