"""Finding in the library: an inverted index of bitmaps in the database, the same on SQLite and PostgreSQL.

A term (a word, a value to filter by, somebody's right to see) is a set of assets, kept as bitmaps of 8,192 assets
each. A question is a handful of "and" and "or" over such sets, so its cost depends on how many terms it names and not
on how common they are; counts are exact at any size."""
