"""The instructions of a page of a PDF, to be written again as they are or in other words."""

from typing import Any

import pikepdf

_AS_WRITTEN = {"q", "Q", "BT", "ET", "TJ", "Tj", "BDC", "BMC", "EMC", "gs", "Do", "W", "W*", "n", "S", "f", "f*"}
"""Instructions that have no numbers, or only those between the letters of a line, which are as short as they can be."""


def read(holder: Any, wanted: str = "") -> Any:
    """The instructions of a page or form, each with its operands and its operator; only those that are wanted, if any.

    To take an instruction apart takes longer than to look at its operator.
    """
    return pikepdf.parse_content_stream(holder, wanted)


def kept(instruction: Any, name: str) -> Any:
    """An instruction of this name to write again, each of its numbers in its shortest form."""
    return instruction if name in _AS_WRITTEN else (instruction.operands, instruction.operator)
