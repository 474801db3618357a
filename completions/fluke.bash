# Completion of fluke's command line in bash. It needs nothing but bash itself, 4.4 or later.

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

# What the words before the cursor mean. Sets `command`, `manifests`, `variables` (the options that
# set variables), and, if the cursor is in the value of an option, `option`; `current` is the word or
# value that the cursor is in.
_fluke_read_words() {
  local word REPLY
  command='' option='' manifests=() variables=()
  for word in "${words[@]:0:${#words[@]}-1}"; do
    _fluke_unquote "${word/#\~\//$HOME/}"
    word=$REPLY
    if [[ $option ]]; then
      case $option in
        --var | --var-file) variables+=("$option=$word") ;;
      esac
      option=''
      continue
    fi
    case $word in
      --only | --skip | --timeout | --lock-timeout | --splay | --format | --report | --color | --mise | --git)
        option=$word
        ;;
      --var | --var-file) option=$word ;;
      --var=* | --var-file=*) variables+=("$word") ;;
      -*) ;;
      *)
        if [[ $command ]]; then
          manifests+=("$word")
        else
          command=$word
        fi
        ;;
    esac
  done
  current=${words[-1]}
  if [[ ! $option && $current == --*=* ]]; then
    option=${current%%=*} current=${current#*=}
  fi
  _fluke_unquote "$current"
  current=$REPLY
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
    validate) echo "$common --report --tasks --mise" ;;
    fmt) echo '--help --check --diff --color' ;;
    doctor) echo "$common $select --timeout --mise --git" ;;
    init) echo '--help --tasks --example --mise --git' ;;
    *) echo '--help' ;;
  esac
}

_fluke_formats() {
  if [[ $1 == list || $1 == doctor ]]; then echo 'text json'; else echo 'text json jsonl'; fi
}

# Offers those of the words that begin as typed, with $1 behind each. Not by compgen -W, which
# expands them first.
_fluke_offer_with() {
  local end=$1 word REPLY
  for word in "${@:2}"; do
    if [[ $word == "$current"* ]]; then
      _fluke_quote "$word"
      COMPREPLY+=("$REPLY$end")
    fi
  done
}

# Offers those of the words in $1.
_fluke_offer() {
  local IFS=' '
  # shellcheck disable=SC2086  # It is split at its spaces.
  _fluke_offer_with '' $1
}

# Offers the resources or variables ($1) of the manifests on the line, told by the fluke on the
# line, with $2 behind each.
_fluke_offer_from_manifests() {
  local - IFS=$'\n' told
  set -f
  [[ ${#manifests[@]} -gt 0 ]] || return
  told=$("${COMP_WORDS[0]/#\~\//$HOME/}" complete "$1" "${variables[@]}" "${manifests[@]}" \
    </dev/null 2>/dev/null)
  # shellcheck disable=SC2206  # It is split at its line ends.
  told=($told)
  _fluke_offer_with "$2" "${told[@]%%$'\t'*}"
}

_fluke_offer_variables() {
  if [[ $current != *=* ]]; then
    compopt -o nospace 2>/dev/null
    _fluke_offer_from_manifests variables =
  fi
}

_fluke_offer_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

_fluke_offer_reports() {
  if [[ $current == github* ]]; then
    COMPREPLY=(github github=off)
  elif [[ $current == *=* ]]; then
    current=${current#*=}
    _fluke_offer_files
  else
    compopt -o nospace 2>/dev/null
    _fluke_offer_with '=' json jsonl junit prometheus html
    _fluke_offer github
  fi
}

_fluke() {
  local words command option manifests variables current open
  COMPREPLY=()
  local commands='run check validate list fmt doctor init completion help'
  _fluke_join_words
  _fluke_read_words
  case $option in
    --only | --skip) _fluke_offer_from_manifests resources '' ;;
    --var) _fluke_offer_variables ;;
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
