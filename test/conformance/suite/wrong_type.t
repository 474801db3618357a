diagnostics {
  error {
    from {
      line   = 1
      column = 8
      byte   = 7
    }
    to {
      line   = 3
      column = 2
      byte   = 18
    }
  }
}
