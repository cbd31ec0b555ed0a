"""From files to something searchable; no language model in here."""
