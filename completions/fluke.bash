# Completion of fluke's command line in bash: fluke itself says what may stand there. It needs
# nothing but bash itself, 4.4 or later.

# What the shell makes of the word $1, in REPLY. Sets `open` to the quote that is not closed.
_fluke_unquote() {
  local rest=$1 char
  REPLY='' open=''
  while [[ $rest ]]; do
    char=${rest:0:1} rest=${rest:1}
    # shellcheck disable=SC1003  # It is a backslash behind a double quote.
    case $open$char in
      \' | \") open=$char ;;
      "''" | '""') open='' ;;
      \\ | '"\') REPLY+=${rest:0:1} rest=${rest:1} ;;
      *) REPLY+=$char ;;
    esac
  done
}

# How the word $1 has to be inserted behind the quote `open`, in REPLY. readline also ends a word at
# "=" and ":".
_fluke_quote() {
  case $open in
    \') REPLY=${1//\'/\'\\\'\'} ;;
    \")
      REPLY=${1//\\/\\\\} REPLY=${REPLY//\"/\\\"}
      REPLY=${REPLY//\$/\\\$} REPLY=${REPLY//\`/\\\`}
      ;;
    *)
      printf -v REPLY %q "$1"
      REPLY=${REPLY//=/\\=} REPLY=${REPLY//:/\\:}
      ;;
  esac
}

# The words up to the cursor as fluke would get them. bash breaks them at "=" as well, so that
# --format=json comes as three. Sets `words`, and `open` for the last one.
_fluke_read_words() {
  local i word REPLY
  words=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ ${#words[@]} -gt 0 && ($word == = || ${COMP_WORDS[i - 1]} == =) ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  for i in "${!words[@]}"; do
    _fluke_unquote "${words[i]}"
    words[i]=$REPLY
  done
}

_fluke() {
  local words open lines current line word REPLY
  COMPREPLY=()
  _fluke_read_words
  mapfile -t lines < <("${COMP_WORDS[0]/#\~\//$HOME/}" complete "${words[@]}" </dev/null 2>/dev/null)
  current=${words[-1]#"${lines[0]#*$'\t'}"}
  case ${lines[0]%%$'\t'*} in
    files)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    directories)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      ;;
    words)
      # Not by compgen -W, which expands words first.
      for line in "${lines[@]:1}"; do
        word=${line%%$'\t'*}
        [[ $word == "$current"* ]] || continue
        _fluke_quote "${word%=}"
        if [[ $word == *= ]]; then
          compopt -o nospace 2>/dev/null
          REPLY+='='
        fi
        COMPREPLY+=("$REPLY")
      done
      ;;
  esac
}

complete -F _fluke fluke
