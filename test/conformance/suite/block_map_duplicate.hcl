host "web" {}
host "web" {}
