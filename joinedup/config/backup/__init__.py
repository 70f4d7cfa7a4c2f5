"""The whole site in one file, and back: the file (archive), the stores, making and restoring."""
