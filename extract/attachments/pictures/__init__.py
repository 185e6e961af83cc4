"""Tables and text out of pictures: imported only when there is a picture to read.

The order of work: ``opening`` (bytes to pixels) · ``upright`` (turned and straightened) · ``ink``
(seals, watermarks and grounds taken away) · ``rules`` (ruled tables as cells) · ``cells`` (the text
of each cell, and how sure) · ``prose`` (the text outside) · ``engine`` (the recogniser of both).
"""
