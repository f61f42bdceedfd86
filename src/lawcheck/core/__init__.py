"""The rules: values in, values out. No clock, no files, no SQL, no wording."""
