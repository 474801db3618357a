# The header of the second block is marked.
diagnostics {
  error {
    from {
      line   = 2
      column = 1
      byte   = 14
    }
    to {
      line   = 2
      column = 11
      byte   = 24
    }
  }
}
