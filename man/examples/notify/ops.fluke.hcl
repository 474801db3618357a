# Tells people how a run went: one notify block posts to a chat, another one sends mail. Put it beside
# mise.toml in a directory of its own, for example /etc/fluke/notify, with the two variables in
# /etc/default/fluke: FLUKE_VAR_chat_webhook=https://... and FLUKE_VAR_mail_to=ops@example.org.
variable "chat_webhook" {
  sensitive = true
  default   = ""
}

variable "mail_to" {
  default = ""
}

variable "mail_server" {
  default = "smtp://localhost"
}

notify "chat" {
  working_dir = "."
  task        = "chat"
  on          = ["failed", "drifted"]
  env         = { CHAT_WEBHOOK = var.chat_webhook }
  enabled     = nonsensitive(var.chat_webhook != "")
}

notify "mail" {
  working_dir = "."
  task        = "mail"
  env         = { MAIL_TO = var.mail_to, MAIL_SERVER = var.mail_server }
  enabled     = var.mail_to != ""
}
