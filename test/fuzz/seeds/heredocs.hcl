a = <<EOT
text ${s} \n "quoted"
  EOT
b = <<-EOT
    four
      ${s} six $${no}
	tab

    %{ for x in l ~}
    ${x}
    %{ endfor ~}
    EOT
c = upper(<<E
x
E
)
d = { x = <<E
y
E
}
