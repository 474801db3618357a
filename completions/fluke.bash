# Completion of fluke's command line in bash. It needs nothing but bash itself.

# The words up to the cursor, as the user typed them: bash breaks them at "=" as well, so that
# --format=json comes as three. Sets `words`.
_fluke_join_words() {
  local i word
  words=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ ${#words[@]} -gt 0 && ($word == = || ${COMP_WORDS[i - 1]} == =) ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
}

# What the words before the cursor mean. Sets `command`, `manifests`, `variables` (the options that
# set variables), and, if the cursor is in the value of an option, `option`; `current` is the word or
# value that the cursor is in.
_fluke_read_words() {
  local word
  command='' option='' manifests=() variables=() current=${words[-1]}
  for word in "${words[@]:0:${#words[@]}-1}"; do
    if [[ $option ]]; then
      case $option in
        --var | --var-file) variables+=("$word") ;;
      esac
      option=''
      continue
    fi
    case $word in
      --only | --skip | --timeout | --lock-timeout | --splay | --format | --report | --color | --mise | --git)
        option=$word
        ;;
      --var | --var-file)
        option=$word variables+=("$word")
        ;;
      --var=* | --var-file=*) variables+=("$word") ;;
      -*) ;;
      *)
        if [[ $command ]]; then
          word=${word/#\~\//$HOME/}
          manifests+=("${word//\\/}")
        else
          command=$word
        fi
        ;;
    esac
  done
  if [[ ! $option && $current == --*=* ]]; then
    option=${current%%=*} current=${current#*=}
  fi
}

_fluke_options() {
  local common='--help --format --color --quiet --var --var-file'
  local select='--only --skip'
  local run="$select --timeout --lock-timeout --splay --fail-fast --report --verbose --mise --git"
  case $1 in
    '') echo '--help --version' ;;
    run) echo "$common $run --detailed-exitcode" ;;
    check) echo "$common $run" ;;
    list) echo "$common $select" ;;
    validate) echo "$common --report" ;;
    fmt) echo '--help --check --diff --color' ;;
    doctor) echo "$common $select --timeout --mise --git" ;;
    init) echo '--help --example --mise --git' ;;
    *) echo '--help' ;;
  esac
}

_fluke_formats() {
  if [[ $1 == list || $1 == doctor ]]; then echo 'text json'; else echo 'text json jsonl'; fi
}

# The names of the resources in the manifests on the line, told by the fluke on the line.
_fluke_names() {
  if [[ ${#manifests[@]} -gt 0 ]]; then
    "${COMP_WORDS[0]/#\~\//$HOME/}" list --format text "${variables[@]}" "${manifests[@]}" \
      </dev/null 2>/dev/null
  fi
}

# Offers those of the words in $1 that begin as typed. Not by compgen -W, which expands them first.
_fluke_offer() {
  local word
  while IFS= read -r word; do
    if [[ $word && $word == "$current"* ]]; then
      COMPREPLY+=("$word")
    fi
  done <<<"${1// /$'\n'}"
}

_fluke_offer_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

_fluke_offer_reports() {
  if [[ $current == github* ]]; then
    _fluke_offer 'github github=off'
  elif [[ $current == *=* ]]; then
    current=${current#*=}
    _fluke_offer_files
  else
    compopt -o nospace 2>/dev/null
    _fluke_offer 'json= jsonl= junit= prometheus= html= github'
  fi
}

_fluke() {
  local words command option manifests variables current
  COMPREPLY=()
  local commands='run check validate list fmt doctor init completion help'
  _fluke_join_words
  _fluke_read_words
  case $option in
    --only | --skip) _fluke_offer "$(_fluke_names)" ;;
    --format) _fluke_offer "$(_fluke_formats "$command")" ;;
    --color) _fluke_offer 'auto always never' ;;
    --report) _fluke_offer_reports ;;
    --mise | --git | --var-file) _fluke_offer_files ;;
    --*) ;;
    *)
      case $command:$current in
        *:-*) _fluke_offer "$(_fluke_options "$command")" ;;
        :* | help:*) _fluke_offer "$commands" ;;
        completion:*) _fluke_offer 'bash zsh fish' ;;
        *) _fluke_offer_files ;;
      esac
      ;;
  esac
}

complete -F _fluke fluke
