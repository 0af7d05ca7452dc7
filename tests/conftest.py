"""For all tests: in CI the property tests try the same examples each time, so that a commit is green or it is not.

New examples are searched for wherever the tests are run by hand.
"""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
