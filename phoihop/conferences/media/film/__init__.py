"""From what the engine recorded (.mjr) to one film every browser plays. Knows nothing of the database."""

from .making import FilmFault, Made, Mark, make_film
from .pieces import Piece, Span, began, pieces_in, within

__all__ = ["FilmFault", "Made", "Mark", "Piece", "Span", "began", "make_film", "pieces_in", "within"]
