"""Every refusal the system gives a person is a DomainError with one clear sentence."""


class DomainError(Exception):
    """A refusal in the user's language: names the value, says what is allowed and what to do next."""

    status = 400


class NotAllowed(DomainError):
    """The person may not do this; the sentence names the role that could."""

    status = 403


class Conflict(DomainError):
    """The thing is not in the state this needs; the sentence names the state and the way on."""

    status = 409
