variable "release" {
  type        = string
  default     = "stable"
  description = "Branch"
}

locals {
  root  = "/opt"
  cycle = local.root
}

mise "deploy" {
  working_dir = "${local.root}/app"
  check_task  = "check"
  apply_task  = "apply"
  env         = { NODE_ENV = "production", HOME = env("HOME", "x") }
  timeout     = "1h30m"
  settle      = "250ms"
  enabled     = true

  git {
    url    = "https://user:secret@example.org/app.git"
    branch = "main"
  }
}

mise "api" {
  working_dir = "api"
  depends_on  = [mise.deploy]
}
