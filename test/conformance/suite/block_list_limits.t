# What is too much is marked at the beginning of its body.
diagnostics {
  error {
    from {
      line   = 2
      column = 6
      byte   = 13
    }
    to {
      line   = 2
      column = 6
      byte   = 13
    }
  }
}
