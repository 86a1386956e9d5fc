# Completion of the foramen command for bash:  source tools/completion/foramen.bash
# Commands and options are asked from the program, so that this file need not change with them.

_foramen() {
    local word=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]} command=${COMP_WORDS[1]}
    if ((COMP_CWORD == 1)); then
        local commands
        commands=$("$program" --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
        mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$word")
    elif [[ $word == -* ]]; then
        local options
        options=$("$program" "$command" --help 2>/dev/null | grep -o -e '--[a-z-]*' | sort -u)
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    elif [[ $command == new ]]; then
        mapfile -t COMPREPLY < <(compgen -W "intermittent static progressive sinusoidal manual measured laboratory" -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -X '!*.@(yaml|h5)' -- "$word"; compgen -d -- "$word")
    fi
}
complete -o filenames -F _foramen foramen
