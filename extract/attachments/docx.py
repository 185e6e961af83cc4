"""Word documents: DOCX (Word, WPS, LibreOffice), and the XML that Word 2003 wrote.

The tree is walked here and by no library: what Word prints is not what stands in the file. Numbers
of lists are counted, deleted text is no text, merged cells are joined, and what the document says
in two forms is read once. Needs no package beyond those of a plain installation.
"""

from __future__ import annotations

from extract.attachments.paper import Paper
from extract.attachments.word.body import Body
from extract.attachments.word.parts import opened


def read(data: bytes) -> Paper:
    """Read a Word document.

    Args:
        data: A DOCX package, a flat package, or the XML of Word 2003.

    Returns:
        Its paragraphs (``docx:p17``) and tables (``docx:t2/r5/c2``: row and cell counted from 1 as
        they stand in the file, continued merged cells and deleted rows included).

    Raises:
        UnreadableError: It is encrypted, broken or a bomb.
    """
    return Body(opened(data)).paper()
