# One label too many, and one too few.
diagnostics {
  error {
    from {
      line   = 1
      column = 3
      byte   = 2
    }
    to {
      line   = 1
      column = 6
      byte   = 5
    }
  }
  error {
    from {
      line   = 2
      column = 3
      byte   = 11
    }
    to {
      line   = 2
      column = 4
      byte   = 12
    }
  }
}
