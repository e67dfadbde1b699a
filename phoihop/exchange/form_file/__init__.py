"""A report form as one YAML file: read, checked, set up, written."""

from phoihop.exchange.form_file.apply import FormLoaded, load_form
from phoihop.exchange.form_file.document import document_of
from phoihop.exchange.form_file.write import form_text

__all__ = ["FormLoaded", "document_of", "form_text", "load_form"]
