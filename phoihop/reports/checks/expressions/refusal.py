class Refusal(ValueError):
    """An expression that cannot stand: a sentence, and the sign it begins at (from 1)."""

    def __init__(self, sentence: str, at: int) -> None:
        super().__init__(sentence)
        self.sentence, self.at = sentence, at + 1
