mise "site" {
  working_dir = "site"
  git {
    url = "/srv/site.git"
  }
}
