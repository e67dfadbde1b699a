"""What the database says, as the plain facts a review is composed from."""
