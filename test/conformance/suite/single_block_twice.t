diagnostics {
  error {
    from {
      line   = 2
      column = 1
      byte   = 5
    }
    to {
      line   = 2
      column = 2
      byte   = 6
    }
  }
}
