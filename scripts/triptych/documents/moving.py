"""Pictures, charts and short tables of a briefing stand where they leave little white space; a picture may shrink."""

from collections.abc import Mapping, Sequence

from triptych.compose import movable, tables
from triptych.compose.views import ArticleView
from triptych.content.prose import Block
from triptych.design.floating import Piece
from triptych.design.pagination import Text


def floats(view: ArticleView, block: Block) -> bool:
    """Whether a block stays whole and may stand elsewhere."""
    return block.name in view.charts or movable.is_picture(block) or tables.is_short(block)


def pieces(view: ArticleView, texts: Sequence[Text], edges: Mapping[str, tuple[float, float]]) -> list[Piece]:
    """The blocks of the prose with their measured texts, and what is below; none where one was not measured."""
    blocks = movable.measurable(view.blocks)
    if [text.name for text in texts[: len(blocks)]] != [block.name for block in blocks]:
        return []
    below = (Piece(number, text) for number, text in enumerate(texts[len(blocks) :], start=len(blocks)))
    return [*(_piece(view, block, number, texts[number], edges) for number, block in enumerate(blocks)), *below]


def _piece(view: ArticleView, block: Block, number: int, text: Text, edges: Mapping[str, tuple[float, float]]) -> Piece:
    above, below = edges.get(movable.caption(number), (0.0, 0.0))
    image = text.height - (below - above) if movable.is_picture(block) else 0.0
    return Piece(
        number,
        text,
        floats=floats(view, block),
        heading=movable.is_heading(block),
        introduces=tables.introduces(block),
        tied=movable.is_tied(block),
        sinks=movable.is_across(block) or (block.name in view.charts and view.charts[block.name].across),
        image=image,
    )


def blocks(written: Sequence[Block], pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """The blocks of the prose as they are printed, from those that were written."""
    kept = [piece for piece in pieces if piece.number < len(written)]
    following = [piece.number for piece in kept[1:]]
    return tuple(
        _printed(written[piece.number], piece, after) for piece, after in zip(kept, [*following, -1], strict=True)
    )


def _printed(block: Block, piece: Piece, after: int) -> Block:
    if piece.size < 1:
        return movable.smaller(block, piece.image * piece.size)
    return movable.apart(block) if piece.introduces and after != piece.number + 1 else block
