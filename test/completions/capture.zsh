# capture.zsh DIRECTORY LINE: prints what zsh offers when Tab is pressed behind LINE, one a line.
# The completion functions in DIRECTORY are autoloaded, as an installed shell does it.
#
# zsh completes only where somebody types, so a second zsh gets a terminal of its own to be typed
# into. There every word that is offered is also written to a file; a compadd with -O, -A or -D asks
# what would match, and offers nothing.
zmodload zsh/zpty
offered=$(mktemp)

zpty typed "zsh -f -i"
zpty -w typed "
  PS1= fpath=(${(q)1} \$fpath)
  autoload -Uz compinit && compinit -u -D
  compadd() {
    local -a words
    if (( ! \${argv[(I)-(O|A|D)]} )); then
      builtin compadd -A words \"\$@\"
      print -rl -- \$words >>$offered
    fi
    builtin compadd \"\$@\"
  }
  comppostfuncs=(finish)
  finish() { print -r -- '(end)' >>$offered }
  print rea''dy"
zpty -r typed line '*ready*'
zpty -n -w typed "$2"$'\t'
for wait in {1..300}; do
  grep -q '^(end)$' $offered && break
  sleep 0.05
done
zpty -d typed
grep -v -e '^(end)$' -e '^$' $offered | sort -u
rm -f $offered
