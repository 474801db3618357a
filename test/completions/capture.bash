# capture.bash SCRIPT LINE: prints what bash offers when Tab is pressed behind LINE, one a line.
#
# Does what readline does before it calls a completion function: breaks the line into words, at "="
# too.
source "$1"
read -ra COMP_WORDS <<<"${2//=/ = }"
if [[ $2 == *' ' ]]; then
  COMP_WORDS+=('')
fi
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_fluke
printf '%s\n' "${COMPREPLY[@]}"
