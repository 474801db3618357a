{
  "a": { "b": [1, 2.5e3, null, true, "\u00e9"] }
}
