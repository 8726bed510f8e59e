"""Reading of office workbooks, free of Django and of the database.

`guard` refuses hostile files, `child` parses in a process of its own, `workbook` holds what came back, `header`
finds tables, `guess` names kinds and columns, `cells` cleans values, `rows` puts all of it together.
"""
