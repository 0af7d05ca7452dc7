"""Write docs/ord.md, the list of words that documents print. `--check` only tells whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from docgen.words import words

TARGET = Path(__file__).resolve().parent.parent / "docs" / "ord.md"

HEAD = """# Ordene som dokumentene skriver ut

Et organ kan velge sine egne ord i mandatet, og hele arbeidsområdet i docgen.toml:

```yaml
ord:
  saksliste: sakliste
  protokoll: referat
```

Nøkkelen er ordet i kolonnen til venstre. I en mal står det samme ordet som `{{ ord.saksliste }}`.

| Nøkkel | Bokmål | Nynorsk |
|---|---|---|
"""


def page() -> str:
    nb, nn = words("nb"), words("nn")
    return HEAD + "".join(f"| `{key}` | {nb[key]} | {nn[key]} |\n" for key in nb)


def main(check: bool) -> int:
    if check:
        if not TARGET.exists() or TARGET.read_text("utf-8") != page():
            print("docs/ord.md is not up to date: run python tools/word_list.py")
            return 1
        return 0
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
