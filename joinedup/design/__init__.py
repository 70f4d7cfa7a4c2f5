"""How everything looks: frame, components, form drawing and content blocks. Imports nothing of ours."""
