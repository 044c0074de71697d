"""What stands between the library and other people's files and engines; no filtering is done here."""
