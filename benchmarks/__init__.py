"""Quality and speed, measured on labelled pages that are given as a folder."""
