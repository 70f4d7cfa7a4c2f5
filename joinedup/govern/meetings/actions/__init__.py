"""Verbs: planning meetings and their agendas, deciding, and doing what was decided."""
