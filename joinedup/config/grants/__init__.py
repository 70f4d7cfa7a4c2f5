"""Who may do what in PostgreSQL: the lists (public.toml, workspace.toml) and applying them."""
