from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Scripts import each other by their hashed names too: a page never mixes two releases."""

    support_js_module_import_aggregation = True
