"""Area `import`: a large, untidy workbook read, validated, resolved and stored, beside `create()` per row."""
