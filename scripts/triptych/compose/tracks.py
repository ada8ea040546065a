"""The tracks of key figures become values for templates, and drawings by file name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triptych.charts import tracks
from triptych.content.drawn import Drawn
from triptych.design import values
from triptych.design.sheets import mm
from triptych.timeline.drawing import ART, Drawing


@dataclass(frozen=True, slots=True)
class TrackView:
    """The track of a key figure, in each of its rooms."""

    figure: str
    """Id of the figure."""
    drawn: Drawn

    def style(self, room: str) -> str:
        """Its drawing and its size in a room, a name of `values.TRACKS`, as CSS custom properties."""
        size = mm(values.TRACKS[room]), mm(tracks.height(self.drawn))
        return f"--track: url({ART}{self._name(room)}); --track-width: {size[0]}; --track-height: {size[1]}"

    def drawings(self) -> Mapping[str, Drawing]:
        """Its drawing for each room, by file name."""
        return {self._name(room): tracks.track(self.drawn, width) for room, width in values.TRACKS.items()}

    def _name(self, room: str) -> str:
        return f"track-{self.figure}-{room}.svg"


def drawings(views: Iterable[TrackView | None]) -> dict[str, Drawing]:
    """The drawings of tracks by file name."""
    return {name: drawn for view in views if view for name, drawn in view.drawings().items()}
