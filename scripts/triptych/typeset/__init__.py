"""HTML becomes pages. The only importer of WeasyPrint."""
