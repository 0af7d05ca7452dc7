"""Lays the house style: makes the nine Word templates of templates/ anew, all at once.

    python -m tools.house_style             # into templates/
    python -m tools.house_style FOLDER      # somewhere else, to compare

The templates belong to the people who use them, and may be edited in Word; running this again throws such edits away.
`look.py` holds the colours and measures, `styles.py` and `numbering.py` what Word calls styles and lists, `page.py` the
header and footer, `wordml.py` the small building blocks, and `papers.py`, `minutes.py` and `rules.py` what each
document holds, in the order it is read.
"""
