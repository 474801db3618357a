# Names that a loop binds are none.
traversals {
  expect {
    ref = host.name
    from {
      line   = 1
      column = 5
      byte   = 4
    }
    to {
      line   = 1
      column = 14
      byte   = 13
    }
  }
  expect {
    ref = hosts
    from {
      line   = 2
      column = 15
      byte   = 28
    }
    to {
      line   = 2
      column = 20
      byte   = 33
    }
  }
  expect {
    ref = port["a"]
    from {
      line   = 2
      column = 44
      byte   = 57
    }
    to {
      line   = 2
      column = 53
      byte   = 66
    }
  }
}
