"""What every door needs: who may come in, how often, and forms that lose nothing. See docs/adr/0006."""
