"""The register of documents: what is filed, its versions, who may read it."""
