"""What stands on every page: header with name, version and label, the draft mark, footer with owner and page number."""

from __future__ import annotations

from tools.house_style import look
from tools.house_style.wordml import TAB, R, W, Xml, cell, field, p, run, table, tag_row

_SPACE = "\N{NO-BREAK SPACE}"
_VERSION = f"·{_SPACE * 2}{{{{ ord.versjon }}}}:{_SPACE}{{{{ dokument.versjon }}}}"
_NAME = f"{{{{ dokument.navn }}}}{{% if dokument.versjon %}}{_SPACE} {_VERSION}{{% endif %}}"


def first_header() -> str:
    """Return the header of page 1: the owner as letterhead."""
    return _header(p("Eier", "{{ dokument.eier }}"))


def header() -> str:
    """Return the header of page 2 and on: the document's name and version."""
    return _header(p("Header", _NAME))


def footer() -> str:
    page = ["{{ ord.side }} ", field("PAGE", "1"), " {{ ord.av }} ", field("NUMPAGES", "1")]
    return f'<w:ftr xmlns:w="{W}" xmlns:r="{R}">{p("Footer", "{{ dokument.eier }}", TAB, *page)}</w:ftr>'


def _header(left: Xml) -> str:
    """Return a header: `left`, the sensitivity label in its colour to the right, the draft mark below."""
    centred = (
        '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="227" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/>'
    )
    alone = '<w:gridSpan w:val="2"/>' + centred
    rows = [
        tag_row("if dokument.følsomhet", 2),
        Xml(f"<w:tr>{cell([left], centred)}{_label()}</w:tr>"),
        tag_row("else", 2),
        Xml(f"<w:tr>{cell([left], alone)}</w:tr>"),
        tag_row("endif", 2),
    ]
    grid = table([look.TEXT_WIDTH - look.LABEL_WIDTH, look.LABEL_WIDTH], *rows, style="TableNormal", head=False)
    mark = (
        run("{%r if dokument.merke %}")
        + run(f"{_SPACE}{{{{ dokument.merke }}}}{_SPACE}", "Utkastmerke")
        + run(f"{_SPACE * 2}{{{{ ord.utkast_setning }}}}", "Utkastsetning")
        + run("{%r endif %}")
    )
    return f'<w:hdr xmlns:w="{W}" xmlns:r="{R}">{grid}{p("Utkast", Xml(mark))}</w:hdr>'


def _label() -> Xml:
    """Return the cell with the label; `cellbg` is docxtpl's word for the colour of a cell."""
    text = "{{ ord.følsomhet }} {{ dokument.følsomhet.navn }}"
    light = Xml(
        run("{%r if dokument.følsomhet.skrift == 'FFFFFF' %}")
        + run(text, "LysSkrift")
        + run("{%r else %}")
        + run(text)
        + run("{%r endif %}")
    )
    colour = run("{% cellbg dokument.følsomhet.farge %}")
    margins = (
        '<w:tcMar><w:top w:w="40" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/>'
    )
    return cell([p("Folsomhet", colour, light)], margins)


def section() -> str:
    """Return the section: A4, with its own header on the first page."""
    references = "".join(
        f'<w:{part}Reference w:type="{pages}" r:id="{name}"/>'
        for part, pages, name in (
            ("header", "default", "rIdHeader"),
            ("header", "first", "rIdHeaderFirst"),
            ("footer", "default", "rIdFooter"),
            ("footer", "first", "rIdFooterFirst"),
        )
    )
    return (
        f"<w:sectPr>{references}"
        f'<w:pgSz w:w="{look.PAGE_WIDTH}" w:h="{look.PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{look.MARGIN_TOP}" w:right="{look.MARGIN}" w:bottom="{look.MARGIN}" w:left="{look.MARGIN}"'
        f' w:header="{look.HEADER}" w:footer="{look.FOOTER}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
