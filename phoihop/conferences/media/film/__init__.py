"""From what the engine recorded (.mjr) to one film every browser plays. Knows nothing of the database."""

from .making import FilmFault, Made, Mark, make_film
from .pieces import Piece, pieces_in

__all__ = ["FilmFault", "Made", "Mark", "Piece", "make_film", "pieces_in"]
