"""Why a plan is not taken as it stands."""

from titian.kernel.machine import IllegalMove


class WorldMovedOn(IllegalMove):
    """What the proposal was computed from no longer holds: compute it again (409)."""


class NotSound(ValueError):
    """The plan breaks a rule; each of ``sentences`` says which, and for whom."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
