"""Static files under names that change with their content, module imports too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A browser may keep every file for ever; a new version has a new name."""

    support_js_module_import_aggregation = True
