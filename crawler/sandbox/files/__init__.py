"""Reports as files: one module a kind of file, each with ``make(printed, chance) -> bytes``.

The makers need the extras (``pip install 'gov-reports[files,pictures]'``); without them the sandbox
serves pages only.
"""
