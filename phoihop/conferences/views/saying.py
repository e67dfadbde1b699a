"""What a form was told, or one refusal with all that is wrong in it."""

from typing import TypeVar

from django import forms

from phoihop.core.errors import DomainError

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def said(form: AnyForm) -> AnyForm:
    if form.is_valid():
        return form
    wrong = [f"{form[name].label}: {' '.join(map(str, said))}" for name, said in form.errors.items()]
    raise DomainError(" ".join(wrong))
