"""The README's commands, for the test that runs them and for continuous integration.

``python tests/readme.py install`` prints the command that installs and runs the main job;
``test`` prints the one that installs and runs the tests.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def blocks(language: str, word: str = "") -> list[str]:
    """Return the code blocks fenced as ```` ```language word ````."""
    fence = f"{language} {word}".strip()
    text = README.read_text(encoding="utf-8")
    return re.findall(rf"^```{re.escape(fence)}\n(.*?)^```$", text, flags=re.M | re.S)


if __name__ == "__main__":
    sys.stdout.write(blocks("sh", sys.argv[1])[0])
