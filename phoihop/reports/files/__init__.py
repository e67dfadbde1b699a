"""Reports that come in as files: templates out, workbooks and tables in."""
